"""Tokens move as BPMN says: tasks, gateways, loops, subprocesses."""

import pytest

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import (
    CallService,
    CancelTimer,
    CloseTask,
    OpenTask,
    RunDecision,
    SetTimer,
    StartChild,
    TaskCompleted,
    ThrowMessage,
)
from tests.support.workflow.flow_drawing import FORMAL, Case, flow_of
from tests.support.workflow.step_drawing import START_END, gateway, tasks


def test_a_task_opens_with_its_name_its_lane_and_its_properties() -> None:
    body = (
        '<laneSet id="ls"><lane id="l" name="窗口" shuzheng:duty="receive:food">'
        "<flowNodeRef>accept</flowNodeRef></lane></laneSet>"
        '<userTask id="accept" name="收件" shuzheng:form="intake"/>'
    )
    case = Case(flow_of(START_END + body, "s>accept accept>e"))
    properties = {"duty": "receive:food", "form": "intake"}
    assert case.effects == (OpenTask("1", "accept", "收件", "窗口", properties),)


def test_an_outcome_is_merged_into_the_variables() -> None:
    case = Case(flow_of(START_END + tasks("a"), "s>a a>e"), kept=1)
    case.complete("a", accepted=True)
    assert case.variables == {"kept": 1, "accepted": True}
    assert case.ended == "completed"


def test_an_event_for_a_token_that_no_longer_waits_is_refused_and_changes_nothing() -> None:
    case = Case(flow_of(START_END + tasks("a", "b"), "s>a a>b b>e"))
    token = case.token("a")
    case.complete("a")
    before = case.state.to_json()
    with pytest.raises(rules.TokenNotWaiting) as refusal:
        case.tell(TaskCompleted(token))
    assert refusal.value.code == "workflow.token-not-waiting"
    assert case.state.to_json() == before


def test_a_token_of_another_kind_is_refused() -> None:
    case = Case(flow_of(START_END + tasks("a"), "s>a a>e"))
    with pytest.raises(rules.TokenNotWaiting):
        case.tell(rules.ServiceCompleted(case.token("a")))


def test_after_the_end_nothing_waits() -> None:
    case = Case(flow_of(START_END + tasks("a"), "s>a a>e"))
    token = case.token("a")
    case.complete("a")
    assert case.state.is_ended
    with pytest.raises(rules.TokenNotWaiting):
        case.tell(TaskCompleted(token))
    with pytest.raises(rules.TokenNotWaiting):
        case.tell(rules.VariablesChanged())


def test_the_given_state_is_never_touched() -> None:
    flow = flow_of(START_END + tasks("a", "b"), "s>a a>b b>e")
    first = rules.start(flow, variables={})
    before = first.state.to_json()
    rules.advance(flow, first.state, TaskCompleted("1"), variables={})
    assert first.state.to_json() == before


def test_services_decisions_and_children_carry_what_they_call() -> None:
    body = (
        '<serviceTask id="issue" shuzheng:operation="licences.issue" shuzheng:type="food"/>'
        '<businessRuleTask id="judge" shuzheng:decision="risk" shuzheng:result="risk"/>'
        '<callActivity id="review" calledElement="tns:fire_review"/>'
    )
    case = Case(flow_of(START_END + body, "s>issue issue>judge judge>review review>e"))
    operation = {"operation": "licences.issue", "type": "food"}
    assert case.effects == (CallService("1", "issue", "licences.issue", operation),)
    case.tell(rules.ServiceCompleted("1", {"number": "L1"}))
    judged = {"decision": "risk", "result": "risk"}
    assert case.effects == (RunDecision("2", "judge", "risk", judged),)
    case.tell(rules.DecisionMade("2", "high"))
    assert case.effects == (StartChild("3", "review", "fire_review"),)
    case.tell(rules.ChildEnded("3", {"passed": True}))
    assert case.variables == {"number": "L1", "risk": "high", "passed": True}
    assert case.ended == "completed"


def test_a_script_is_a_feel_context_that_is_merged() -> None:
    body = '<scriptTask id="x"><script>{fee: area * 2, due: duration("P3D")}</script></scriptTask>'
    case = Case(flow_of(START_END + body, "s>x x>e"), area=30)
    assert case.variables == {"area": 30, "fee": 60, "due": "P3D"}


def test_a_send_task_sends_and_goes_on() -> None:
    body = '<sendTask id="tell" messageRef="m"/>'
    case = Case(flow_of(START_END + body, "s>tell tell>e", head='<message id="m" name="done"/>'))
    assert case.of(ThrowMessage) == [ThrowMessage("done", "tell", {})]
    assert case.ended == "completed"


def test_a_receive_task_waits_for_its_message() -> None:
    body = '<receiveTask id="paid" messageRef="m"/>'
    case = Case(flow_of(START_END + body, "s>paid paid>e", head='<message id="m" name="paid"/>'))
    with pytest.raises(rules.MessageNotAwaited):
        case.tell(rules.MessageReceived("other"))
    case.tell(rules.MessageReceived("paid", {"amount": 5}))
    assert (case.variables, case.ended) == ({"amount": 5}, "completed")


SUBPROCESS = (
    START_END + '<subProcess id="p1"><startEvent id="s1"/><userTask id="a"/><endEvent id="e1"/>'
    '<sequenceFlow id="x1" sourceRef="s1" targetRef="a"/>'
    '<sequenceFlow id="x2" sourceRef="a" targetRef="e1"/></subProcess>'
)


def test_a_subprocess_ends_when_nothing_is_left_in_it() -> None:
    case = Case(flow_of(SUBPROCESS + tasks("b"), "s>p1 p1>b b>e"))
    assert case.places == ["a", "p1"]
    assert case.complete("a").places == ["b"]


def test_instances_of_a_subprocess_each_see_their_item() -> None:
    body = (
        '<subProcess id="p1"><multiInstanceLoopCharacteristics shuzheng:collection="sizes" '
        'shuzheng:item="size"/><exclusiveGateway id="g" default="g_small"/><userTask id="big"/>'
        '<userTask id="small"/>'
        '<sequenceFlow id="g_big" sourceRef="g" targetRef="big">'
        f"<conditionExpression {FORMAL}>size > 10</conditionExpression></sequenceFlow>"
        '<sequenceFlow id="g_small" sourceRef="g" targetRef="small"/></subProcess>'
    )
    case = Case(flow_of(START_END + body, "s>p1 p1>e"), sizes=[1, 20, 30])
    assert [task.element for task in case.of(OpenTask)] == ["small", "big", "big"]
    for task in case.of(OpenTask):
        case.tell(TaskCompleted(task.token))
    assert case.ended == "completed"


def test_a_terminate_end_takes_everything_away() -> None:
    body = (
        START_END + gateway("parallel", "f") + tasks("a", "b") + '<endEvent id="t">'
        "<terminateEventDefinition/></endEvent>"
    )
    case = Case(flow_of(body, "s>f f>a f>b a>t b>e"))
    other = case.token("b")
    case.complete("a")
    assert case.of(CloseTask) == [CloseTask(other)]
    assert (case.ended, case.places) == ("terminated", [])


def test_a_terminate_end_in_a_subprocess_ends_only_that() -> None:
    body = SUBPROCESS.replace(
        '<endEvent id="e1"/>', '<endEvent id="e1"><terminateEventDefinition/></endEvent>'
    )
    case = Case(flow_of(body + tasks("b"), "s>p1 p1>b b>e"))
    assert case.complete("a").places == ["b"]


BOUNDARY = (
    START_END + tasks("a", "late") + '<boundaryEvent id="b" attachedToRef="a" '
    'cancelActivity="{cancel}"><timerEventDefinition><timeDuration '
    'xsi:type="tFormalExpression">P20D</timeDuration></timerEventDefinition></boundaryEvent>'
)


def test_an_interrupting_timer_closes_the_task() -> None:
    case = Case(flow_of(BOUNDARY.format(cancel="true"), "s>a a>e b>late late>e"))
    timer = case.of(SetTimer)[0]
    assert (timer.element, timer.kind, timer.value) == ("b", "duration", "P20D")
    task = case.token("a")
    case.tell(rules.TimerFired(timer.token))
    assert case.of(CloseTask) == [CloseTask(task)]
    assert case.places == ["late"]


def test_a_non_interrupting_timer_leaves_the_task_and_fires_once() -> None:
    case = Case(flow_of(BOUNDARY.format(cancel="false"), "s>a a>e b>late late>e"))
    timer = case.of(SetTimer)[0].token
    case.tell(rules.TimerFired(timer))
    assert case.places == ["a", "late"]
    with pytest.raises(rules.TokenNotWaiting):
        case.tell(rules.TimerFired(timer))


def test_a_completed_task_cancels_its_timer() -> None:
    case = Case(flow_of(BOUNDARY.format(cancel="true"), "s>a a>e b>late late>e"))
    case.complete("a")
    assert case.of(CancelTimer) == [CancelTimer(case.of(SetTimer)[0].token)]
    assert case.ended == "completed"


def test_a_flow_that_goes_round_without_waiting_is_stopped() -> None:
    body = START_END + gateway("exclusive", "g", "g_h") + '<task id="h"/>'
    flow = flow_of(body, "s>g g>e[out] g>h h>g")
    with pytest.raises(rules.FlowNeverRests):
        Case(flow, out=False)


def test_the_state_does_not_grow_with_returns() -> None:
    flow = flow_of(
        START_END + tasks("accept", "correct") + gateway("exclusive", "g", "g_e"),
        "s>accept accept>g g>correct[not(ok)] g>e correct>accept",
    )
    case = Case(flow, ok=False)
    sizes = set()
    for _ in range(300):
        case.complete("accept", ok=False)
        case.complete("correct")
        sizes.add(len(str(case.state.to_json())))
    assert max(sizes) - min(sizes) <= len("600") * 3
    assert max(sizes) < 100


def test_a_state_that_is_not_ours_is_refused() -> None:
    for value in ({}, None, {"n": 1, "t": {"1": 5}, "s": {}}, "x", []):
        with pytest.raises(rules.StateUnreadable):
            rules.State.from_json(value)


def test_a_step_says_which_flows_its_tokens_went_along() -> None:
    body = START_END + tasks("a", "b") + gateway("exclusive", "g", "g_e")
    flow = flow_of(body, "s>a a>g g>b[again] b>a g>e")
    started = rules.start(flow, variables={"again": True})
    assert started.taken == ("s_a",)
    token = next(iter(started.state.tokens))
    on = rules.advance(flow, started.state, TaskCompleted(token), variables={"again": True})
    assert on.taken == ("a_g", "g_b")

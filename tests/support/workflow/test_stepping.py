"""Tokens move as BPMN says: tasks, gateways, loops, subprocesses."""

import pytest

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import (
    CallService,
    CancelChild,
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

START_END = '<startEvent id="s"/><endEvent id="e"/>'


def tasks(*names: str) -> str:
    return "".join(f'<userTask id="{name}" name="{name}"/>' for name in names)


def gateway(kind: str, key: str, default: str = "") -> str:
    written = f' default="{default}"' if default else ""
    return f'<{kind}Gateway id="{key}"{written}/>'


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


EXCLUSIVE = START_END + gateway("exclusive", "g", "g_b") + tasks("a", "b")


@pytest.mark.parametrize(("size", "place"), [(5, "a"), (1, "b")])
def test_an_exclusive_gateway_takes_what_holds_or_the_default(size: int, place: str) -> None:
    flow = flow_of(EXCLUSIVE, "s>g g>a[size_>_3] g>b a>e b>e")
    assert Case(flow, size=size).places == [place]


def test_a_condition_nobody_can_judge_is_refused() -> None:
    flow = flow_of(EXCLUSIVE, "s>g g>a[size_>_3] g>b a>e b>e")
    with pytest.raises(rules.ConditionUndecided) as refusal:
        Case(flow)
    assert refusal.value.facts == {"element": "g_a", "text": "size > 3", "value": None}


@pytest.mark.parametrize("kind", ["exclusive", "inclusive"])
def test_a_gateway_without_an_open_path_is_refused(kind: str) -> None:
    body = START_END + gateway(kind, "g") + tasks("a", "b")
    flow = flow_of(body, "s>g g>a[size_>_3] g>b[size_>_4] a>e b>e")
    with pytest.raises(rules.NoPathTaken) as refusal:
        Case(flow, size=1)
    assert refusal.value.facts == {"element": "g"}


PARALLEL = START_END + gateway("parallel", "f") + gateway("parallel", "j") + tasks("a", "b", "c")


def test_a_parallel_join_waits_for_every_branch() -> None:
    case = Case(flow_of(PARALLEL, "s>f f>a f>b a>j b>j j>c c>e"))
    assert case.places == ["a", "b"]
    assert case.complete("b").places == ["a", "j"]
    assert case.complete("a").places == ["c"]
    assert case.complete("c").ended == "completed"


def test_a_join_that_can_never_open_is_seen_as_stuck() -> None:
    body = START_END + gateway("exclusive", "f", "f_b") + gateway("parallel", "j") + tasks("a", "b")
    case = Case(flow_of(body, "s>f f>a[x] f>b a>j b>j j>e"), x=True)
    assert not case.state.is_stuck
    case.complete("a")
    assert (case.places, case.state.is_stuck, case.ended) == (["j"], True, "")


INCLUSIVE = (
    START_END + gateway("inclusive", "f", "f_c") + gateway("inclusive", "j") + tasks(*"abcd")
)


@pytest.mark.parametrize(
    ("chosen", "places"), [("ab", ["a", "b"]), ("a", ["a"]), ("b", ["b"]), ("", ["c"])]
)
def test_an_inclusive_join_waits_only_for_branches_taken(chosen: str, places: list[str]) -> None:
    flow = flow_of(INCLUSIVE, "s>f f>a[a] f>b[b] f>c a>j b>j c>j j>d d>e")
    case = Case(flow, a="a" in chosen, b="b" in chosen)
    assert case.places == places
    for place in places[:-1]:
        assert "j" in case.complete(place).places
    assert case.complete(places[-1]).places == ["d"]


def test_flows_out_of_a_task_are_all_taken_when_open() -> None:
    case = Case(flow_of(START_END + tasks("a", "b", "c"), "s>a a>b a>c[no] b>e c>e"), no=False)
    assert case.complete("a").places == ["b"]


SEVERAL = (
    '<userTask id="review" name="会审"><multiInstanceLoopCharacteristics '
    'isSequential="{sequential}" shuzheng:collection="departments" shuzheng:item="department" '
    'shuzheng:output="opinions"'
    ' shuzheng:outputItem="opinion">{until}</multiInstanceLoopCharacteristics></userTask>'
)


def several(*, sequential: bool = False, until: str = "") -> rules.Flow:
    condition = f"<completionCondition {FORMAL}>{until}</completionCondition>" if until else ""
    body = SEVERAL.format(sequential=str(sequential).lower(), until=condition)
    return flow_of(START_END + body + tasks("next"), "s>review review>next next>e")


def test_parallel_instances_open_one_task_an_item_and_collect_in_order() -> None:
    case = Case(several(), departments=["market", "fire", "housing"])
    opened = case.of(OpenTask)
    assert [task.item for task in opened] == ["market", "fire", "housing"]
    for task in reversed(opened):
        case.tell(TaskCompleted(task.token, {"opinion": task.item + " ok", "note": "x"}))
    assert case.variables["opinions"] == ["market ok", "fire ok", "housing ok"]
    assert "note" not in case.variables
    assert case.places == ["next"]


def test_sequential_instances_open_one_after_the_other() -> None:
    case = Case(several(sequential=True), departments=["market", "fire"])
    assert [task.item for task in case.of(OpenTask)] == ["market"]
    case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"opinion": 1}))
    assert [task.item for task in case.of(OpenTask)] == ["market", "fire"]
    case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"opinion": 2}))
    assert case.variables["opinions"] == [1, 2]
    assert case.places == ["next"]


def test_a_completion_condition_takes_the_other_instances_away() -> None:
    case = Case(several(until="numberOfCompletedInstances = 1"), departments=["a", "b", "c"])
    first, second, third = (task.token for task in case.of(OpenTask))
    case.tell(TaskCompleted(second, {"opinion": "no"}))
    assert case.effects[:2] == (CloseTask(first), CloseTask(third))
    assert case.variables["opinions"] == [None, "no", None]


def test_no_items_means_no_instances() -> None:
    case = Case(several(), departments=[])
    assert (case.places, case.variables["opinions"]) == (["next"], [])


def test_a_collection_that_is_no_list_is_refused() -> None:
    with pytest.raises(rules.ValueUnusable) as refusal:
        Case(several(), departments="market")
    assert refusal.value.facts["needed"] == "一个列表"


def test_children_are_started_for_each_item_and_cancelled_together() -> None:
    body = (
        '<callActivity id="c" calledElement="matter"><multiInstanceLoopCharacteristics '
        'shuzheng:collection="matters"/></callActivity>'
        '<boundaryEvent id="b" attachedToRef="c"><messageEventDefinition messageRef="m"/>'
        "</boundaryEvent>"
    )
    flow = flow_of(START_END + body, "s>c c>e b>e", head='<message id="m" name="withdraw"/>')
    case = Case(flow, matters=["licence", "sign"])
    started = case.of(StartChild)
    assert [(one.called, one.item) for one in started] == [
        ("matter", "licence"),
        ("matter", "sign"),
    ]
    case.tell(rules.MessageReceived("withdraw"))
    assert case.of(CancelChild) == [CancelChild(one.token) for one in started]
    assert case.ended == "completed"


def test_a_standard_loop_goes_round_while_its_condition_holds() -> None:
    body = (
        f'<userTask id="ask"><standardLoopCharacteristics><loopCondition {FORMAL}>not(enough)'
        "</loopCondition></standardLoopCharacteristics></userTask>"
    )
    case = Case(flow_of(START_END + body, "s>ask ask>e"), enough=False)
    for _ in range(3):
        case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"enough": False}))
    case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"enough": True}))
    assert (len(case.of(OpenTask)), case.ended) == (4, "completed")


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

"""Events: what is thrown, what is caught, from the inside out."""

import pytest

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import (
    CancelTimer,
    CloseTask,
    Ended,
    OpenTask,
    SetTimer,
    ThrowEscalation,
    ThrowMessage,
    ThrowSignal,
)
from tests.support.workflow.flow_drawing import FORMAL, Case, flow_of

HEAD = (
    '<message id="m" name="withdraw"/><signal id="g" name="storm"/>'
    '<error id="x" errorCode="E1"/><error id="y" errorCode="E2"/>'
    '<escalation id="esc" escalationCode="late"/>'
)
START_END = '<startEvent id="s"/><endEvent id="e"/>'


def tasks(*names: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in names)


def event(tag: str, key: str, definition: str, attributes: str = "") -> str:
    return f'<{tag} id="{key}" {attributes}>{definition}</{tag}>'


def boundary(key: str, host: str, definition: str, *, cancel: bool = True) -> str:
    attributes = f'attachedToRef="{host}" cancelActivity="{str(cancel).lower()}"'
    return event("boundaryEvent", key, definition, attributes)


def timer(kind: str, value: str) -> str:
    return f"<timerEventDefinition><{kind} {FORMAL}>{value}</{kind}></timerEventDefinition>"


def edges(*pairs: str) -> str:
    return "".join(
        f'<sequenceFlow id="f_{pair.replace(">", "_")}" sourceRef="{pair.split(">")[0]}" '
        f'targetRef="{pair.split(">")[1]}"/>'
        for pair in pairs
    )


MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="g"/>'
ERROR = '<errorEventDefinition errorRef="x"/>'
ESCALATION = '<escalationEventDefinition escalationRef="esc"/>'


def drawn(body: str, flows: str) -> rules.Flow:
    return flow_of(START_END + body, flows, head=HEAD)


def test_an_intermediate_message_is_waited_for() -> None:
    body = event("intermediateCatchEvent", "w", MESSAGE)
    case = Case(drawn(body, "s>w w>e"))
    assert case.tell(rules.MessageReceived("withdraw", {"why": "x"})).ended == "completed"
    assert case.variables == {"why": "x"}


def test_a_message_goes_to_the_oldest_token_or_the_one_named() -> None:
    body = (
        tasks("a", "b", "c")
        + "".join(boundary(f"b{host}", host, MESSAGE) for host in ("a", "b"))
        + '<parallelGateway id="f"/>'
    )
    flow = drawn(body, "s>f f>a f>b a>e b>e ba>c bb>c c>e")
    assert Case(flow).tell(rules.MessageReceived("withdraw")).places == ["b", "bb", "c"]
    case = Case(flow)
    case.tell(rules.MessageReceived("withdraw", token=case.token("bb")))
    assert case.places == ["a", "ba", "c"]
    with pytest.raises(rules.TokenNotWaiting):
        case.tell(rules.MessageReceived("other", token=case.token("ba")))


def test_a_timer_value_may_be_computed() -> None:
    body = event("intermediateCatchEvent", "w", timer("timeDuration", 'duration("P1D") * days'))
    case = Case(drawn(body, "s>w w>e"), days=3)
    assert case.effects == (SetTimer("1", "w", "duration", "P3D", {}),)


@pytest.mark.parametrize("value", ["nothing", "days", '"soon"'])
def test_a_timer_that_gives_no_time_is_refused(value: str) -> None:
    body = event("intermediateCatchEvent", "w", timer("timeDuration", value))
    with pytest.raises(rules.ValueUnusable):
        Case(drawn(body, "s>w w>e"), days=3)


def test_a_cycle_asks_again_until_it_is_used_up() -> None:
    body = tasks("a", "remind") + boundary("b", "a", timer("timeCycle", "R3/P1D"), cancel=False)
    case = Case(drawn(body, "s>a a>e b>remind remind>e"))
    for left in ("R2/P1D", "R1/P1D"):
        case.tell(rules.TimerFired(case.token("b")))
        assert case.of(SetTimer)[-1].value == left
    case.tell(rules.TimerFired(case.token("b")))
    assert case.places == ["a", "remind", "remind", "remind"]
    assert len(case.of(SetTimer)) == 3
    assert case.of(CancelTimer) == []


def test_a_signal_reaches_all_who_wait_in_this_flow_and_goes_outside() -> None:
    body = (
        '<parallelGateway id="f"/>'
        + event("intermediateCatchEvent", "w1", SIGNAL)
        + event("intermediateCatchEvent", "w2", SIGNAL)
        + event("intermediateThrowEvent", "t", SIGNAL)
    )
    case = Case(drawn(body, "s>f f>t f>w1 f>w2 t>e w1>e w2>e"))
    assert case.effects == (ThrowSignal("storm", "t"), Ended("completed"))


def test_a_signal_from_outside_that_nobody_waits_for_is_no_fault() -> None:
    case = Case(drawn(tasks("a"), "s>a a>e"))
    assert case.tell(rules.SignalReceived("storm")).places == ["a"]


def test_a_message_is_sent_by_a_throw_and_by_an_end() -> None:
    body = event("intermediateThrowEvent", "t", MESSAGE) + event("endEvent", "e2", MESSAGE)
    case = Case(drawn(body + tasks("a"), "s>t t>a a>e2 s>e"))
    case.complete("a")
    assert case.of(ThrowMessage) == [ThrowMessage("withdraw", key, {}) for key in ("t", "e2")]


INNER = (
    '<subProcess id="p1"><startEvent id="s1"/><userTask id="a"/>{end}'
    + edges("s1>a", "a>e1")
    + "{more}</subProcess>"
)


def subprocess(end: str = "", more: str = "") -> str:
    return INNER.format(end=event("endEvent", "e1", end), more=more)


def test_an_error_end_is_caught_on_the_boundary_by_its_code() -> None:
    other = '<errorEventDefinition errorRef="y"/>'
    body = subprocess(ERROR) + tasks("mend", "wrong")
    body += boundary("b2", "p1", other) + boundary("b1", "p1", ERROR)
    case = Case(drawn(body, "s>p1 p1>e b1>mend b2>wrong mend>e wrong>e"))
    assert case.complete("a").places == ["mend"]


def test_an_error_nobody_catches_ends_the_flow() -> None:
    case = Case(drawn(subprocess(ERROR) + tasks("b"), "s>p1 p1>b b>e"))
    case.complete("a")
    assert case.effects == (Ended("error", "E1", "e1"),)
    assert case.state.is_ended


def test_work_that_fails_takes_the_error_path_or_stays_to_be_tried_again() -> None:
    body = '<serviceTask id="svc" shuzheng:operation="x.y"/>' + tasks("mend")
    case = Case(drawn(body + boundary("b", "svc", ERROR), "s>svc svc>e b>mend mend>e"))
    with pytest.raises(rules.ErrorNotCaught):
        case.tell(rules.WorkFailed(case.token("svc"), "E9"))
    assert case.places == ["svc"]
    assert case.tell(rules.WorkFailed(case.token("svc"), "E1")).places == ["mend"]


def test_an_error_of_one_instance_interrupts_them_all() -> None:
    body = (
        '<serviceTask id="svc" shuzheng:operation="x.y"><multiInstanceLoopCharacteristics '
        'shuzheng:collection="items"/></serviceTask>' + tasks("mend")
    )
    case = Case(
        drawn(body + boundary("b", "svc", ERROR), "s>svc svc>e b>mend mend>e"), items=[1, 2]
    )
    instance = case.of(rules.CallService)[1].token
    assert case.tell(rules.WorkFailed(instance, "E1")).places == ["mend"]


def test_an_escalation_may_leave_the_subprocess_going() -> None:
    more = event("intermediateThrowEvent", "t", ESCALATION) + edges("s1>t", "t>e1")
    body = subprocess("", more) + tasks("chief") + boundary("b", "p1", ESCALATION, cancel=False)
    case = Case(drawn(body, "s>p1 p1>e b>chief chief>e"))
    assert case.places == ["a", "chief", "p1"]


def test_an_escalation_nobody_catches_goes_outside_and_the_flow_goes_on() -> None:
    body = event("intermediateThrowEvent", "t", ESCALATION) + tasks("a")
    case = Case(drawn(body, "s>t t>a a>e"))
    assert case.of(ThrowEscalation) == [ThrowEscalation("late", "t")]
    assert case.places == ["a"]


def test_a_running_task_may_be_escalated() -> None:
    body = tasks("a", "chief") + boundary("b", "a", ESCALATION)
    case = Case(drawn(body, "s>a a>e b>chief chief>e"))
    case.tell(rules.EscalationRaised(case.token("a"), "late"))
    assert (case.places, len(case.of(CloseTask))) == (["chief"], 1)


CONDITION = f"<conditionalEventDefinition><condition {FORMAL}>risk > 5</condition>{{}}"
CONDITIONAL = CONDITION.format("</conditionalEventDefinition>")


def test_a_condition_is_looked_at_when_variables_change() -> None:
    body = event("intermediateCatchEvent", "w", CONDITIONAL)
    case = Case(drawn(body, "s>w w>e"), risk=1)
    assert case.tell(rules.VariablesChanged()).places == ["w"]
    case.variables["risk"] = 6
    assert case.tell(rules.VariablesChanged()).ended == "completed"


def test_a_condition_that_holds_already_closes_the_task_at_once() -> None:
    body = tasks("a", "urgent") + boundary("b", "a", CONDITIONAL)
    case = Case(drawn(body, "s>a a>e b>urgent urgent>e"), risk=9)
    assert case.places == ["urgent"]


def test_a_non_interrupting_condition_fires_each_time_it_becomes_true() -> None:
    body = tasks("a", "alarm") + boundary("b", "a", CONDITIONAL, cancel=False)
    case = Case(drawn(body, "s>a a>e b>alarm alarm>e"), risk=1)
    for risk in (6, 7, 2, 8):
        case.variables["risk"] = risk
        case.tell(rules.VariablesChanged())
    assert [task.element for task in case.of(OpenTask)] == ["a", "alarm", "alarm"]


def test_a_link_leads_on_elsewhere_on_the_same_level() -> None:
    link = '<linkEventDefinition name="page 2"/>'
    body = event("intermediateThrowEvent", "t", link) + event("intermediateCatchEvent", "w", link)
    case = Case(drawn(body + tasks("a"), "s>t w>a a>e"))
    assert case.places == ["a"]


def test_a_link_may_name_its_target_instead() -> None:
    thrown = '<linkEventDefinition id="l1" name="out"><target>l2</target></linkEventDefinition>'
    caught = '<linkEventDefinition id="l2" name="in"><source>l1</source></linkEventDefinition>'
    body = event("intermediateThrowEvent", "t", thrown)
    body += event("intermediateCatchEvent", "w", caught)
    assert Case(drawn(body + tasks("a"), "s>t w>a a>e")).places == ["a"]


def test_an_event_of_several_kinds_comes_with_the_first() -> None:
    body = event("intermediateCatchEvent", "w", MESSAGE + timer("timeDuration", "P1D"))
    case = Case(drawn(body, "s>w w>e"))
    waiting = case.of(SetTimer)[0].token
    case.tell(rules.MessageReceived("withdraw"))
    assert case.effects == (CancelTimer(waiting), Ended("completed"))


def test_an_event_that_needs_all_its_kinds_comes_with_the_last() -> None:
    both = MESSAGE + timer("timeDuration", "P1D")
    body = event("intermediateCatchEvent", "w", both, 'parallelMultiple="true"')
    case = Case(drawn(body, "s>w w>e"))
    case.tell(rules.TimerFired(case.of(SetTimer)[0].token))
    assert (case.ended, case.of(CancelTimer)) == ("", [])
    assert case.tell(rules.MessageReceived("withdraw", {"a": 1})).ended == "completed"


def test_a_boundary_that_needs_all_begins_again_after_the_last() -> None:
    attributes = 'attachedToRef="a" cancelActivity="false" parallelMultiple="true"'
    body = tasks("a", "b") + event("boundaryEvent", "w", MESSAGE + SIGNAL, attributes)
    case = Case(drawn(body, "s>a a>e w>b b>e"))
    for _ in range(2):
        case.tell(rules.SignalReceived("storm"))
        case.tell(rules.MessageReceived("withdraw"))
    assert case.places == ["a", "b", "b", "w", "w"]


def test_an_event_gateway_takes_the_first_event_and_forgets_the_others() -> None:
    body = (
        '<eventBasedGateway id="g1"/>' + event("intermediateCatchEvent", "w", MESSAGE)
        + event("intermediateCatchEvent", "z", timer("timeDuration", "P5D")) + tasks("a", "b")
    )  # fmt: skip
    flow = drawn(body, "s>g1 g1>w g1>z w>a z>b a>e b>e")
    case = Case(flow)
    waiting = case.of(SetTimer)[0].token
    case.tell(rules.MessageReceived("withdraw"))
    assert (case.places, case.of(CancelTimer)) == (["a"], [CancelTimer(waiting)])
    case = Case(flow)
    assert case.tell(rules.TimerFired(case.token("z"))).places == ["b"]
    with pytest.raises(rules.MessageNotAwaited):
        case.tell(rules.MessageReceived("withdraw"))


def handler(definition: str, *, interrupting: bool) -> str:
    start = event("startEvent", "hs", definition, f'isInterrupting="{str(interrupting).lower()}"')
    inside = start + '<userTask id="h"/><endEvent id="he"/>' + edges("hs>h", "h>he")
    return f'<subProcess id="hp" triggeredByEvent="true">{inside}</subProcess>'


def test_an_interrupting_event_subprocess_takes_the_place_of_all_else() -> None:
    case = Case(drawn(tasks("a") + handler(MESSAGE, interrupting=True), "s>a a>e"))
    case.tell(rules.MessageReceived("withdraw"))
    assert case.places == ["h", "hp"]
    assert case.complete("h").ended == "completed"


def test_a_non_interrupting_event_subprocess_runs_beside_and_again() -> None:
    case = Case(drawn(tasks("a") + handler(MESSAGE, interrupting=False), "s>a a>e"))
    for _ in range(2):
        case.tell(rules.MessageReceived("withdraw"))
    assert case.places == ["a", "h", "h", "hp", "hp", "hs"]
    case.complete("a")
    case.complete("h")
    assert case.ended == ""
    assert case.complete("h").ended == "completed"


def test_an_event_subprocess_catches_the_errors_of_its_level() -> None:
    body = subprocess(ERROR) + handler(ERROR, interrupting=True)
    case = Case(drawn(body, "s>p1 p1>e"))
    assert case.complete("a").places == ["h", "hp"]


COMPENSATE = "<compensateEventDefinition/>"


def compensated(name: str) -> str:
    return (
        f'<userTask id="{name}"/><userTask id="undo_{name}" isForCompensation="true"/>'
        + boundary(f"b_{name}", name, COMPENSATE)
        + f'<association id="as_{name}" sourceRef="b_{name}" targetRef="undo_{name}"/>'
    )


def test_completed_work_is_undone_last_first_and_then_the_flow_goes_on() -> None:
    body = compensated("a") + compensated("b") + tasks("c")
    body += event("intermediateThrowEvent", "t", COMPENSATE)
    case = Case(drawn(body, "s>a a>b b>t t>c c>e"))
    case.complete("a")
    assert case.complete("b").places == ["t", "undo_b"]
    assert case.complete("undo_b").places == ["t", "undo_a"]
    assert case.complete("undo_a").places == ["c"]


def test_one_activity_may_be_compensated_by_name() -> None:
    body = compensated("a") + compensated("b")
    named = '<compensateEventDefinition activityRef="a"/>'
    body += event("intermediateThrowEvent", "t", named)
    case = Case(drawn(body, "s>a a>b b>t t>e"))
    case.complete("a")
    case.complete("b")
    assert case.complete("undo_a").ended == "completed"


def test_a_flow_may_be_started_by_one_of_its_events() -> None:
    body = event("startEvent", "sm", MESSAGE) + tasks("a", "b")
    flow = drawn(body, "s>a sm>b a>e b>e")
    assert [(start.element, start.trigger, start.name) for start in flow.starts] == [
        ("s", "none", ""),
        ("sm", "message", "withdraw"),
    ]
    assert Case(flow).places == ["a"]
    assert Case(flow, "sm").places == ["b"]
    with pytest.raises(rules.StartNotFound):
        Case(flow, "a")


def test_a_flow_with_only_an_event_start_does_not_start_by_itself() -> None:
    body = event("startEvent", "sm", MESSAGE) + event("endEvent", "e", "")
    flow = flow_of(body, "sm>e", head=HEAD)
    with pytest.raises(rules.StartNotFound):
        Case(flow)
    assert Case(flow, "sm").ended == "completed"

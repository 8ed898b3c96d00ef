"""Events: what is thrown, what is caught, from the inside out."""

import pytest

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import (
    CancelTimer,
    Ended,
    OpenTask,
    SetTimer,
    ThrowMessage,
    ThrowSignal,
)
from tests.support.workflow.event_drawing import MESSAGE, boundary, drawn, event, tasks
from tests.support.workflow.flow_drawing import FORMAL, Case


def timer(kind: str, value: str) -> str:
    return f"<timerEventDefinition><{kind} {FORMAL}>{value}</{kind}></timerEventDefinition>"


SIGNAL = '<signalEventDefinition signalRef="g"/>'


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

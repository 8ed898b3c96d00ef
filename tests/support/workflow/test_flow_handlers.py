"""Event subprocesses, compensation, and flows that one of their events starts."""

import pytest

from shuzheng.support.workflow import rules
from tests.support.workflow.event_drawing import (
    ERROR,
    HEAD,
    MESSAGE,
    boundary,
    drawn,
    edges,
    event,
    subprocess,
    tasks,
)
from tests.support.workflow.flow_drawing import Case, flow_of


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

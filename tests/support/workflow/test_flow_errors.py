"""Errors and escalations: caught by their code, outwards, or by nobody."""

import pytest

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import CloseTask, Ended, ThrowEscalation
from tests.support.workflow.event_drawing import (
    ERROR,
    boundary,
    drawn,
    edges,
    event,
    subprocess,
    tasks,
)
from tests.support.workflow.flow_drawing import Case

ESCALATION = '<escalationEventDefinition escalationRef="esc"/>'


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

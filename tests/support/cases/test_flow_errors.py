"""Errors, escalations, compensation and ends of a flow, carried out in tables."""

from datetime import timedelta

import pytest

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, ServiceRequest, Task, Wait
from tests.support.cases.drawn import (
    CALL,
    ENDS,
    ERROR,
    MESSAGE,
    boundary,
    catch,
    entries,
    external,
    message,
    timer,
    user,
)
from tests.support.cases.flows import BY, begin, complete, is_over, open_tasks, publish
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


ESCALATION = '<escalation id="es" escalationCode="late"/>'

RAISED = '<escalationEventDefinition escalationRef="es"/>'


def request_of(number: str) -> str:
    found = ServiceRequest.objects.filter(case__number=number, done_at=None).order_by("pk")[0]
    return str(found.token)


def test_work_that_fails_takes_the_way_of_its_error() -> None:
    caught = boundary("b", "x", '<errorEventDefinition errorRef="er"/>')
    flow = publish(
        "failing", ENDS + external() + caught + user("mend"), "s>x x>e b>mend mend>e", head=ERROR
    )
    number = begin(flow)
    token = request_of(number)
    cases.fail_service(case_number=number, token=token, error="E1", by=BY, at=AT)
    assert open_tasks(number) == ["mend"]
    cases.complete_service(case_number=number, token=token, result={}, by=BY, at=AT)
    assert open_tasks(number) == ["mend"]


def test_work_for_a_step_the_flow_has_left_is_kept_and_moves_nothing() -> None:
    caught = boundary("b", "x", timer("timeDuration", "PT1H"))
    flow = publish("left", ENDS + external() + caught + user("t"), "s>x x>e b>t t>e")
    number = begin(flow)
    token = request_of(number)
    cases.fire_timers(at=AT + timedelta(hours=1))
    cases.complete_service(case_number=number, token=token, result={"a": 1}, by=BY, at=AT)
    assert (open_tasks(number), entries("case.service_late")) == (["t"], 1)
    assert ServiceRequest.objects.get().result == {"a": 1}


def test_a_called_flow_hands_its_error_to_the_caller() -> None:
    publish(
        "child",
        '<startEvent id="s"/><endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>'
        + user("t"),
        "s>t t>e",
        head=ERROR,
    )
    parent = publish(
        "parent",
        ENDS
        + CALL.format("child")
        + boundary("b", "call", '<errorEventDefinition errorRef="er"/>')
        + user("mend"),
        "s>call call>e b>mend mend>e",
        head=ERROR,
    )
    number = begin(parent)
    complete(f"{number}-1", "t")
    assert is_over(f"{number}-1")
    assert open_tasks(number) == ["mend"]


def test_an_escalation_reaches_the_caller_while_the_called_flow_goes_on() -> None:
    publish(
        "child",
        ENDS + f'<intermediateThrowEvent id="up">{RAISED}</intermediateThrowEvent>' + user("t"),
        "s>up up>t t>e",
        head=ESCALATION,
    )
    parent = publish(
        "parent",
        ENDS
        + CALL.format("child")
        + boundary("b", "call", RAISED, interrupting=False)
        + user("look", "after"),
        "s>call call>after after>e b>look look>e",
        head=ESCALATION,
    )
    number = begin(parent)
    assert open_tasks(number) == ["look"]
    complete(f"{number}-1", "t")
    assert open_tasks(number) == ["after", "look"]


def test_an_escalation_nobody_catches_is_journalled() -> None:
    flow = publish(
        "alone",
        f'<startEvent id="s"/><endEvent id="e">{RAISED}</endEvent>',
        "s>e",
        head=ESCALATION,
    )
    number = begin(flow)
    assert is_over(number)
    assert Entry.objects.get(kind="flow.escalated").facts["code"] == "late"


def test_a_flow_that_ends_in_an_error_says_so() -> None:
    flow = publish(
        "broken",
        '<startEvent id="s"/><endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>',
        "s>e",
        head=ERROR,
    )
    number = begin(flow)
    facts = Entry.objects.get(kind="flow.ended_in_error").facts
    assert facts == {"number": number, "code": "E1", "element": "e"}


def test_a_caller_that_goes_on_takes_back_what_it_called_with_all_inside() -> None:
    publish("inner", ENDS + user("deep") + catch("w", message()), "s>deep deep>w w>e", head=MESSAGE)
    publish("child", ENDS + CALL.format("inner") + user("t"), "s>call s>t call>e t>e")
    parent = publish(
        "parent",
        ENDS
        + CALL.format("child")
        + boundary("b", "call", timer("timeDuration", "PT1H"))
        + user("after"),
        "s>call call>e b>after after>e",
    )
    number = begin(parent)
    assert (open_tasks(f"{number}-1"), open_tasks(f"{number}-2")) == (["t"], ["deep"])
    complete(f"{number}-2", "deep")
    assert Wait.objects.count() == 1
    cases.fire_timers(at=AT + timedelta(hours=1))
    assert open_tasks(number) == ["after"]
    assert Case.objects.filter(state="cancelled").count() == 2
    assert (Task.objects.filter(state="open").count(), Wait.objects.count()) == (1, 0)
    assert entries("case.cancelled") == 2


def test_a_called_flow_may_call_another_and_both_hand_back() -> None:
    publish("inner", ENDS + user("deep"), "s>deep deep>e")
    publish("child", ENDS + CALL.format("inner") + user("t"), "s>call call>t t>e")
    number = begin(
        publish("parent", ENDS + CALL.format("child") + user("after"), "s>call call>after after>e")
    )
    complete(f"{number}-2", "deep")
    complete(f"{number}-1", "t")
    assert open_tasks(number) == ["after"]


def test_what_was_done_is_undone_last_first() -> None:
    undo = '<userTask id="undo_{0}" name="u" shuzheng:duty="do:work" isForCompensation="true"/>'
    guard = (
        '<boundaryEvent id="c_{0}" attachedToRef="{0}"><compensateEventDefinition/></boundaryEvent>'
    )
    body = (
        ENDS + user("a", "b") + "".join(undo.format(one) + guard.format(one) for one in "ab")
        + '<association id="ax" sourceRef="c_a" targetRef="undo_a" associationDirection="One"/>'
        + '<association id="bx" sourceRef="c_b" targetRef="undo_b" associationDirection="One"/>'
        + '<intermediateThrowEvent id="back"><compensateEventDefinition/></intermediateThrowEvent>'
    )  # fmt: skip
    number = begin(publish("undo", body, "s>a a>b b>back back>e"))
    complete(number, "a")
    complete(number, "b")
    assert open_tasks(number) == ["undo_b"]
    complete(number, "undo_b")
    assert open_tasks(number) == ["undo_a"]
    complete(number, "undo_a")
    assert is_over(number)


def test_terminate_takes_every_open_task_away() -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="g"/>' + user("a", "b")
        + '<endEvent id="stop"><terminateEventDefinition/></endEvent><endEvent id="e"/>'
    )  # fmt: skip
    number = begin(publish("stop", body, "s>g g>a g>b a>stop b>e"))
    complete(number, "a")
    assert is_over(number)
    assert open_tasks(number) == []
    assert Task.objects.get(element="b").state == "cancelled"

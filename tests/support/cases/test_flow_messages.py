"""Signals and messages of a flow, carried out in tables: who waits, who sends, what is kept."""

from datetime import timedelta

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import FlowMessage, Task, Wait
from shuzheng.support.cases.operations.running.messages import KEPT_FOR
from shuzheng.support.workflow.rules import ValueUnusable
from tests.support.cases.drawn import (
    ENDS,
    MESSAGE,
    SIGNAL,
    catch,
    entries,
    message,
    signal,
    timer,
    user,
)
from tests.support.cases.flows import CLERK, begin, is_over, places, publish, variables
from tests.support.cases.play import AT, on_post
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


# Signals


def test_a_signal_reaches_every_case_that_waits_once() -> None:
    waiting = publish(
        "waiting", ENDS + catch("w", signal()) + user("t"), "s>w w>t t>e", head=SIGNAL
    )
    calling = publish(
        "calling",
        ENDS + f'<intermediateThrowEvent id="c">{signal()}</intermediateThrowEvent>',
        "s>c c>e",
        head=SIGNAL,
    )
    first, second = begin(waiting), begin(waiting)
    begin(calling)
    late = begin(waiting)
    assert FlowMessage.objects.filter(kind="signal", state="sent").count() == 2
    assert cases.carry_messages(at=AT) == 2
    assert cases.carry_messages(at=AT) == 0
    assert [places(number) for number in (first, second, late)] == [["t"], ["t"], ["w"]]
    assert Entry.objects.get(kind="flow.signal_sent").facts == {"name": "storm", "count": 2}
    assert list(Wait.objects.values_list("case__number", flat=True)) == [late]


def test_a_signal_for_a_case_that_went_on_is_over() -> None:
    waiting = publish(
        "both",
        ENDS
        + '<eventBasedGateway id="g"/>'
        + catch("w", signal())
        + catch("late", timer("timeDuration", "PT1H")),
        "s>g g>w g>late w>e late>e",
        head=SIGNAL,
    )
    calling = publish(
        "calling", f'<startEvent id="s"/><endEvent id="e">{signal()}</endEvent>', "s>e", head=SIGNAL
    )
    number = begin(waiting)
    begin(calling)
    assert cases.fire_timers(at=AT + timedelta(hours=1)) == 1
    assert is_over(number)
    assert cases.carry_messages(at=AT + timedelta(hours=1)) == 1
    assert FlowMessage.objects.get().state == "missed"


# Messages


def sending(correlation: str = "") -> int:
    drawn = f'shuzheng:correlation="{correlation}"' if correlation else ""
    return publish(
        "sending",
        ENDS + f'<sendTask id="send" messageRef="m" {drawn}/>' + user("t"),
        "s>send send>t t>e",
        head=MESSAGE,
    )


def receiving(correlation: str = "") -> int:
    drawn = f'shuzheng:correlation="{correlation}"' if correlation else ""
    return publish(
        "receiving",
        ENDS + catch("w", message(), more=drawn) + user("t"),
        "s>w w>t t>e",
        head=MESSAGE,
    )


def test_a_message_finds_the_case_of_its_key() -> None:
    flow = receiving("order")
    other, wanted = begin(flow, order="A-1"), begin(flow, order="A-2")
    begin(sending("order"), order="A-2")
    assert cases.carry_messages(at=AT) == 1
    assert (places(other), places(wanted)) == (["w"], ["t"])
    delivered = FlowMessage.objects.get()
    assert (delivered.state, delivered.to_case and delivered.to_case.number) == (
        "delivered",
        wanted,
    )


def test_a_message_without_a_key_stays_within_its_file() -> None:
    waiting = begin(receiving())
    begin(sending())
    assert cases.carry_messages(at=AT) == 1
    assert places(waiting) == ["w"]
    assert FlowMessage.objects.get().state == "kept"


def test_a_message_nobody_waits_for_is_kept_and_found_later() -> None:
    begin(sending("order"), order="A-1")
    assert cases.carry_messages(at=AT) == 1
    assert cases.carry_messages(at=AT) == 0
    assert entries("flow.message_kept") == 1
    number = begin(receiving("order"), order="A-1", at=AT + timedelta(days=3))
    assert cases.carry_messages(at=AT + timedelta(days=3)) == 1
    assert places(number) == ["t"]
    assert FlowMessage.objects.get().state == "delivered"


def test_a_kept_message_ends_after_its_time() -> None:
    begin(sending("order"), order="A-1")
    cases.carry_messages(at=AT)
    assert cases.carry_messages(at=AT + KEPT_FOR - timedelta(seconds=1)) == 0
    assert cases.carry_messages(at=AT + KEPT_FOR) == 1
    assert FlowMessage.objects.get().state == "expired"
    number = begin(receiving("order"), order="A-1")
    assert cases.carry_messages(at=AT + KEPT_FOR) == 0
    assert places(number) == ["w"]


def test_a_message_from_outside_says_what_became_of_it() -> None:
    number = begin(receiving("order"), order="A-1")
    send = {"name": "papers", "payload": {"count": 2}, "by": CLERK, "at": AT}
    assert cases.send_message(key="A-1", **send) == cases.Answer("delivered", number)
    assert variables(number)["count"] == 2
    assert cases.send_message(key="A-1", **send) == cases.Answer("kept")
    assert (entries("flow.message_sent"), entries("flow.message_kept")) == (2, 1)


def test_who_may_not_send_messages_or_do_work_is_refused() -> None:
    number = begin(publish("one", ENDS + user("t"), "s>t t>e"))
    task = Task.objects.get(case__number=number)
    clerk = on_post("housing.chief")
    refuses(
        PostLacksPermission,
        cases.send_message,
        name="papers",
        key="x",
        by=on_post("audit.auditor"),
        at=AT,
    )
    refuses(
        PostLacksPermission,
        cases.complete_task,
        task_id=task.pk,
        outcome={},
        by=on_post("audit.auditor"),
        at=AT,
    )
    assert clerk.post != task.post


def test_a_correlation_without_its_variable_is_refused() -> None:
    refuses(ValueUnusable, begin, flow=receiving("order"))

"""A flow begins by a message or a signal, once, and the next goes to the case that awaits it."""

from datetime import date, timedelta

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, FlowMessage
from shuzheng.support.cases.operations.running.messages import KEPT_FOR
from shuzheng.support.cases.rules.flow_refusals import PostMissing
from shuzheng.support.cases.rules.states import State
from shuzheng.support.workflow.operations import take_back
from tests.support.cases.beginnings import TASK, begun_by, cause, opened, send, start
from tests.support.cases.drawn import ENDS, MESSAGE, ORDER, SIGNAL, catch, message, signal
from tests.support.cases.flows import BY, CLERK, begin, open_tasks, places, publish, variables
from tests.support.cases.play import AT, on_post
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


# Messages


def test_a_message_from_outside_that_nobody_awaits_opens_a_case() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    answer = send(payload={"amount": 5, "matter": "x", "cause": "x"})
    assert answer.code == "opened"
    assert opened("audit") == [answer.number]
    assert open_tasks(answer.number) == ["t"]
    assert variables(answer.number) | {"cause": None} == {
        "amount": 5,
        "matter": "audit",
        "cause": None,
    }
    assert cause(answer.number) == {
        "kind": "message",
        "name": "papers",
        "key": "7",
        "case": "",
        "at": AT.isoformat(),
    }
    row = FlowMessage.objects.get()
    assert (row.state, row.to_case and row.to_case.number) == ("opened", answer.number)
    told = Entry.objects.get(kind="case.opened")
    assert (told.actor_account, told.facts["cause"], told.facts["name"]) == (
        *("clerk", "message"),
        "papers",
    )
    assert cases.carry_messages(at=AT) == 0


def test_a_message_thrown_by_another_case_opens_one() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    sends = publish(
        "sends", ENDS + f'<sendTask id="x" messageRef="m" {ORDER}/>', "s>x x>e", head=MESSAGE
    )
    sender = begin(sends, order="7")
    assert opened("audit") == []
    assert cases.carry_messages(at=AT) == 1
    assert cases.carry_messages(at=AT) == 0
    (number,) = opened("audit")
    assert (cause(number)["case"], cause(number)["key"]) == (sender, "7")
    assert Entry.objects.get(kind="case.opened").actor_kind == "system"
    assert FlowMessage.objects.get().state == "opened"


def test_the_next_of_the_same_key_goes_to_the_case_that_awaits_it_else_it_opens_another() -> None:
    waits = catch("t", message(), more='shuzheng:correlation="cause.key"')
    begun_by("audit", start(message()), head=MESSAGE, task=waits)
    first = send("7")
    assert (first.code, places(first.number)) == ("opened", ["t"])
    other = send("8")
    assert (other.code, len(opened("audit"))) == ("opened", 2)
    assert send("7") == cases.Answer("delivered", first.number)
    assert Case.objects.get(number=first.number).state == State.CLOSED
    assert send("7").code == "opened"
    assert len(opened("audit")) == 3


def test_two_thrown_at_once_with_one_key_open_one_case_that_gets_the_second() -> None:
    waits = catch("t", message(), more='shuzheng:correlation="cause.key"')
    begun_by("audit", start(message()), head=MESSAGE, task=waits)
    sends = publish(
        "sends", ENDS + f'<sendTask id="x" messageRef="m" {ORDER}/>', "s>x x>e", head=MESSAGE
    )
    begin(sends, order="7")
    begin(sends, order="7")
    while cases.carry_messages(at=AT):
        pass
    (number,) = opened("audit")
    assert Case.objects.get(number=number).state == State.CLOSED
    states = FlowMessage.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["opened", "delivered"]


def test_a_message_sent_again_under_its_reference_opens_nothing_more() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    first = send(reference="A-1")
    assert send(reference="A-1") == first
    assert send(reference="A-2").number != first.number
    assert len(opened("audit")) == 2
    kept = cases.send_message(name="unknown", key="1", reference="A-3", by=CLERK, at=AT)
    again = cases.send_message(name="unknown", key="1", reference="A-3", by=CLERK, at=AT)
    assert (kept.code, again.code) == ("kept", "kept")
    assert FlowMessage.objects.count() == 3


def test_who_may_not_send_messages_opens_nothing() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    refuses(PostLacksPermission, send, by=on_post("market.chief"))


def test_what_was_kept_before_the_flow_came_in_force_opens_nothing() -> None:
    assert send().code == "kept"
    begun_by("audit", start(message()), head=MESSAGE)
    assert cases.carry_messages(at=AT) == 0
    assert cases.carry_messages(at=AT + KEPT_FOR) == 1
    assert (opened("audit"), FlowMessage.objects.get().state) == ([], "expired")


def test_a_flow_that_was_withdrawn_and_a_matter_not_yet_in_force_begin_nothing() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    take_back(key="audit", by=BY, at=AT)
    begun_by("later", start(message()), head=MESSAGE, valid_from=date(2027, 1, 1))
    assert send().code == "kept"
    assert (opened("audit"), opened("later")) == ([], [])


def test_a_flow_that_cannot_begin_says_so_once_and_is_tried_again() -> None:
    begun_by(
        "audit",
        start(message()),
        head=MESSAGE,
        task=TASK.replace("supervise:open_restaurant", "do:nothing"),
    )
    sends = publish("sends", ENDS + '<sendTask id="x" messageRef="m"/>', "s>x x>e", head=MESSAGE)
    begin(sends)
    refuses(PostMissing, send)
    assert cases.carry_messages(at=AT) == 0
    later = AT + timedelta(minutes=2)
    assert cases.carry_messages(at=later) == 0
    assert opened("audit") == []
    told = Entry.objects.get(kind="flow.not_begun")
    assert told.facts["matter"] == "audit"
    assert (told.facts["cause"], told.facts["code"]) == ("message", "no-post-for-duty")
    begun_by("audit", start(message()), head=MESSAGE)
    assert cases.carry_messages(at=later + timedelta(minutes=3)) == 1
    assert len(opened("audit")) == 1


# Signals


def test_a_signal_opens_one_case_of_every_flow_that_begins_with_it() -> None:
    for key in ("flood", "shelter"):
        begun_by(key, start(signal()), head=SIGNAL)
    begun_by("other", start(message()), head=MESSAGE)
    waiting = publish("waits", ENDS + catch("w", signal()), "s>w w>e", head=SIGNAL)
    waiter = begin(waiting)
    thrower = f'<intermediateThrowEvent id="x">{signal()}</intermediateThrowEvent>'
    calling = publish("calls", ENDS + thrower, "s>x x>e", head=SIGNAL)
    number = begin(calling)
    assert Entry.objects.get(kind="flow.signal_sent").facts == {"name": "storm", "count": 3}
    assert cases.carry_messages(at=AT) == 3
    assert cases.carry_messages(at=AT) == 0
    assert (len(opened("flood")), len(opened("shelter")), opened("other")) == (1, 1, [])
    (flood,) = opened("flood")
    assert (cause(flood)["kind"], cause(flood)["case"]) == ("signal", number)
    assert places(waiter) == []


def test_a_case_does_not_open_another_of_its_matter_by_its_own_signal() -> None:
    thrower = f'<intermediateThrowEvent id="t">{signal()}</intermediateThrowEvent>'
    begun_by(
        "echo", start(signal()) + start(message(), key="m1"), head=SIGNAL + MESSAGE, task=thrower
    )
    send()
    cases.carry_messages(at=AT)
    assert len(opened("echo")) == 1

"""Two workers in the same moment, and a worker killed in the middle: one cause, one case."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, FlowMessage, FlowStep, TimerStart
from shuzheng.support.cases.rules.states import State
from tests.support.cases.beginnings import BATCH, begun_by, entry, opened, start
from tests.support.cases.drawn import ENDS, MESSAGE, ORDER, SIGNAL, catch, message, signal, timer
from tests.support.cases.flows import CLERK, begin, check_replay, open_tasks, publish
from tests.support.cases.killed import act_on
from tests.support.cases.play import AT
from tests.support.cases.refusals import rows
from tests.support.cases.test_killed import AFTER_COMMIT, kill_in
from tests.support.cases.test_two_at_once import at_once

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db(transaction=True)]
SENDS = f'<sendTask id="x" messageRef="m" {ORDER}/>'
WORKERS = 4
OPENS = "INSERT INTO cases_task"
"""Sent when the case is there and its cause has been used, or is about to be."""


def test_whatever_opens_a_case_opens_one() -> None:
    """One test, because the database is emptied after it."""
    begun_by("told", start(message()), head=MESSAGE)
    begun_by("storm", start(signal()), head=SIGNAL)
    begun_by("daily", start(timer("timeCycle", "R/PT30M")))
    begun_by("noticed", start(""), opened_by=BATCH)
    sends = publish("sends", ENDS + SENDS, "s>x x>e", head=MESSAGE)
    thrower = f'<intermediateThrowEvent id="x">{signal()}</intermediateThrowEvent>'
    calls = publish("calls", ENDS + thrower, "s>x x>e", head=SIGNAL)
    _workers_carry(sends, calls)
    _workers_fire()
    ends = 'UPDATE "cases_flowmessage"'
    _killed("messages", "told", lambda: begin(sends, order="8"), OPENS, AFTER_COMMIT)
    _killed("messages", "storm", lambda: begin(calls), ends)
    _killed("starts", "daily", lambda: None, OPENS, AFTER_COMMIT)
    _senders_repeat()
    _two_of_one_key()
    check_replay(*Case.objects.values_list("number", flat=True))


def _workers_carry(sends: int, calls: int) -> None:
    begin(sends, order="7")
    begin(calls)
    one = entry()
    answers = at_once(*[lambda: cases.notice_entry(entry=one, at=AT)] * WORKERS)
    assert answers == ["done"] * WORKERS
    assert at_once(*[lambda: cases.carry_messages(at=AT)] * WORKERS) == ["done"] * WORKERS
    assert [len(opened(key)) for key in ("told", "storm", "noticed")] == [1, 1, 1]
    assert set(FlowMessage.objects.values_list("state", flat=True)) == {"opened"}


def _workers_fire() -> None:
    later = AT + timedelta(minutes=31)
    assert at_once(*[lambda: cases.fire_starts(at=later)] * WORKERS) == ["done"] * WORKERS
    assert at_once(*[lambda: cases.fire_starts(at=later)] * WORKERS) == ["done"] * WORKERS
    assert len(opened("daily")) == 1
    assert TimerStart.objects.get().next_at == AT + timedelta(hours=1)


def _killed(act: str, matter: str, cause: Callable[[], object], *statements: str | int) -> None:
    """Kill a worker before statements that write; another does the work then, if it is left."""
    cause()
    before, count = rows(), len(opened(matter))
    for statement in statements:
        kill_in(act, "", statement)
        assert statement == AFTER_COMMIT or rows() == before
    act_on(act, "")
    numbers = opened(matter)[count:]
    assert len(numbers) == 1
    assert open_tasks(numbers[0]) == ["t"]
    assert FlowStep.objects.filter(case__number=numbers[0]).count() == 1
    assert Entry.objects.filter(kind="case.opened", case=numbers[0]).count() == 1


def _senders_repeat() -> None:
    before = len(opened("told"))
    send = lambda: cases.send_message(name="papers", key="9", reference="1", by=CLERK, at=AT)  # noqa: E731
    assert at_once(*[send] * WORKERS) == ["done"] * WORKERS
    assert len(opened("told")) == before + 1


def _two_of_one_key() -> None:
    """Of two that come at once, the first opens the case and the second goes to it."""
    begun_by("told", start(""), opened_by=BATCH)
    waits = catch("t", message(), more='shuzheng:correlation="cause.key"')
    begun_by("paired", start(message()), head=MESSAGE, task=waits)
    send = lambda: cases.send_message(name="papers", key="pair", by=CLERK, at=AT)  # noqa: E731
    assert at_once(send, send) == ["done", "done"]
    (number,) = opened("paired")
    assert Case.objects.get(number=number).state == State.CLOSED

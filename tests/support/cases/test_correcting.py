"""A correction is asked once with all that is wrong, and made by its deadline or not."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Clock, Task, Timer
from shuzheng.support.cases.operations.procedure.receiving import DeadlineTooFar, NothingToCorrect
from shuzheng.support.cases.rules import (
    CaseStateForbids,
    CorrectionAlreadyAsked,
    DeadlineInPast,
    State,
)
from tests.support.cases.corrections import AFTER_DEADLINE, entries
from tests.support.cases.play import (
    AT,
    NOODLES,
    TODAY,
    on_post,
    progress,
    state,
    submitted,
    task,
    wang,
)
from tests.support.cases.refusals import nothing_changes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


DEADLINE = date(2026, 11, 30)


def ask(number: str, *, at: datetime = AT, deadline_on: date = DEADLINE) -> None:
    cases.ask_correction(
        task_id=task(number, "receive").pk,
        items=[("layout_plan", "布局图看不清"), ("", " ")],
        deadline_on=deadline_on,
        by=on_post("service.window"),
        at=at,
    )


def test_a_correction_is_asked_once_with_all_that_is_wrong() -> None:
    number = submitted(wang(), NOODLES)
    ask(number)
    assert state(number) == State.CORRECTING
    asked = progress(number).correction
    assert asked is not None
    assert asked["items"] == [{"key": "layout_plan", "text": "布局图看不清"}]
    assert task(number, "correct").due_on == DEADLINE
    cases.submit_correction(number=number, is_unchanged_meant=True, by=wang(), at=AT)
    refusal = refuses(
        CorrectionAlreadyAsked,
        cases.ask_correction,
        task_id=task(number, "receive").pk,
        items=[("", "还有一处")],
        deadline_on=DEADLINE,
        by=on_post("service.window"),
        at=AT,
    )
    assert "2026-11-23" in str(refusal)


def test_a_correction_that_asks_nothing_or_leaves_no_time_is_refused() -> None:
    number = submitted(wang(), NOODLES)
    act = partial(
        cases.ask_correction,
        task_id=task(number, "receive").pk,
        by=on_post("service.window"),
        at=AT,
    )
    refuses(NothingToCorrect, act, items=[("", "  ")], deadline_on=DEADLINE)
    for day in (TODAY, TODAY - timedelta(days=1)):
        refuses(DeadlineInPast, act, items=[("", "缺页")], deadline_on=day)
    assert state(number) == State.SUBMITTED


def test_after_the_correction_the_window_has_its_five_days_anew_and_the_journal_says_so() -> None:
    number = submitted(wang(), NOODLES)
    ask(number)
    corrected = AT + timedelta(days=2)
    cases.submit_correction(number=number, is_unchanged_meant=True, by=wang(), at=corrected)
    clock = Clock.objects.get(case__number=number, kind="receiving")
    assert (clock.started_on, clock.due_on) == (date(2026, 11, 25), date(2026, 12, 2))
    assert clock.stopped_at is None
    assert entries(number, "case.due_moved") == [
        {
            "clock": "receiving",
            "from_on": "2026-11-30",
            "to_on": "2026-12-02",
            "cause": "补正后重新收件",
        }
    ]


def test_a_correction_not_made_by_its_deadline_counts_as_withdrawn() -> None:
    number = submitted(wang(), NOODLES)
    ask(number)
    assert cases.fire_timers(at=AFTER_DEADLINE - timedelta(seconds=1)) == 0
    assert state(number) == State.CORRECTING
    assert cases.fire_timers(at=AFTER_DEADLINE) == 1
    assert state(number) == State.DEEMED_WITHDRAWN
    assert not Task.objects.filter(case__number=number, state="open").exists()
    assert not Timer.objects.filter(case__number=number, state="set").exists()
    assert len(entries(number, "case.deemed_withdrawn")) == 1
    with nothing_changes():
        assert cases.fire_timers(at=AFTER_DEADLINE) == 0
    refuses(CaseStateForbids, cases.submit_correction, number=number, by=wang(), at=AFTER_DEADLINE)


def test_a_deadline_more_than_a_year_away_is_refused_in_words() -> None:
    number = submitted(wang(), NOODLES)
    refused = refuses(
        DeadlineTooFar,
        cases.ask_correction,
        task_id=task(number, "receive").pk,
        items=[("", "缺页")],
        deadline_on=date.max,
        by=on_post("service.window"),
        at=AT,
    )
    assert "9999-12-31" in str(refused)

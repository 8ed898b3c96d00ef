"""What the law has answered by silence nobody answers again, whether or not a timer has fired."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import CaseStateForbids, State
from shuzheng.support.cases.rules.answering import (
    AlreadyDeemedAccepted,
    CorrectionOverdue,
    require_answerable,
    require_correctable,
)
from tests.support.cases.play import AT, NOODLES, on_post, progress, state, submitted, task, wang
from tests.support.cases.refusals import refuses

LAST = AT + timedelta(days=7)
"""30 November: the fifth working day after the papers came."""


@given(st.dates(), st.dates())
def test_an_answer_is_in_time_through_its_last_day_and_never_after(due: date, today: date) -> None:
    for require, refusal in (
        (partial(require_answerable, due_on=due), AlreadyDeemedAccepted),
        (partial(require_correctable, deadline_on=due), CorrectionOverdue),
    ):
        if today <= due:
            require(today=today)
        else:
            with pytest.raises(refusal):
                require(today=today)


def ask(number: str, deadline: date, *, at: datetime = AT) -> None:
    cases.ask_correction(
        task_id=task(number, "receive").pk,
        items=[("layout_plan", "请标明厨房")],
        deadline_on=deadline,
        by=on_post("service.window"),
        at=at,
    )


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
class TestInACase:
    def test_after_its_days_the_window_no_longer_answers(self) -> None:
        number = submitted(wang(), NOODLES)
        found, window = task(number, "receive"), on_post("service.window")
        late = LAST + timedelta(days=1)
        act = {"task_id": found.pk, "by": window, "at": late}
        refuses(AlreadyDeemedAccepted, cases.accept_case, **act)
        refuses(AlreadyDeemedAccepted, cases.decline_case, reason="材料不齐", **act)
        refuses(
            AlreadyDeemedAccepted,
            cases.ask_correction,
            items=[("layout_plan", "请标明厨房")],
            deadline_on=date(2026, 12, 20),
            **act,
        )
        cases.fire_timers(at=late)
        assert state(number) == State.ACCEPTED
        promise = next(each for each in progress(number).clocks if each.kind == "promise")
        assert promise.started_on == date(2026, 11, 23)

    def test_on_the_last_day_the_window_still_answers(self) -> None:
        number = submitted(wang(), NOODLES)
        ask(number, date(2026, 12, 20), at=LAST)
        assert state(number) == State.CORRECTING

    def test_a_correction_after_its_deadline_is_refused_before_the_timer_fires(self) -> None:
        number = submitted(wang(), NOODLES)
        ask(number, date(2026, 11, 27))
        late = AT + timedelta(days=5)
        act = partial(cases.submit_correction, number=number, by=wang())
        refuses(CorrectionOverdue, act, at=late)
        assert state(number) == State.CORRECTING
        cases.fire_timers(at=late)
        assert state(number) == State.DEEMED_WITHDRAWN
        refuses(CaseStateForbids, act, at=late)

    def test_a_correction_on_the_last_day_is_taken(self) -> None:
        number = submitted(wang(), NOODLES)
        ask(number, date(2026, 11, 27))
        late = AT + timedelta(days=4)
        cases.submit_correction(number=number, is_unchanged_meant=True, by=wang(), at=late)
        assert state(number) == State.SUBMITTED

"""However often a clock is stopped, its due date is what counting from scratch gives."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shuzheng.institutions.calendar.rules import Calendar
from shuzheng.policy.periods import Pause, Period, PeriodUnit, due_on

CALENDAR = Calendar()
STARTS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
GAPS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6)


def pauses_of(started_on: date, gaps: list[tuple[int, int]]) -> tuple[Pause, ...]:
    """Turn days running and days stopped into suspensions, one after another."""
    found, day = [], started_on
    for running, stopped in gaps:
        day += timedelta(days=running)
        found.append(Pause(from_on=day, to_on=day + timedelta(days=stopped)))
        day += timedelta(days=stopped)
    return tuple(found)


def counted(started_on: date, amount: int, pauses: tuple[Pause, ...]) -> date:
    """Count the working days one by one, leaving out those on which the clock stood still."""
    day, left = started_on, amount
    while left:
        day += timedelta(days=1)
        if CALENDAR.is_working_day(day) and not any(each.covers(day) for each in pauses):
            left -= 1
    return day


@given(STARTS, st.integers(1, 60), GAPS)
def test_the_due_date_is_what_counting_from_scratch_gives_and_never_moves_earlier(
    started_on: date, amount: int, gaps: list[tuple[int, int]]
) -> None:
    period = Period(amount=amount, unit=PeriodUnit.WORKING_DAY)
    pauses = pauses_of(started_on, gaps)
    dates = [
        due_on(period, started_on=started_on, calendar=CALENDAR, pauses=pauses[:n])
        for n in range(len(pauses) + 1)
    ]
    assert dates == sorted(dates)
    assert dates == [counted(started_on, amount, pauses[:n]) for n in range(len(pauses) + 1)]


@given(STARTS, st.integers(1, 60), GAPS)
def test_the_order_in_which_suspensions_are_recorded_does_not_matter(
    started_on: date, amount: int, gaps: list[tuple[int, int]]
) -> None:
    period = Period(amount=amount, unit=PeriodUnit.WORKING_DAY)
    pauses = pauses_of(started_on, gaps)
    there = due_on(period, started_on=started_on, calendar=CALENDAR, pauses=pauses)
    back = due_on(period, started_on=started_on, calendar=CALENDAR, pauses=pauses[::-1])
    assert there == back

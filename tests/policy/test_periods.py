from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shuzheng.policy.periods import (
    ClockStandsStill,
    Pause,
    Period,
    PeriodUnit,
    add_months,
    due_at,
    due_on,
    unit_of_days,
)


class Weekdays:
    """Offices work from Monday to Friday, and not on the holidays named."""

    def __init__(self, *holidays: date) -> None:
        self._holidays = holidays

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._holidays


PLAIN = Weekdays()
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
AMOUNTS = st.integers(0, 90)
UNITS = st.sampled_from([u for u in PeriodUnit if u != PeriodUnit.HOUR])


def period(amount: int, unit: str, ends: str = "next_working_day") -> Period:
    return Period(amount=amount, unit=unit, ends=ends)


@pytest.mark.parametrize(
    ("amount", "unit", "ends", "started_on", "last"),
    [
        (20, "working_day", "next_working_day", date(2026, 11, 20), date(2026, 12, 18)),
        (5, "working_day", "next_working_day", date(2026, 11, 21), date(2026, 11, 27)),
        (0, "working_day", "next_working_day", date(2026, 11, 23), date(2026, 11, 23)),
        (0, "working_day", "next_working_day", date(2026, 11, 21), date(2026, 11, 23)),
        (15, "calendar_day", "next_working_day", date(2026, 11, 20), date(2026, 12, 7)),
        (15, "calendar_day", "exact", date(2026, 11, 20), date(2026, 12, 5)),
        (1, "month", "exact", date(2026, 1, 31), date(2026, 2, 28)),
        (1, "month", "next_working_day", date(2026, 1, 31), date(2026, 3, 2)),
        (2, "year", "exact", date(2024, 2, 29), date(2026, 2, 28)),
        (36, "hour", "exact", date(2026, 11, 20), date(2026, 11, 22)),
    ],
)
def test_a_period_ends_on_its_last_day(amount, unit, ends, started_on, last):
    assert due_on(period(amount, unit, ends), started_on=started_on, calendar=PLAIN) == last


def test_a_holiday_is_no_working_day_and_moves_a_last_day():
    holidays = Weekdays(date(2026, 12, 4), date(2026, 12, 7))

    assert due_on(
        period(5, "working_day"), started_on=date(2026, 12, 1), calendar=holidays
    ) == date(2026, 12, 10)
    assert due_on(
        period(3, "calendar_day"), started_on=date(2026, 12, 1), calendar=holidays
    ) == date(2026, 12, 8)


def test_a_pause_is_not_counted():
    expert_review = Pause(date(2026, 11, 24), date(2026, 11, 30))

    assert due_on(
        period(20, "working_day"),
        started_on=date(2026, 11, 20),
        calendar=PLAIN,
        pauses=(expert_review,),
    ) == date(2026, 12, 25)


def test_a_pause_that_has_no_end_leaves_no_last_day():
    with pytest.raises(ClockStandsStill):
        due_on(
            period(20, "working_day"),
            started_on=date(2026, 11, 20),
            calendar=PLAIN,
            pauses=(Pause(date(2026, 11, 24)),),
        )


def test_a_pause_after_the_last_day_changes_nothing():
    assert due_on(
        period(1, "working_day"),
        started_on=date(2026, 11, 20),
        calendar=PLAIN,
        pauses=(Pause(date(2026, 11, 24)),),
    ) == date(2026, 11, 23)


def test_a_month_grows_by_the_days_of_a_pause():
    assert due_on(
        period(1, "month", "exact"),
        started_on=date(2026, 3, 10),
        calendar=PLAIN,
        pauses=(Pause(date(2026, 3, 20), date(2026, 3, 24)),),
    ) == date(2026, 4, 15)


@given(DAYS, AMOUNTS, UNITS)
def test_a_last_day_never_lies_before_the_first(started_on, amount, unit):
    assert due_on(period(amount, unit), started_on=started_on, calendar=PLAIN) >= started_on


@given(DAYS, AMOUNTS, UNITS)
def test_a_last_day_that_may_move_is_a_working_day(started_on, amount, unit):
    last = due_on(period(amount, unit), started_on=started_on, calendar=PLAIN)

    assert PLAIN.is_working_day(last)


@given(DAYS, AMOUNTS, UNITS)
def test_a_longer_period_never_ends_earlier(started_on, amount, unit):
    shorter = due_on(period(amount, unit), started_on=started_on, calendar=PLAIN)
    longer = due_on(period(amount + 1, unit), started_on=started_on, calendar=PLAIN)

    assert longer >= shorter


@given(DAYS, AMOUNTS, st.integers(0, 120), st.integers(0, 60))
def test_a_pause_moves_the_last_day_by_no_more_than_it_lasts(started_on, amount, after, length):
    first = started_on + timedelta(days=after)
    pause = Pause(first, first + timedelta(days=length))
    days = period(amount, "calendar_day", "exact")
    without = due_on(days, started_on=started_on, calendar=PLAIN)
    paused = due_on(days, started_on=started_on, calendar=PLAIN, pauses=(pause,))

    assert without <= paused <= without + timedelta(days=length + 1)


@given(DAYS, AMOUNTS, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_overlapping_pauses_count_once(started_on, amount, after, length, other_length):
    first = started_on + timedelta(days=after)
    longest = max(length, other_length)
    both = tuple(Pause(first, first + timedelta(days=n)) for n in (length, other_length))
    one = (Pause(first, first + timedelta(days=longest)),)
    days = period(amount, "working_day")

    assert due_on(days, started_on=started_on, calendar=PLAIN, pauses=both) == due_on(
        days, started_on=started_on, calendar=PLAIN, pauses=one
    )


def test_hours_end_at_a_moment_and_nothing_else_does():
    started_at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    assert due_at(period(24, "hour"), started_at=started_at) == datetime(
        2026, 11, 21, 9, 30, tzinfo=UTC
    )
    with pytest.raises(ValueError, match="has a last day, not a last moment"):
        due_at(period(1, "month"), started_at=started_at)


@given(DAYS, st.integers(0, 240))
def test_months_keep_the_day_or_take_the_months_last(day, months):
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("law", "days", "unit"),
    [
        ("行政许可法", 20, PeriodUnit.WORKING_DAY),
        ("行政许可法", 45, PeriodUnit.WORKING_DAY),
        ("行政处罚法", 2, PeriodUnit.WORKING_DAY),
        ("行政处罚法", 7, PeriodUnit.WORKING_DAY),
        ("行政处罚法", 15, PeriodUnit.CALENDAR_DAY),
        ("行政处罚法", 90, PeriodUnit.CALENDAR_DAY),
        ("行政强制法", 10, PeriodUnit.WORKING_DAY),
        ("行政强制法", 30, PeriodUnit.CALENDAR_DAY),
        ("民法典总则", 10, None),
    ],
)
def test_what_a_law_means_by_days(law, days, unit):
    assert unit_of_days(law, days) == unit


def test_a_period_is_said_in_chinese():
    assert [period(n, u).words for n, u in ((20, "working_day"), (2, "year"), (0, "hour"))] == [
        "20个工作日",
        "2年",
        "当日",
    ]


def test_a_verified_period_needs_the_clause_it_was_verified_by():
    with pytest.raises(ValidationError, match="写明已核实的期限要有引用条文"):
        Period(amount=20, unit="working_day", verified=True)

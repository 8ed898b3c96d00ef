from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shuzheng.standards.working_days import (
    add_working_days,
    count_working_days,
    next_working_day,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def test_twenty_working_days_from_a_friday_end_on_a_friday():
    assert add_working_days(date(2026, 11, 20), 20, weekdays) == date(2026, 12, 18)


def test_a_saturday_moves_to_monday():
    assert next_working_day(date(2026, 11, 21), weekdays) == date(2026, 11, 23)


@given(DAYS, st.integers(0, 60))
def test_counting_undoes_adding(day, amount):
    last = add_working_days(day, amount, weekdays)

    assert count_working_days(day, last, weekdays) == amount


@given(DAYS, st.integers(1, 60))
def test_the_last_day_is_a_working_day_after_the_first(day, amount):
    last = add_working_days(day, amount, weekdays)

    assert weekdays(last)
    assert last >= day + timedelta(days=amount)

"""Arithmetic on working days, for any rule that says which days are."""

from collections.abc import Callable
from datetime import date, timedelta

IsWorkingDay = Callable[[date], bool]


def next_working_day(day: date, is_working_day: IsWorkingDay) -> date:
    """Return the day itself if offices work on it, else the first one after on which they do."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, amount: int, is_working_day: IsWorkingDay) -> date:
    """Return the working day that is ``amount`` working days after the day; the day is not counted.

    Unit: working days. Source: 行政许可法 第八十二条.
    """
    for _ in range(amount):
        day = next_working_day(day + timedelta(days=1), is_working_day)
    return day


def count_working_days(first: date, last: date, is_working_day: IsWorkingDay) -> int:
    """Return how many working days lie after the first day, up to and including the last."""
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))

"""When the holder of a licence that ends is reminded, and until when renewal is asked for.

Source: 行政许可法 第五十、八十二条.
"""

from collections.abc import Callable
from datetime import date, timedelta

from shuzheng.infrastructure.journal.rules import declare_entry_kind

RENEWAL_DUE = declare_entry_kind(
    "licence.renewal_due",
    "提醒申请延续",
    facts=("code", "number", "title", "valid_until", "ask_by_on", "clause"),
)


def days_before(
    last_on: date, working_days: int, *, is_working_day: Callable[[date], bool]
) -> date:
    """Return the latest day after which so many working days remain, the last day among them.

    Unit: working days.

    >>> days_before(date(2026, 11, 27), 5, is_working_day=lambda day: day.weekday() < 5)
    datetime.date(2026, 11, 22)
    """
    day, left = last_on, working_days
    while left:
        left -= is_working_day(day)
        day -= timedelta(days=1)
    return day

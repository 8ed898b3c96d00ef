"""The lights of the desk: in time, near its limit, overdue. No law sets the thresholds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shuzheng.policy.refusals import gettext_noop

Colour = Literal["green", "yellow", "red", "none"]


@dataclass(frozen=True, slots=True)
class Light:
    """A colour with its word; never the colour alone."""

    colour: Colour
    word: str
    working_days_left: int | None


def light(*, due_on: date | None, today: date, is_working_day: Callable[[date], bool]) -> Light:
    """Return the light of a due date: yellow from one working day before, red after it.

    Unit: working days.
    """
    if due_on is None:
        return Light("none", gettext_noop("无期限"), None)
    if today > due_on:
        return Light("red", gettext_noop("已超期"), -_working_days(due_on, today, is_working_day))
    left = _working_days(today, due_on, is_working_day)
    if left <= 1:
        return Light("yellow", gettext_noop("临近期限"), left)
    return Light("green", gettext_noop("正常"), left)


def _working_days(after: date, until: date, is_working_day: Callable[[date], bool]) -> int:
    days = (until - after).days
    return sum(is_working_day(after + timedelta(days=n)) for n in range(1, days + 1))

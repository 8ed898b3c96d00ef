"""Built-in functions on days, and `is` (DMN 1.5, 10.3.4.7, 10.3.4.8, 10.3.4.13)."""

from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.comparison import equal, is_local
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.temporal import Date, DateTime, Time, days_in_month
from shuzheng.support.decisions.rules.values import Undefined, kind_of, number

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@declare("day of year(date: day)")
def day_of_year(value: Date | DateTime) -> Decimal:
    """Return 1 to 366."""
    day = _day(value)
    return number(sum(days_in_month(day.year, month) for month in range(1, day.month)) + day.day)


@declare("day of week(date: day)")
def day_of_week(value: Date | DateTime) -> str:
    """Return the English name of the weekday."""
    return _WEEKDAYS[_day(value).weekday - 1]


@declare("month of year(date: day)")
def month_of_year(value: Date | DateTime) -> str:
    """Return the English name of the month."""
    return _MONTHS[_day(value).month - 1]


@declare("week of year(date: day)")
def week_of_year(value: Date | DateTime) -> Decimal:
    """Return the ISO 8601 week."""
    day = _day(value)
    thursday = day.add_days(4 - day.weekday)
    return number((thursday.ordinal - Date(thursday.year, 1, 1).ordinal) // 7 + 1)


@declare("now()", wants_scope=True)
def now(scope: Scope) -> DateTime:
    """Return the moment the evaluation was given; the engine has no clock of its own."""
    moment = scope.budget.moment
    if moment is None:
        raise Undefined(feel.NO_CLOCK())
    return moment


@declare("today()", wants_scope=True)
def today(scope: Scope) -> Date:
    """Return the day of the moment the evaluation was given."""
    return now(scope).date


@declare("is(value1: any, value2: any)")
def is_same(one: Any, other: Any) -> bool:
    """Say whether two values are the same thing, offsets and zones included."""
    if kind_of(one) != kind_of(other):
        return False
    if isinstance(one, Time | DateTime):
        return bool(one == other) or (_has_offset(one, other) and equal(one, other) is True)
    return equal(one, other) is True


def _has_offset(one: Time | DateTime, other: Time | DateTime) -> bool:
    return not is_local(one) and not is_local(other) and _zone(one) == _zone(other)


def _zone(value: Time | DateTime) -> tuple[int | None, str]:
    time = value.time if isinstance(value, DateTime) else value
    return time.offset, time.zone

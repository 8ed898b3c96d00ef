"""Built-in functions that make values of one kind from another (DMN 1.5, 10.3.4.1)."""

import re
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.temporal import (
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from shuzheng.support.decisions.rules.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from shuzheng.support.decisions.rules.text import text_of
from shuzheng.support.decisions.rules.values import Undefined, number

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)


@declare("date(from: string)")
def date_from_text(text: str) -> Date:
    """Read a day."""
    return parse_date(text)


@declare("date(from: day)")
def date_from_day(value: Date | DateTime) -> Date:
    """Return the day of a moment."""
    return value.date if isinstance(value, DateTime) else value


@declare("date(year: number, month: number, day: number)")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Date:
    """Return the day with these numbers."""
    return Date(int(year), int(month), int(day))


@declare("date and time(from: string)")
def moment_from_text(text: str) -> DateTime:
    """Read a moment."""
    return parse_date_time(text)


@declare("date and time(from: date and time)")
def moment_from_moment(value: DateTime) -> DateTime:
    """Return the moment."""
    return value


@declare("date and time(date: day, time: time)")
def moment_from_parts(day: Date | DateTime, time: Time) -> DateTime:
    """Join a day and a time."""
    return DateTime(date_from_day(day), time)


@declare("time(from: string)")
def time_from_text(text: str) -> Time:
    """Read a time."""
    return parse_time(text)


@declare("time(from: time)")
def time_from_time(value: Time) -> Time:
    """Return the time."""
    return value


@declare("time(from: day)")
def time_from_day(value: Date | DateTime) -> Time:
    """Return the time of a moment; a day begins at midnight UTC."""
    return value.time if isinstance(value, DateTime) else Time(0, 0)


@declare("time(hour: number, minute: number, second: number, offset?: days and time duration)")
def time_from_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None = None
) -> Time:
    """Return the time with these numbers."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):  # noqa: PLR2004
        raise Undefined(feel.NO_TIME())
    nanoseconds = int(hour) * HOUR + int(minute) * MINUTE + int(second * SECOND)
    return Time(nanoseconds, None if offset is None else offset.nanoseconds // SECOND)


@declare("duration(from: string)")
def duration_from_text(text: str) -> DaysDuration | MonthsDuration:
    """Read a duration."""
    return parse_duration(text)


@declare("duration(from: duration)")
def duration_from_duration(value: DaysDuration | MonthsDuration) -> DaysDuration | MonthsDuration:
    """Return the duration."""
    return value


@declare("years and months duration(from: day, to: day)")
def months_between(start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    """Return the whole months between two days, towards zero."""
    first, last = date_from_day(start), date_from_day(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


@declare("number(from: string, grouping separator?: string, decimal separator?: string)")
def number_from_text(text: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    """Read a number; the separators may be a space, a comma or a point, and must differ."""
    if grouping not in {None, " ", ",", "."} or point not in {None, ",", "."}:
        raise Undefined(feel.SEPARATOR())
    if grouping is not None and grouping == point:
        raise Undefined(feel.SAME_SEPARATORS())
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    if not _NUMBER.fullmatch(plain):
        raise Undefined(feel.NO_NUMBER(text=text[:40]))
    return number(plain)


@declare("number(from: number)")
def number_from_number(value: Decimal) -> Decimal:
    """Return the number."""
    return value


@declare("string(from: any)")
def string_from(value: Any) -> str | None:
    """Write a value as text; null stays null."""
    return None if value is None else text_of(value)


@declare("not(negand: any)")
def negate(value: Any) -> bool | None:
    """Turn a truth value round; anything else is null."""
    return not value if isinstance(value, bool) else None

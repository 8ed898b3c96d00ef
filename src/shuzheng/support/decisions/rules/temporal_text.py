"""Days, times and durations as text, both ways (XML Schema 1.1 forms, zones after ``@``)."""

import re
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shuzheng.support.decisions.rules.temporal import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)

Temporal = Date | Time | DateTime | DaysDuration | MonthsDuration

_DATE = re.compile(r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([\w/+-]+))?",
    re.ASCII,
)
_MONTHS = re.compile(r"(-)?P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?:(\d{1,15})D)?(T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d*))?S)?)?",
    re.ASCII,
)
_LARGEST_OFFSET = 18 * 3600


def parse_date(text: str) -> Date:
    """Read ``2026-11-22``.

    Raises:
        ValueError: the text is no day.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = match.groups()
    return Date(int(year), int(month), int(day))


def parse_time(text: str) -> Time:
    """Read ``10:30:00``, with fraction, offset or zone.

    Raises:
        ValueError: the text is no time.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hour, minute, second = (int(part) for part in match.groups()[:3])
    if minute > 59 or second > 59:  # noqa: PLR2004
        raise ValueError(text)
    nanoseconds = hour * HOUR + minute * MINUTE + second * SECOND + _fraction(match[4])
    if match[10]:
        return Time(nanoseconds, None, _zone(match[10]))
    return Time(nanoseconds, 0 if match[5] else _offset(match[6], match[7], match[8], match[9]))


def parse_date_time(text: str) -> DateTime:
    """Read ``2026-11-22T10:30:00`` or a day alone, which then begins at midnight.

    Raises:
        ValueError: the text is no moment.
    """
    day, separator, time = text.partition("T")
    if time.startswith("24:00:00"):
        return DateTime(parse_date(day).add_days(1), parse_time("00" + time[2:]))
    return DateTime(parse_date(day), parse_time(time) if separator else Time(0))


def parse_duration(text: str) -> DaysDuration | MonthsDuration:
    """Read ``P1Y2M`` or ``P3DT4H5M6.7S``.

    Raises:
        ValueError: the text is no duration, or mixes months and days.
    """
    match = _MONTHS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return MonthsDuration(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if match is None or not any(match.group(2, 4, 5, 6)) or match[3] == "T":
        raise ValueError(text)
    days, hours, minutes, seconds = (int(part or 0) for part in match.group(2, 4, 5, 6))
    total = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND + _fraction(match[7])
    return DaysDuration(-total if match[1] else total)


def parse_temporal(text: str) -> Temporal:
    """Read what may stand in ``@"…"``: the form tells the kind.

    Raises:
        ValueError: the text is none of them.
    """
    if "P" in text[:2]:
        return parse_duration(text)
    if "T" in text.partition("@")[0]:
        return parse_date_time(text)
    return parse_time(text) if ":" in text else parse_date(text)


def format_temporal(value: Temporal) -> str:
    """Write the canonical text of a day, time or duration."""
    match value:
        case Date():
            return _format_date(value)
        case Time():
            return _format_time(value)
        case DateTime():
            return f"{_format_date(value.date)}T{_format_time(value.time)}"
        case MonthsDuration():
            return _format_months(value.months)
        case DaysDuration():
            return _format_days(value.nanoseconds)


def _format_date(value: Date) -> str:
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04}-{value.month:02}-{value.day:02}"


def _format_time(value: Time) -> str:
    seconds, nanoseconds = divmod(value.nanoseconds, SECOND)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{_decimals(nanoseconds)}"
    if value.zone:
        return f"{text}@{value.zone}"
    return text if value.offset is None else text + _format_offset(value.offset)


def _format_offset(offset: int) -> str:
    if offset == 0:
        return "Z"
    size = abs(offset)
    seconds = f":{size % 60:02}" if size % 60 else ""
    return f"{'-' if offset < 0 else '+'}{size // 3600:02}:{size // 60 % 60:02}{seconds}"


def _format_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest or not years else "")
    return ("-P" if months < 0 else "P") + text


def _format_days(total: int) -> str:
    if total == 0:
        return "PT0S"
    seconds, nanoseconds = divmod(abs(total), SECOND)
    parts = ((seconds // 3600 % 24, "H"), (seconds // 60 % 60, "M"))
    time = "".join(f"{amount}{unit}" for amount, unit in parts if amount)
    if seconds % 60 or nanoseconds:
        time += f"{seconds % 60}{_decimals(nanoseconds)}S"
    days = f"{seconds // 86_400}D" if seconds >= 86_400 else ""  # noqa: PLR2004
    return f"{'-' if total < 0 else ''}P{days}{'T' if time else ''}{time}"


def _decimals(nanoseconds: int) -> str:
    return f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""


def _fraction(digits: str | None) -> int:
    return int((digits or "")[:9].ljust(9, "0"))


def _offset(sign: str | None, hours: str, minutes: str, seconds: str | None) -> int | None:
    if sign is None:
        return None
    size = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    if size > _LARGEST_OFFSET or int(minutes) > 59 or int(seconds or 0) > 59:  # noqa: PLR2004
        raise ValueError("no such offset")
    return -size if sign == "-" else size


@lru_cache(maxsize=1024)
def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(name) from error
    return name

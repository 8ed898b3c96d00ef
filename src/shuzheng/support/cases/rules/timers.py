"""When a BPMN timer fires: ISO 8601 durations, moments and cycles, in the city's zone."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta, tzinfo

from shuzheng.policy.refusals import Conflict, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

_DURATION = re.compile(
    r"P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_CYCLE = re.compile(r"R\d*/(?P<rest>.+)")
LONGEST = timedelta(days=366 * 100)


class TimerUnreadable(CaseRefusal, Conflict):
    """A timer of the flow says no time at all; usually a variable nobody gave."""

    code = "timer-unreadable"
    template = gettext_noop("流程的定时“{value}”不是可用的时间。")
    remedy = gettext_noop("请检查流程图中的时间或其所用的数据。")


def next_firing(
    *, kind: str, value: str, now: datetime, zone: tzinfo, previous: datetime | None = None
) -> datetime:
    """Return the moment at which a timer fires next; it may lie in the past.

    A cycle counts from its own start, or from now; occurrences missed while nobody looked are
    passed over, so that a timer fires once for them and not in a burst.

    Args:
        kind: ``duration``, ``date`` or ``cycle``.
        value: ISO 8601; a moment without offset is the city's, a day its first moment.
        previous: when this cycle fired last.

    Raises:
        TimerUnreadable: the value is none of these, or lies beyond a hundred years.
    """
    try:
        if kind == "duration":
            return _add(now, value)
        if kind == "date":
            return _moment(value, zone)
        return _next_of_cycle(value, now, zone, previous)
    except (ValueError, OverflowError) as error:
        raise TimerUnreadable(value=value) from error


def _next_of_cycle(value: str, now: datetime, zone: tzinfo, previous: datetime | None) -> datetime:
    found = _CYCLE.fullmatch(value)
    if found is None:
        raise ValueError(value)
    first, _, period = found["rest"].rpartition("/")
    if previous is None:
        return _moment(first, zone) if first else _add(now, period)
    step = _add(previous, period) - previous
    if step <= timedelta(0):
        return previous
    moment = _add(previous, period)
    if moment <= now and not _has_months(period):
        return previous + step * ((now - previous) // step + 1)
    while moment <= now:
        moment = _add(moment, period)
    return moment


def _has_months(period: str) -> bool:
    found = _DURATION.fullmatch(period)
    return bool(found and (found["years"] or found["months"]))


def _moment(value: str, zone: tzinfo) -> datetime:
    if "T" not in value and " " not in value:
        return datetime.combine(date.fromisoformat(value), time.min, tzinfo=zone)
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _add(moment: datetime, value: str) -> datetime:
    found = _DURATION.fullmatch(value)
    if found is None:
        raise ValueError(value)
    amounts = {unit: float(count) for unit, count in found.groupdict().items() if count}
    months = int(amounts.pop("years", 0) * 12 + amounts.pop("months", 0))
    later = _add_months(moment, months) + timedelta(**amounts)
    if later - moment > LONGEST:
        raise ValueError(value)
    return later


def _add_months(moment: datetime, months: int) -> datetime:
    """A month from 31 January ends on the last day of February."""
    if not months:
        return moment
    year, month = divmod(moment.month - 1 + months, 12)
    year += moment.year
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)

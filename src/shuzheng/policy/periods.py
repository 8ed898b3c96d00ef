"""Periods of the law: an amount, a unit, the event that starts it, and how it ends."""

import calendar as gregorian
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shuzheng.policy.citations import Citation


class PeriodUnit(StrEnum):
    """What a period counts."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


UNIT_WORDS: dict[PeriodUnit, str] = {
    PeriodUnit.WORKING_DAY: "个工作日",
    PeriodUnit.CALENDAR_DAY: "日",
    PeriodUnit.MONTH: "个月",
    PeriodUnit.YEAR: "年",
    PeriodUnit.HOUR: "小时",
}


class WorkingDays(Protocol):
    """What a period needs to know of a calendar."""

    def is_working_day(self, day: date) -> bool:
        """Say whether offices work on that day."""
        ...


class Period(BaseModel):
    """How long something may take.

    Attributes:
        starts: name of the event whose day starts the period; that day itself is not counted
            (民法典 第二百零一条).
        ends: ``next_working_day`` moves a last day on a holiday to the next working day
            (民法典 第二百零三条); ``exact`` leaves it. Working days never need moving.
        verified: the citation was read; an unread one is shown as such.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: int = Field(ge=0)
    unit: PeriodUnit
    starts: str = ""
    ends: Literal["next_working_day", "exact"] = "next_working_day"
    citation: Citation | None = None
    verified: bool = False

    @model_validator(mode="after")
    def _verified_by_a_citation(self) -> "Period":
        if self.verified and self.citation is None:
            raise ValueError("写明已核实的期限要有引用条文")
        return self

    @property
    def words(self) -> str:
        """Return the period in Chinese.

        >>> Period(amount=20, unit="working_day").words
        '20个工作日'
        """
        return f"{self.amount}{UNIT_WORDS[self.unit]}" if self.amount else "当日"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock stands still: from the first to the last, both included.

    ``to_on`` is nothing while the pause lasts.
    """

    from_on: date
    to_on: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether the clock stands still on that day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


class ClockStandsStill(ValueError):
    """No last day can be told while a pause has no end."""


def due_on(
    period: Period,
    *,
    started_on: date,
    calendar: WorkingDays,
    pauses: tuple[Pause, ...] = (),
) -> date:
    """Return the last day that is still in time; the first day is not counted.

    Paused days are not counted; months and years grow by as many calendar days as the clock stood
    still. Hours are rounded up to whole days; :func:`due_at` gives the moment.

    Unit: days. Source: 行政许可法 第四十五条, 第八十二条; 民法典 第二百零一至二百零三条.

    Raises:
        ClockStandsStill: a pause that began before the period ran out has no end yet.
    """
    match period.unit:
        case PeriodUnit.WORKING_DAY:
            counted = _running(started_on, pauses, calendar.is_working_day)
            return _moved(_nth(period.amount, counted, started_on), calendar)
        case PeriodUnit.CALENDAR_DAY:
            last = _days_later(started_on, period.amount, pauses)
        case PeriodUnit.MONTH:
            last = _months_later(started_on, period.amount, pauses)
        case PeriodUnit.YEAR:
            last = _months_later(started_on, 12 * period.amount, pauses)
        case PeriodUnit.HOUR:
            return _days_later(started_on, -(-period.amount // 24), pauses)
    return _moved(last, calendar) if period.ends == "next_working_day" else last


def exceeds_on(
    promise: Period, legal: Period, *, from_on: date, to_on: date, calendar: WorkingDays
) -> date | None:
    """Return the first day of a span on which a promise, started then, would outlast the law.

    Periods of one unit and one end rule are compared as such; others are counted day by day.

    >>> day = date(2026, 1, 1)
    >>> twenty = Period(amount=20, unit="working_day")
    >>> exceeds_on(Period(amount=21, unit="working_day"), twenty, from_on=day, to_on=day,
    ...            calendar=None)
    datetime.date(2026, 1, 1)
    """
    if (promise.unit, promise.ends) == (legal.unit, legal.ends):
        return from_on if promise.amount > legal.amount else None
    for day in (from_on + timedelta(days=n) for n in range((to_on - from_on).days + 1)):
        ends = [due_on(each, started_on=day, calendar=calendar) for each in (promise, legal)]
        if ends[0] > ends[1]:
            return day
    return None


def due_at(period: Period, *, started_at: datetime) -> datetime:
    """Return the moment at which a period counted in hours runs out.

    Raises:
        ValueError: the period is not counted in hours.
    """
    if period.unit != PeriodUnit.HOUR:
        raise ValueError(f"a period in {period.unit} has a last day, not a last moment")
    return started_at + timedelta(hours=period.amount)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day if it has none.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def unit_of_days(law: str, days: int) -> PeriodUnit | None:
    """Return what a law means by so many 日, or nothing where it does not say.

    Source: 行政许可法 第八十二条; 行政处罚法 第八十五条; 行政强制法 第六十九条.

    >>> unit_of_days("行政处罚法", 7), unit_of_days("行政处罚法", 90)
    (<PeriodUnit.WORKING_DAY: 'working_day'>, <PeriodUnit.CALENDAR_DAY: 'calendar_day'>)
    """
    if law not in _WORKING_DAYS_OF:
        return None
    is_working = _WORKING_DAYS_OF[law](days)
    return PeriodUnit.WORKING_DAY if is_working else PeriodUnit.CALENDAR_DAY


_WORKING_DAYS_OF: dict[str, Callable[[int], bool]] = {
    "行政许可法": lambda _days: True,
    "行政处罚法": lambda days: days in {2, 3, 5, 7},
    "行政强制法": lambda days: days <= 10,  # noqa: PLR2004
}


def _every_day(_day: date) -> bool:
    return True


def _running(
    started_on: date, pauses: tuple[Pause, ...], counts: Callable[[date], bool] = _every_day
) -> Iterator[date]:
    """Yield the days after the first on which the clock runs and the unit counts."""
    day = started_on
    while True:
        day += timedelta(days=1)
        covering = [pause for pause in pauses if pause.covers(day)]
        if any(pause.to_on is None for pause in covering):
            raise ClockStandsStill(f"the clock stands still since before {day}")
        if not covering and counts(day):
            yield day


def _nth(amount: int, days: Iterator[date], started_on: date) -> date:
    return next(islice(days, amount - 1, None)) if amount else started_on


def _days_later(started_on: date, days: int, pauses: tuple[Pause, ...]) -> date:
    if not pauses:
        return started_on + timedelta(days=days)
    return _nth(days, _running(started_on, pauses), started_on)


def _months_later(started_on: date, months: int, pauses: tuple[Pause, ...]) -> date:
    """Return the corresponding day, later by as many days as the clock stood still until then."""
    running = (add_months(started_on, months) - started_on).days
    return _days_later(started_on, running, pauses)


def _moved(day: date, calendar: WorkingDays) -> date:
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day

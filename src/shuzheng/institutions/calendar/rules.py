"""Working days: published by the State Council, overridden by content, or provisional."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

import chinese_calendar

DEFAULT_ZONE = "Asia/Shanghai"
SATURDAY = 5
PUBLISHED_UNTIL = max(chinese_calendar.holidays)
"""The last holiday published, as far as the package installed knows."""


@dataclass(frozen=True)
class Calendar:
    """When offices work.

    Attributes:
        zone_name: the city's time zone.
        overrides: days whose nature content states, true for a working day.
        version: changes whenever an override or the zone does.
    """

    zone_name: str = DEFAULT_ZONE
    overrides: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the city's time zone."""
        return ZoneInfo(self.zone_name)

    @property
    def edition(self) -> str:
        """Return what this calendar rests on: it differs whenever a day's nature may.

        >>> Calendar().edition == Calendar(version="a").edition
        False
        """
        return f"{PUBLISHED_UNTIL.isoformat()} {self.version}".strip()

    def is_working_day(self, day: date) -> bool:
        """Say whether offices work; weekends decide where nothing is published yet."""
        if day in self.overrides:
            return self.overrides[day]
        published = published_working_day(day)
        return day.weekday() < SATURDAY if published is None else published

    def is_provisional(self, day: date) -> bool:
        """Say whether the day's nature may still change: its year is not published."""
        return day not in self.overrides and published_working_day(day) is None

    def local_day(self, moment: datetime) -> date:
        """Return the day in the city at a moment.

        >>> from datetime import UTC
        >>> Calendar().local_day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC))
        datetime.date(2026, 11, 23)

        Raises:
            ValueError: the moment has no time zone.
        """
        if moment.tzinfo is None:
            raise ValueError("a moment without time zone has no day")
        return moment.astimezone(self.zone).date()


def published_working_day(day: date) -> bool | None:
    """Return what the State Council has published for the day, or nothing.

    Source: 国务院办公厅关于部分节假日安排的通知, year by year, as kept by ``chinesecalendar``.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None

"""FEEL's days, times and durations: years far beyond four digits, nanoseconds, offsets and zones.

Source: DMN 1.5, 10.3.2.3; XML Schema 1.1 part 2 for the arithmetic of months.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

NANOSECOND = 1
SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
LARGEST_YEAR = 999_999_999
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_leap(year: int) -> bool:
    """Say whether the proleptic Gregorian year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return 29 if month == 2 and is_leap(year) else _DAYS[month - 1]  # noqa: PLR2004


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day of the proleptic Gregorian calendar."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not (
            abs(self.year) <= LARGEST_YEAR
            and 1 <= self.month <= len(_DAYS)
            and 1 <= self.day <= days_in_month(self.year, self.month)
        ):
            raise ValueError("no such day")

    @property
    def ordinal(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)  # noqa: PLR2004
        era = year // 400
        year_of_era = year - era * 400
        shifted = (self.month + 9) % 12
        day_of_year = (153 * shifted + 2) // 5 + self.day - 1
        return (
            era * 146_097
            + year_of_era * 365
            + year_of_era // 4
            - year_of_era // 100
            + (day_of_year - 719_468)
        )

    @classmethod
    def from_ordinal(cls, ordinal: int) -> "Date":
        """Return the day that lies so many days after 1970-01-01."""
        shifted = ordinal + 719_468
        era = shifted // 146_097
        day_of_era = shifted - era * 146_097
        year_of_era = (
            day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096
        ) // 365
        day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
        month = (5 * day_of_year + 2) // 153
        day = day_of_year - (153 * month + 2) // 5 + 1
        month = month + 3 if month < 10 else month - 9  # noqa: PLR2004
        return cls(year_of_era + era * 400 + (month <= 2), month, day)  # noqa: PLR2004

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.ordinal + 3) % 7 + 1

    def add_months(self, months: int) -> "Date":
        """Move by whole months; a day the month lacks becomes its last day."""
        total = self.year * 12 + self.month - 1 + months
        year, month = divmod(total, 12)
        return Date(year, month + 1, min(self.day, days_in_month(year, month + 1)))

    def add_days(self, days: int) -> "Date":
        """Move by whole days."""
        return Date.from_ordinal(self.ordinal + days)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day.

    Attributes:
        nanoseconds: since midnight.
        offset: seconds east of UTC, if given as an offset.
        zone: IANA name, if given as a zone.
    """

    nanoseconds: int
    offset: int | None = None
    zone: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.nanoseconds < DAY:
            raise ValueError("no such time")

    @property
    def is_local(self) -> bool:
        """Neither an offset nor a zone is known."""
        return self.offset is None and not self.zone

    def offset_on(self, day: Date) -> int | None:
        """Return the seconds east of UTC that hold at this time of the day."""
        if not self.zone:
            return self.offset
        return _zone_offset(self.zone, day.ordinal, self.nanoseconds // SECOND)

    @property
    def instant(self) -> int:
        """Nanoseconds of the day in UTC, a zone taken as on 1970-01-01; local times as given."""
        return self.nanoseconds - (self.offset_on(Date(1970, 1, 1)) or 0) * SECOND


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of day."""

    date: Date
    time: Time

    @property
    def local(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 on the wall clock."""
        return self.date.ordinal * DAY + self.time.nanoseconds

    @property
    def instant(self) -> int:
        """Nanoseconds since the epoch in UTC; a local time is taken as it stands."""
        return self.local - (self.time.offset_on(self.date) or 0) * SECOND

    def at_local(self, local: int) -> "DateTime":
        """Return the wall-clock moment, keeping offset or zone."""
        days, nanoseconds = divmod(local, DAY)
        return DateTime(
            Date.from_ordinal(days), Time(nanoseconds, self.time.offset, self.time.zone)
        )


@dataclass(frozen=True, slots=True, order=True)
class DaysDuration:
    """A duration of days, hours, minutes and seconds.

    Attributes:
        nanoseconds: signed length.
    """

    nanoseconds: int


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A duration of years and months.

    Attributes:
        months: signed length.
    """

    months: int


@lru_cache(maxsize=4096)
def _zone_offset(zone: str, day: int, second: int) -> int:
    """Seconds east of UTC; years Python cannot express use the nearest 400-year twin."""
    cycle = 146_097
    twin = day if -cycle < day < cycle * 10 else day % cycle
    moment = (_EPOCH + timedelta(days=twin, seconds=second)).replace(tzinfo=ZoneInfo(zone))
    offset = moment.utcoffset()
    return 0 if offset is None else int(offset.total_seconds())

"""The city's zone and the days it states itself."""

import hashlib
from datetime import date, datetime
from zoneinfo import available_timezones

from pydantic import Field, field_validator

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    register_kind,
)
from shuzheng.institutions.calendar.models import CalendarDay, CalendarSettings
from shuzheng.institutions.calendar.rules import DEFAULT_ZONE

THE_ONE = "city"


class CalendarContent(ContentModel):
    """The city's calendar."""

    zone: str

    @field_validator("zone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"没有名为 {value} 的时区")
        return value


class DayContent(ContentModel):
    """A day whose nature is stated here, with the notice it rests on."""

    day: date
    is_working_day: bool
    name: str = Field(min_length=1)
    source: str = Field(min_length=1)


def apply_calendar(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write the zone."""
    for item in items:
        CalendarSettings.objects.update_or_create(code=item.key, defaults={"zone": item.value.zone})
    _renew_version()


def apply_days(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write the days."""
    for item in items:
        value: DayContent = item.value
        CalendarDay.objects.update_or_create(
            day=value.day,
            defaults={
                "is_working_day": value.is_working_day,
                "name": value.name,
                "source": value.source,
            },
        )
    _renew_version()


def remove_calendar(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take a calendar away."""
    CalendarSettings.objects.filter(code__in=keys).delete()
    _renew_version()


def remove_days(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take days away: what is published holds again."""
    CalendarDay.objects.filter(day__in=keys).delete()
    _renew_version()


def _renew_version() -> None:
    zones = CalendarSettings.objects.order_by("code").values_list("code", "zone")
    days = CalendarDay.objects.order_by("day").values_list("day", "is_working_day")
    version = hashlib.sha256(repr((list(zones), list(days))).encode()).hexdigest()
    CalendarSettings.objects.get_or_create(code=THE_ONE, defaults={"zone": DEFAULT_ZONE})
    CalendarSettings.objects.update(version=version)


CALENDARS = register_kind(
    ContentKind(
        name="calendar",
        folder="calendar",
        model=CalendarContent,
        key=lambda _value: THE_ONE,
        apply=apply_calendar,
        remove=remove_calendar,
    )
)
DAYS = register_kind(
    ContentKind(
        name="calendar_day",
        folder="calendar/days",
        model=DayContent,
        key=lambda value: value.day.isoformat(),
        apply=apply_days,
        remove=remove_days,
        after=("calendar",),
    )
)

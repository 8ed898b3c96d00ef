"""The calendar that holds now."""

from types import MappingProxyType

from shuzheng.infrastructure.content.queries import kept
from shuzheng.institutions.calendar.models import CalendarDay, CalendarSettings
from shuzheng.institutions.calendar.rules import DEFAULT_ZONE, Calendar


@kept
def get_calendar() -> Calendar:
    """Return the calendar of the city, of the default zone and without days of its own at first."""
    settings = CalendarSettings.objects.order_by("code").first()
    if settings is None:
        return Calendar(zone_name=DEFAULT_ZONE, overrides=MappingProxyType({}), version="")
    days = CalendarDay.objects.values_list("day", "is_working_day")
    overrides = MappingProxyType(dict(days))
    return Calendar(zone_name=settings.zone, overrides=overrides, version=settings.version)

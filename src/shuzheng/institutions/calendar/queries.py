"""The calendar that holds now."""

from functools import lru_cache
from types import MappingProxyType

from shuzheng.institutions.calendar.models import CalendarDay, CalendarSettings
from shuzheng.institutions.calendar.rules import DEFAULT_ZONE, Calendar


def get_calendar() -> Calendar:
    """Return the calendar; it is read again only when content has changed it."""
    settings = CalendarSettings.objects.order_by("code").values_list("zone", "version").first()
    zone, version = settings or (DEFAULT_ZONE, "")
    return _read(zone, version)


@lru_cache(maxsize=4)
def _read(zone: str, version: str) -> Calendar:
    days = CalendarDay.objects.values_list("day", "is_working_day") if version else ()
    return Calendar(zone_name=zone, overrides=MappingProxyType(dict(days)), version=version)

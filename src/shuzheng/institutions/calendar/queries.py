"""The calendar that holds now."""

from functools import lru_cache
from types import MappingProxyType

from django.db import connection

from shuzheng.institutions.calendar.models import CalendarDay
from shuzheng.institutions.calendar.rules import DEFAULT_ZONE, Calendar

# Written out, for a request asks a dozen times: the ORM takes four times as long to put it.
_SETTINGS = "SELECT zone, version FROM calendar_calendarsettings ORDER BY code LIMIT 1"


def get_calendar() -> Calendar:
    """Return the calendar; it is read again only when content has changed it."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        zone, version = cursor.fetchone() or (DEFAULT_ZONE, "")
    return _read(zone, version)


@lru_cache(maxsize=4)
def _read(zone: str, version: str) -> Calendar:
    days = CalendarDay.objects.values_list("day", "is_working_day") if version else ()
    return Calendar(zone_name=zone, overrides=MappingProxyType(dict(days)), version=version)

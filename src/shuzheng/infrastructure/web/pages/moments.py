"""How a moment or a day is written."""

from datetime import date, datetime

from django.utils import timezone


def moment(value: object) -> str:
    """Write a moment or day in the city's zone: 2026-11-20 10:32; anything else as it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)

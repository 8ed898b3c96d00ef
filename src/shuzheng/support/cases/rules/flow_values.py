"""What the flow's timers mean in moments, and what a case is called."""

import re
from datetime import datetime, timedelta

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?$"
)


def fire_at(*, kind: str, value: str, now: datetime) -> datetime:
    """Return the moment a BPMN timer means: an ISO 8601 duration from now, or a date with time.

    Raises:
        ValueError: the value is neither.
    """
    if kind == "duration":
        match = _DURATION.match(value)
        if match is None or value in {"P", "PT"}:
            raise ValueError(f"not a duration of days and hours: {value!r}")
        return now + timedelta(
            **{unit: int(count or 0) for unit, count in match.groupdict().items()}
        )
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its offset: {value!r}")
    return moment


def case_number(*, prefix: str, year: int, serial: int) -> str:
    """Return a case number.

    >>> case_number(prefix="QZ", year=2026, serial=123)
    'QZ-2026-000123'
    """
    return f"{prefix}-{year}-{serial:06d}"


def masked_name(name: str) -> str:
    """Return a person's name as strangers may see it.

    >>> masked_name("陈小明"), masked_name("")
    ('陈**', '')
    """
    return name[:1] + "*" * (len(name) - 1)

"""When a delivery that failed is tried again, and when it is parked."""

from datetime import datetime, timedelta

WAITS_SECONDS = (2, 10, 60, 600, 3600)
"""Seconds before the second, third, … attempt; after the last one fails, the entry is parked."""


def next_attempt_at(*, attempts: int, at: datetime) -> datetime | None:
    """Return when to try again after that many failed attempts; None parks the entry."""
    if attempts > len(WAITS_SECONDS):
        return None
    return at + timedelta(seconds=WAITS_SECONDS[attempts - 1])

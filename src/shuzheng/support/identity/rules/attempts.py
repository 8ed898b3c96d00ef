"""How many wrong passwords stop the next attempt, and for how long."""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
FAILURES_OF_USERNAME = 5
FAILURES_OF_ADDRESS = 30


def minutes_to_wait(failures: Sequence[datetime], *, allowed: int, at: datetime) -> int:
    """Return the whole minutes until the next attempt is heard; 0 when it may be made now.

    An attempt is stopped while `allowed` failures lie within the fifteen minutes before it.
    """
    recent = sorted(moment for moment in failures if at - moment < WINDOW)
    if len(recent) < allowed:
        return 0
    free_at = recent[-allowed] + WINDOW
    return max(1, -(-(free_at - at) // timedelta(minutes=1)))

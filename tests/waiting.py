"""Waiting for another process."""

import time
from collections.abc import Callable


def eventually(holds: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait until something holds; fail when it does not in time."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come true in time"
        time.sleep(0.05)

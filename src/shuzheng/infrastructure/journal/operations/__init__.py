"""The journal's writers: append, number, deliver, seal, erase."""

from datetime import datetime
from pathlib import Path

from shuzheng.infrastructure.journal.operations.append import append
from shuzheng.infrastructure.journal.operations.deliver import deliver
from shuzheng.infrastructure.journal.operations.sequence import sequence
from shuzheng.infrastructure.journal.queries.log import DEFAULT_ORIGIN, LogPlace, place_log
from shuzheng.infrastructure.journal.rules import DeliveryFailed, declared_subscriptions

__all__ = ["append", "deliver", "run_pending", "sequence", "use_folder"]


def use_folder(folder: Path, *, origin: str = DEFAULT_ORIGIN) -> None:
    """Say where the sealed log is kept (``<data>/log``) and under which name it signs."""
    place_log(LogPlace(folder, origin))


def run_pending(*, at: datetime) -> int:
    """Number and deliver until nothing is left, and return how many deliveries were made.

    What the worker does all the time, done once: for tests and for commands that wait. Entries
    that handlers append are delivered too. Nothing is sealed.

    Raises:
        DeliveryFailed: a handler raised; what could be delivered was, and the entry is set aside.
    """
    taken, failures = 0, []
    while True:
        batches = [deliver(each, at=at) for each in declared_subscriptions()]
        taken += sum(batch.taken for batch in batches)
        failures += [failure for batch in batches for failure in batch.failures]
        if not sequence() and not any(batch.is_behind or batch.taken for batch in batches):
            break
    if failures:
        first = failures[0]
        raise DeliveryFailed(
            subscription=first.subscription,
            number=first.entry.number,
            kind=first.entry.kind,
            error=first.error,
        ) from first.error
    return taken

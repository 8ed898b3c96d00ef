"""Drain the journal once, as the worker does all the time."""

from datetime import datetime
from itertools import chain

from shuzheng.infrastructure.journal.operations.deliver import Failure, deliver
from shuzheng.infrastructure.journal.operations.seal import seal
from shuzheng.infrastructure.journal.operations.sequence import sequence
from shuzheng.infrastructure.journal.queries.deliveries import list_subscriptions_behind
from shuzheng.infrastructure.journal.rules import DeliveryFailed


def run_pending(*, at: datetime) -> int:
    """Number and deliver until nothing is left, and return how many deliveries were made.

    For tests and for commands that wait. Entries that handlers append are delivered too.
    Nothing is sealed.

    Raises:
        DeliveryFailed: a handler raised; what could be delivered was, and the entry is set aside.
    """
    taken = 0
    failures: list[Failure] = []
    while True:
        sequence()
        behind = list_subscriptions_behind(at=at)
        batches = [deliver(each, at=at) for each in behind]
        taken += sum(batch.taken for batch in batches)
        failures += chain.from_iterable(batch.failures for batch in batches)
        if not any(batch.has_moved for batch in batches) and not sequence():
            break
    if failures:
        raise _as_refusal(failures[0]) from failures[0].error
    return taken


def seal_pending(*, at: datetime) -> int:
    """Seal everything that is numbered and return how many entries that were.

    Raises:
        LogDoesNotMatch: the log knows entries that the table does not have, or others.
    """
    total = 0
    while sealed := seal(at=at):
        total += sealed
    return total


def _as_refusal(failure: Failure) -> DeliveryFailed:
    return DeliveryFailed(
        subscription=failure.subscription,
        number=failure.entry.number,
        kind=failure.entry.kind,
        error=failure.error,
    )

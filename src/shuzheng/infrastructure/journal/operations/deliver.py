"""Hand numbered entries to the subscriptions: in order per subject, at least once, none lost."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from shuzheng.infrastructure.database.rules import without_values
from shuzheng.infrastructure.journal import models
from shuzheng.infrastructure.journal.queries.entries import as_entry
from shuzheng.infrastructure.journal.rules import ANY_KIND, Entry, Subscription
from shuzheng.infrastructure.journal.rules.backoff import next_attempt_at

BATCH_ENTRIES = 50
BATCH_SECONDS = 0.1
"""A batch ends early after this time, so that no subject stays locked behind a slow handler."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A handler's error, kept for the caller."""

    subscription: str
    entry: Entry
    error: Exception


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one batch did: entries taken, the failures among them, and whether more is waiting."""

    taken: int = 0
    failures: tuple[Failure, ...] = ()
    is_behind: bool = False

    @property
    def has_moved(self) -> bool:
        """Whether the batch did anything."""
        return bool(self.taken or self.failures)


def deliver(subscription: Subscription, *, at: datetime) -> Delivered:
    """Hand one batch of entries to one subscription.

    The handler's writes and the subscription's place are committed together. An entry whose
    handler raises is set aside with a time for the next attempt, and so is every later entry of
    the same subject; other subjects go on. Where another process is at work on the subscription,
    nothing is done.
    """
    _make_position(subscription)
    with transaction.atomic():
        position = _claim(subscription)
        if position is None:
            return Delivered()
        again = _take_again(subscription, at=at)
        new = _take_new(subscription, position, at=at)
    return Delivered(
        again.taken + new.taken, again.failures + new.failures, again.is_behind or new.is_behind
    )


def _make_position(subscription: Subscription) -> None:
    """Make a new subscription's place before it is claimed: others would wait for the insert."""
    if not models.Position.objects.filter(pk=subscription.name).exists():
        with transaction.atomic():
            models.Position.objects.bulk_create(
                [models.Position(subscription=subscription.name)], ignore_conflicts=True
            )


def _claim(subscription: Subscription) -> models.Position | None:
    rows = models.Position.objects.select_for_update(skip_locked=True)
    return rows.filter(subscription=subscription.name).first()


def _take_new(subscription: Subscription, position: models.Position, *, at: datetime) -> Delivered:
    head = models.Entry.objects.aggregate(head=Max("number"))["head"] or 0
    if head == position.number:
        return Delivered()
    entries = _list_new(subscription, after=position.number, until=head)
    taken, failures = _take(subscription, entries, at=at)
    is_behind = taken < len(entries) or len(entries) == BATCH_ENTRIES
    position.number = (entries[taken - 1].number or 0) if is_behind else head
    position.save(update_fields=["number"])
    return Delivered(taken, failures, is_behind)


def _list_new(subscription: Subscription, *, after: int, until: int) -> list[Entry]:
    rows = models.Entry.objects.filter(number__gt=after, number__lte=until).order_by("number")
    kinds = subscription.kinds_now()
    if ANY_KIND not in kinds:
        rows = rows.filter(kind__in=kinds)
    return [Entry(*row) for row in rows.values_list(*Entry.__slots__)[:BATCH_ENTRIES]]


def _take(
    subscription: Subscription, entries: list[Entry], *, at: datetime
) -> tuple[int, tuple[Failure, ...]]:
    """Hand the entries over until time is up; return how many were dealt with, and what failed."""
    waiting = _subjects_waiting(subscription, (entry.subject for entry in entries))
    failures = []
    ends = time.monotonic() + BATCH_SECONDS
    taken = 0
    for entry in entries:
        if entry.subject in waiting:
            _set_aside(subscription, entry, at=at)
        elif (error := _try(subscription, entry)) is not None:
            waiting.add(entry.subject)
            _set_aside(subscription, entry, at=at, error=error)
            failures.append(Failure(subscription.name, entry, error))
        taken += 1
        if time.monotonic() >= ends:
            break
    return taken, tuple(failures)


def _subjects_waiting(subscription: Subscription, subjects: Iterable[str]) -> set[str]:
    rows = models.Delivery.objects.filter(subscription=subscription.name, subject__in=set(subjects))
    return set(rows.values_list("subject", flat=True))


def _try(subscription: Subscription, entry: Entry) -> Exception | None:
    try:
        with transaction.atomic():
            subscription.handler(entry)
    except Exception as error:  # noqa: BLE001  a handler may raise anything; nothing is swallowed
        _log.warning(
            "%s could not take entry %s (%s)",
            subscription.name,
            entry.number,
            entry.kind,
            exc_info=error,
        )
        return error
    return None


def _set_aside(
    subscription: Subscription, entry: Entry, *, at: datetime, error: Exception | None = None
) -> None:
    row = models.Delivery(
        subscription=subscription.name, number=entry.number or 0, subject=entry.subject
    )
    if error is None:
        row.save()
    else:
        _postpone(row, at=at, error=error)


def _take_again(subscription: Subscription, *, at: datetime) -> Delivered:
    """Try what was set aside and is due; a subject's next entry becomes due with the one before."""
    taken, failures = 0, []
    ends = time.monotonic() + BATCH_SECONDS
    rows = models.Delivery.objects.filter(subscription=subscription.name, due_at__lte=at)
    while time.monotonic() < ends and (row := rows.order_by("due_at", "number").first()):
        entry = as_entry(models.Entry.objects.get(number=row.number))
        error = _try(subscription, entry)
        if error is None:
            release(row, at=at)
            taken += 1
        else:
            _postpone(row, at=at, error=error)
            failures.append(Failure(subscription.name, entry, error))
    return Delivered(taken, tuple(failures), is_behind=taken > 0)


def release(row: models.Delivery, *, at: datetime) -> None:
    """Have done with an entry that was set aside; the next of its subject is due at once."""
    row.delete()
    behind = models.Delivery.objects.filter(subscription=row.subscription, subject=row.subject)
    following = behind.order_by("number").first()
    if following is not None:
        following.due_at = at
        following.save(update_fields=["due_at"])


def _postpone(row: models.Delivery, *, at: datetime, error: Exception) -> None:
    row.attempts += 1
    row.due_at = next_attempt_at(attempts=row.attempts, at=at)
    row.failed_at = at
    row.error = _said(error)
    row.save()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {without_values(error)}"[:2000]

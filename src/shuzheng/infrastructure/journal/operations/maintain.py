"""What people do about the journal: try again, skip, erase what is personal, hand out proofs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal import models
from shuzheng.infrastructure.journal.operations.append import append
from shuzheng.infrastructure.journal.operations.deliver import release
from shuzheng.infrastructure.journal.queries.entries import list_entries_of_case
from shuzheng.infrastructure.journal.queries.sealed import list_proved_entries, read_signed_head
from shuzheng.infrastructure.journal.rules import DeliveryNotFound, EntryNotFound
from shuzheng.infrastructure.journal.rules.bundles import entry_to_json, write_bundle
from shuzheng.infrastructure.journal.rules.permissions import (
    CASE_EXPORTED,
    DELIVERY_RETRIED,
    DELIVERY_SKIPPED,
    ENTRY_ERASED,
    ERASE_JOURNAL,
    EXPORT_JOURNAL,
    KEY_ROTATED,
    MAINTAIN_JOURNAL,
    ROTATE_KEYS,
)
from shuzheng.infrastructure.keys import operations as keys


@transaction.atomic
def retry_delivery(*, subscription: str, number: int, by: Actor, at: datetime) -> None:
    """Try an entry that was set aside again, with all its attempts before it.

    Raises:
        PostLacksPermission: the post does not maintain the journal.
        DeliveryNotFound: the subscription is not stuck on this entry.
    """
    guard(by, MAINTAIN_JOURNAL)
    row = _get_failed(subscription, number)
    row.attempts, row.due_at = 0, at
    row.save(update_fields=["attempts", "due_at"])
    append(actor=by, kind=DELIVERY_RETRIED, subject=_subject(row), at=at)


@transaction.atomic
def skip_delivery(*, subscription: str, number: int, reason: str, by: Actor, at: datetime) -> None:
    """Give an entry up for one subscription; later entries of its subject go on.

    Raises:
        PostLacksPermission: the post does not maintain the journal.
        DeliveryNotFound: the subscription is not stuck on this entry.
    """
    guard(by, MAINTAIN_JOURNAL)
    row = _get_failed(subscription, number)
    append(actor=by, kind=DELIVERY_SKIPPED, subject=_subject(row), at=at, facts={"reason": reason})
    release(row, at=at)


@transaction.atomic
def erase_entry(*, entry: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Erase what is personal in an entry (name, facts, person, purpose) and its salt for good.

    The commitment stays, so the log stays whole and the rest of the entry can still be proved. The
    role of pages and jobs may not do this: `shuzheng journal erase` acts as the tables' owner.

    Raises:
        PostLacksPermission: the post may not erase.
        EntryNotFound: there is no such entry, or it is erased already.
    """
    guard(by, ERASE_JOURNAL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_erase(%s, %s)", [entry, at])
        is_erased = cursor.fetchone()[0]
    if not is_erased:
        raise EntryNotFound(entry=entry)
    facts = {"reason": reason}
    append(actor=by, kind=ENTRY_ERASED, subject=f"entry:{entry}", at=at, facts=facts)


@transaction.atomic
def export_case(*, case: str, purpose: str, by: Actor, at: datetime) -> tuple[dict[str, Any], ...]:
    """Return everything the journal says of a case as plain JSON, oldest first.

    Raises:
        PostLacksPermission: the post may not export.
    """
    guard(by, EXPORT_JOURNAL)
    entries = list_entries_of_case(case)
    _note_export(case, len(entries), purpose=purpose, by=by, at=at)
    return tuple(entry_to_json(entry) for entry in entries)


@transaction.atomic
def prove_case(*, case: str, purpose: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the sealed entries of a case with their proofs, for anyone who has the log's key.

    Entries that are not sealed yet are left out.

    Raises:
        PostLacksPermission: the post may not export.
        NotYetSealed: nothing of the case is sealed yet.
    """
    guard(by, EXPORT_JOURNAL)
    head, note = read_signed_head()
    proved = list_proved_entries(case, size=head.size)
    _note_export(case, len(proved), purpose=purpose, by=by, at=at)
    return write_bundle(case=case, note=note, proved=proved)


@transaction.atomic
def rotate_key(*, name: str, by: Actor, at: datetime) -> int:
    """Add a version to a key and return its number; the keys lie below, so the entry is made here.

    Raises:
        PostLacksPermission: the post may not rotate keys.
        KeyNotFound, KeyNotRotatable: see `keys.operations.rotate`.
    """
    guard(by, ROTATE_KEYS)
    version = keys.rotate(name)
    append(actor=by, kind=KEY_ROTATED, subject=f"key:{name}", at=at, facts={"version": version})
    return version


def _note_export(case: str, entries: int, *, purpose: str, by: Actor, at: datetime) -> None:
    append(
        actor=by,
        kind=CASE_EXPORTED,
        subject=f"case:{case}",
        at=at,
        facts={"entries": entries},
        purpose=purpose,
        case=case,
    )


def _get_failed(subscription: str, number: int) -> models.Delivery:
    rows = models.Delivery.objects.select_for_update().filter(attempts__gt=0)
    row = rows.filter(subscription=subscription, number=number).first()
    if row is None:
        raise DeliveryNotFound(subscription=subscription, number=number)
    return row


def _subject(row: models.Delivery) -> str:
    return f"delivery:{row.subscription}:{row.number}"

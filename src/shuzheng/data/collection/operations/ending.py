"""What a whole delivery leaves out ends in the register; a suspicious lot asks a steward."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from shuzheng.data.collection.models import Batch
from shuzheng.data.collection.queries import get_dataset
from shuzheng.data.collection.rules import (
    COLLECT_DATA,
    ENDINGS_DECIDED,
    ENDINGS_HELD,
    Dataset,
    EndingsOutdated,
    NoEndingsHeld,
    ReadRow,
    ReasonMissing,
    UnknownBatch,
    why_held,
)
from shuzheng.data.registers.operations import end_values
from shuzheng.data.registers.queries import list_current, reference_of
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append


def end_absent(
    dataset: Dataset, batch: Batch, rows: Sequence[ReadRow], *, by: Actor, at: datetime
) -> None:
    """End the records a snapshot leaves out, or hold them back and ask a steward.

    A row put aside still shows that its record is there.
    """
    current = list_current(register=dataset.register_key, dataset=dataset.key)
    keys = [row.cells[dataset.key_column] for row in rows]
    present = {reference_of(dataset.register_key, key) for key in keys if key}
    absent = sorted(set(current) - present)
    batch.records_absent = len(absent)
    reason = why_held(
        dataset,
        absent=len(absent),
        current=len(current),
        is_keyless=not all(keys),
        newest=max((row.cells[dataset.as_of_column] for row in rows if row.is_good), default=""),
        known=max((day.isoformat() for day in current.values()), default=""),
    )
    if absent and reason:
        _hold(batch, absent, reason, by=by, at=at)
    elif absent:
        _end(dataset, batch, absent, by=by, at=at)


@transaction.atomic
def decide_endings(*, batch: UUID, is_confirmed: bool, reason: str, by: Actor, at: datetime) -> int:
    """End what a delivery held back, or leave it as it is; returns how many records ended.

    Raises:
        PostLacksPermission: the post collects no data or may not write registers.
        UnknownBatch, NoEndingsHeld, ReasonMissing
        EndingsOutdated: a later delivery of the dataset has come since.
    """
    guard(by, COLLECT_DATA)
    row = Batch.objects.select_for_update().filter(public_id=batch).first()
    if row is None:
        raise UnknownBatch
    if not row.absent_references:
        raise NoEndingsHeld
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if is_confirmed and Batch.objects.filter(dataset=row.dataset, pk__gt=row.pk).exists():
        raise EndingsOutdated
    absent, row.absent_references = row.absent_references, []
    if is_confirmed:
        _end(get_dataset(row.dataset), row, absent, by=by, at=at)
    row.save(update_fields=["absent_references", "records_ended"])
    facts = {
        "dataset": row.dataset,
        "batch": str(row.public_id),
        "ended": row.records_ended,
        "is_confirmed": is_confirmed,
        "reason": reason.strip(),
    }
    append(actor=by, kind=ENDINGS_DECIDED, subject=f"dataset:{row.dataset}", at=at, facts=facts)
    return row.records_ended


def _hold(batch: Batch, absent: list[str], reason: str, *, by: Actor, at: datetime) -> None:
    batch.absent_references, batch.held_because = absent, reason
    facts = {
        "dataset": batch.dataset,
        "name": get_dataset(batch.dataset).name,
        "batch": str(batch.public_id),
        "absent": len(absent),
        "because": reason,
        "link": f"/data/collection/{batch.public_id}/",
    }
    append(actor=by, kind=ENDINGS_HELD, subject=f"dataset:{batch.dataset}", at=at, facts=facts)


def _end(dataset: Dataset, batch: Batch, absent: Sequence[str], *, by: Actor, at: datetime) -> None:
    batch.records_ended = end_values(
        register=dataset.register_key,
        dataset=dataset.key,
        references=absent,
        batch=str(batch.public_id),
        by=by,
        at=at,
    )

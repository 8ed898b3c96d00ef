"""Departments' files come in: checked row by row, counted, recorded in the registers."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from shuzheng.data.collection.models import Batch, QuarantinedRow
from shuzheng.data.collection.operations.ending import end_absent
from shuzheng.data.collection.queries import BatchRow, batch_row, get_dataset
from shuzheng.data.collection.rules import (
    BATCH_COLLECTED,
    COLLECT_DATA,
    Dataset,
    ReadRow,
    read_feed,
)
from shuzheng.data.registers.operations import Row, record_values
from shuzheng.data.registers.rules import Recorded
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.keys.operations import encrypt

_CONTEXT = "collection.quarantined"


def collect(
    *, dataset: str, filename: str, content: bytes, on: date, by: Actor, at: datetime
) -> BatchRow:
    """Take a department's file; a file taken before changes nothing and returns its batch.

    `on` is the local day of collection: rows may not hold for a later one.

    Raises:
        PostLacksPermission, UnknownDataset: nothing is taken.
        FeedNotText, HeadingsMissing: the file as a whole cannot be used.
    """
    guard(by, COLLECT_DATA)
    definition = get_dataset(dataset)
    digest = sha256(content).hexdigest()
    taken = _taken(dataset, digest)
    if taken is not None:
        return taken
    rows = read_feed(definition, content, on=on)
    try:
        return _take(definition, filename, digest, rows, by=by, at=at)
    except IntegrityError:
        # Two collectors had the same file in hand; the other was faster.
        taken = _taken(dataset, digest)
        if taken is None:
            raise
        return taken


@transaction.atomic
def _take(
    dataset: Dataset,
    filename: str,
    digest: str,
    rows: Sequence[ReadRow],
    *,
    by: Actor,
    at: datetime,
) -> BatchRow:
    good = [row for row in rows if row.is_good]
    batch = Batch.objects.create(
        dataset=dataset.key,
        filename=filename,
        sha256=digest,
        rows_total=len(rows),
        rows_good=len(good),
        records_made=0,
        records_changed=0,
        collected_at=at,
        collected_by=by.name or by.account,
    )
    _quarantine(batch, [row for row in rows if not row.is_good])
    recorded = _record(dataset, batch, good, by=by, at=at)
    batch.records_made, batch.records_changed = recorded.made, recorded.changed
    if dataset.delivers == "everything":
        end_absent(dataset, batch, rows, by=by, at=at)
    batch.save()
    _note(batch, by=by, at=at)
    return batch_row(batch)


def _taken(dataset: str, digest: str) -> BatchRow | None:
    batch = Batch.objects.filter(dataset=dataset, sha256=digest).first()
    return batch_row(batch, is_repeat=True) if batch else None


def _quarantine(batch: Batch, rows: Sequence[ReadRow]) -> None:
    QuarantinedRow.objects.bulk_create(
        QuarantinedRow(
            batch=batch,
            line=row.line,
            reasons=list(row.reasons),
            cells_encrypted=encrypt(
                json.dumps(dict(row.cells), ensure_ascii=False), context=_CONTEXT
            ),
        )
        for row in rows
    )


def _record(
    dataset: Dataset, batch: Batch, rows: Sequence[ReadRow], *, by: Actor, at: datetime
) -> Recorded:
    fed = [column for column in dataset.columns if column.field]
    return record_values(
        register=dataset.register_key,
        dataset=dataset.key,
        rows=[
            Row(
                key=row.cells[dataset.key_column],
                values={column.field: row.cells[column.name] for column in fed},
                as_of=date.fromisoformat(row.cells[dataset.as_of_column]),
            )
            for row in rows
        ],
        batch=str(batch.public_id),
        by=by,
        at=at,
    )


def _note(batch: Batch, *, by: Actor, at: datetime) -> None:
    append(
        actor=by,
        kind=BATCH_COLLECTED,
        subject=f"dataset:{batch.dataset}",
        at=at,
        facts={
            "dataset": batch.dataset,
            "batch": str(batch.public_id),
            "filename": batch.filename,
            "sha256": batch.sha256,
            "total": batch.rows_total,
            "good": batch.rows_good,
            "bad": batch.rows_total - batch.rows_good,
        },
    )

"""Datasets, batches, and why rows were put aside; never what was in them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shuzheng.data.collection.models import Batch, DatasetDefinition, QuarantinedRow
from shuzheng.data.collection.rules import Dataset, UnknownBatch, UnknownDataset

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One delivery: its file, its counts, when and by whom; `is_repeat` if it had come before."""

    id: UUID
    dataset: str
    filename: str
    sha256: str
    rows_total: int
    rows_good: int
    records_made: int
    records_changed: int
    collected_at: datetime
    collected_by: str
    is_repeat: bool = False
    records_absent: int = 0
    records_ended: int = 0
    is_held: bool = False
    held_because: str = ""

    @property
    def rows_bad(self) -> int:
        """Return how many rows were put aside."""
        return self.rows_total - self.rows_good


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row put aside: its line in the file and the reasons."""

    line: int
    reasons: tuple[str, ...]


def get_dataset(dataset: str) -> Dataset:
    """Return a dataset's definition.

    Raises:
        UnknownDataset: the city has none of that key.
    """
    row = DatasetDefinition.objects.filter(key=dataset).first()
    if row is None:
        raise UnknownDataset(dataset=dataset)
    return Dataset.model_validate(row.definition)


def list_datasets() -> tuple[Dataset, ...]:
    """Return every dataset of the city, by key."""
    rows = DatasetDefinition.objects.order_by("key")
    return tuple(Dataset.model_validate(row.definition) for row in rows)


def list_batches(*, dataset: str = "") -> tuple[BatchRow, ...]:
    """Return deliveries, newest first, of one dataset or of all."""
    rows = Batch.objects.order_by("-collected_at", "-pk")
    if dataset:
        rows = rows.filter(dataset=dataset)
    return tuple(batch_row(row) for row in rows[:_MOST_LISTED])


def get_batch(batch: UUID) -> BatchRow:
    """Return one delivery.

    Raises:
        UnknownBatch: there is none of that number.
    """
    row = Batch.objects.filter(public_id=batch).first()
    if row is None:
        raise UnknownBatch
    return batch_row(row)


def list_quarantined(batch: UUID) -> tuple[Quarantined, ...]:
    """Return the rows of a batch that were put aside, in the file's order."""
    rows = QuarantinedRow.objects.filter(batch__public_id=batch).order_by("line")
    return tuple(Quarantined(row.line, tuple(row.reasons)) for row in rows)


def batch_row(row: Batch, *, is_repeat: bool = False) -> BatchRow:
    """Return the batch as it leaves the room."""
    return BatchRow(
        id=row.public_id,
        dataset=row.dataset,
        filename=row.filename,
        sha256=row.sha256,
        rows_total=row.rows_total,
        rows_good=row.rows_good,
        records_made=row.records_made,
        records_changed=row.records_changed,
        collected_at=row.collected_at,
        collected_by=row.collected_by,
        is_repeat=is_repeat,
        records_absent=row.records_absent,
        records_ended=row.records_ended,
        is_held=bool(row.absent_references),
        held_because=row.held_because,
    )

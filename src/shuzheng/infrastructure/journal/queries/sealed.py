"""Whether an entry is sealed, under which checkpoint, and the proof of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shuzheng.infrastructure.journal import models
from shuzheng.infrastructure.journal.queries.entries import as_entry
from shuzheng.infrastructure.journal.queries.log import get_log_place, log_reader, read_head
from shuzheng.infrastructure.journal.rules import EntryNotFound, NotYetSealed
from shuzheng.infrastructure.journal.rules.bundles import ProvedEntry
from shuzheng.infrastructure.journal.rules.commitment import Opening, leaf, opens
from shuzheng.infrastructure.journal.rules.merkle import inclusion_proof
from shuzheng.infrastructure.journal.rules.notes import Checkpoint
from shuzheng.infrastructure.journal.rules.tiles import (
    TILE_HASHES,
    node_reader,
    tiles_of,
    unpack_leaves,
)
from shuzheng.infrastructure.journal.rules.verification import Finding

SOON_SEALED_SECONDS = 10
"""After how long it is worth asking again: a worker seals every second."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where an entry stands in the sealed log.

    Attributes:
        number: its place, counted from 1; None before the sequencer has been by.
        leaf: the line that is sealed for it; empty before it has a number.
        checkpoint: size of the first checkpoint that covers it; None until it is sealed.
        sealed_at: when that checkpoint was signed.
        is_erased: what was personal in it is gone.
    """

    entry: UUID
    number: int | None
    leaf: str
    checkpoint: int | None
    sealed_at: datetime | None
    is_erased: bool


def get_inclusion(entry: UUID) -> Inclusion:
    """Return where an entry stands in the sealed log.

    Raises:
        EntryNotFound: there is none of this id.
    """
    row = models.Entry.objects.filter(id=entry).first()
    if row is None:
        raise EntryNotFound(entry=entry)
    return _inclusion(row)


def list_inclusions_of_case(case: str) -> tuple[Inclusion, ...]:
    """Return where each entry of a case stands, in the order of `list_entries_of_case`."""
    rows = models.Entry.objects.filter(case=case).exclude(case="").order_by("arrival")
    return tuple(_inclusion(row) for row in rows)


def get_sealed_size() -> int:
    """Return how many entries are sealed."""
    newest = models.Checkpoint.objects.order_by("-size").first()
    return newest.size if newest else 0


def read_signed_head() -> tuple[Checkpoint, str]:
    """Return the log's checkpoint and its signed note.

    Raises:
        NotYetSealed: nothing is sealed yet.
    """
    head = read_head(get_log_place().folder)
    if head is None:
        raise NotYetSealed(seconds=SOON_SEALED_SECONDS)
    return head


def list_proved_entries(case: str, *, size: int) -> tuple[ProvedEntry, ...]:
    """Return the entries of a case that a log of that size holds, each with its proof.

    Raises:
        NotYetSealed: the case has entries, and none of them is sealed yet.
    """
    node = node_reader(size, log_reader(get_log_place().folder))
    entries = models.Entry.objects.filter(case=case)
    rows = entries.filter(number__lte=size).order_by("number")
    if not rows and entries.exists():
        raise NotYetSealed(seconds=SOON_SEALED_SECONDS)
    return tuple(
        ProvedEntry(
            as_entry(row),
            _opening(row),
            bytes(row.commitment),
            inclusion_proof(index=(row.number or 0) - 1, size=size, node=node),
        )
        for row in rows
    )


def compare_rows() -> Iterator[Finding]:
    """Give every entry of the table that is not what was sealed, by reading both from the start.

    The log itself is checked by `verify_log`; this shows that the table still says the same.
    """
    folder = get_log_place().folder
    read = log_reader(folder)
    size = read_signed_head()[0].size
    for tile in tiles_of("entries", size):
        leaves = unpack_leaves(read(tile.path) or read(tile.full_path) or b"")[: tile.width]
        first = tile.index * TILE_HASHES + 1
        rows = {
            row.number: row
            for row in models.Entry.objects.filter(number__gte=first, number__lt=first + tile.width)
        }
        for number, sealed in enumerate(leaves, start=first):
            yield from _difference(number, rows.get(number), sealed)


def _difference(number: int, row: models.Entry | None, sealed: bytes) -> Iterator[Finding]:
    where = f"journal_entry {number}"
    if row is None:
        yield Finding(where, f"数据库中缺少第 {number} 条")
    elif leaf(number=number, commitment=bytes(row.commitment)) != sealed:
        yield Finding(where, f"第 {number} 条的承诺与封存的不同")
    elif not opens(as_entry(row), _opening(row), commitment=bytes(row.commitment)):
        yield Finding(where, f"第 {number} 条的内容被改动")


def _opening(row: models.Entry) -> Opening:
    return Opening(bytes(row.blind), bytes(row.salt or b""), bytes(row.private))


def _inclusion(row: models.Entry) -> Inclusion:
    cover = None
    if row.number is not None:
        cover = models.Checkpoint.objects.filter(size__gte=row.number).order_by("size").first()
    number = row.number
    return Inclusion(
        entry=row.id,
        number=number,
        leaf=leaf(number=number, commitment=bytes(row.commitment)).decode() if number else "",
        checkpoint=cover.size if cover else None,
        sealed_at=cover.sealed_at if cover else None,
        is_erased=row.erased_at is not None,
    )

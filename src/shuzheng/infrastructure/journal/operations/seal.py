"""Seal what is numbered: leaves into tiles, a signed checkpoint over them, all in plain files.

The order of writing makes every crash harmless: tiles first, then the history, then the
checkpoint. What lies beyond the checkpoint is written again, byte for byte the same.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from shuzheng.infrastructure.journal import models
from shuzheng.infrastructure.journal.queries.deliveries import get_head_number
from shuzheng.infrastructure.journal.queries.log import (
    CHECKPOINT_KEY,
    HISTORY_END,
    HISTORY_FOLDER,
    KEYS_PATH,
    LogPlace,
    get_log_place,
    list_verifier_keys,
    log_reader,
    read_head,
)
from shuzheng.infrastructure.journal.rules import LogDoesNotMatch
from shuzheng.infrastructure.journal.rules.commitment import leaf
from shuzheng.infrastructure.journal.rules.merkle import leaf_hash, root_at, root_of
from shuzheng.infrastructure.journal.rules.notes import Checkpoint, sign_note
from shuzheng.infrastructure.journal.rules.tiles import (
    HASH_BYTES,
    TILE_HASHES,
    Tile,
    node_reader,
    pack_leaves,
    read_tile,
    tiles_of,
    unpack_leaves,
)
from shuzheng.infrastructure.journal.rules.verification import CHECKPOINT_PATH
from shuzheng.infrastructure.keys import operations as keys

SEAL_LOCK = 7_310_002
BATCH_ENTRIES = 8192


def seal(*, at: datetime) -> int:
    """Seal a batch of numbered entries and return how many there were.

    One process seals at a time; another that finds it at work returns 0.

    Raises:
        LogDoesNotMatch: the log knows entries that the table does not have, or others.
    """
    place = get_log_place()
    if not _has_work(place):
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        head = read_head(place.folder)
        size = head[0].size if head else 0
        _check_tail(place, size)
        leaves = _leaves_after(size)
        if leaves:
            _extend(place, size, leaves)
            _sign(place, size + len(leaves), at=at)
            _tidy(place, size, size + len(leaves))
        return len(leaves)


def _has_work(place: LogPlace) -> bool:
    head = read_head(place.folder)
    return get_head_number() != (head[0].size if head else 0)


def _check_tail(place: LogPlace, size: int) -> None:
    """Refuse to go on where the last sealed leaf is not the table's: the past would fork."""
    if size == 0:
        return
    row = models.Entry.objects.filter(number=size).values_list("commitment", flat=True).first()
    if row is None:
        raise LogDoesNotMatch(reason=f"日志已封存到第 {size} 条，数据库中没有这一条")
    *_, tile = tiles_of("entries", size, start=size - 1)
    read = log_reader(place.folder)
    leaves = unpack_leaves(read(tile.path) or read(tile.full_path) or b"")
    if leaves[tile.width - 1 : tile.width] != [leaf(number=size, commitment=bytes(row))]:
        raise LogDoesNotMatch(reason=f"第 {size} 条与封存的不同")


def _leaves_after(size: int) -> list[bytes]:
    rows = models.Entry.objects.filter(number__gt=size).order_by("number")
    found = list(rows.values_list("number", "commitment")[:BATCH_ENTRIES])
    for expected, (number, _) in enumerate(found, start=size + 1):
        if number != expected:
            raise LogDoesNotMatch(reason=f"数据库中缺少第 {expected} 条")
    return [
        leaf(number=number, commitment=bytes(commitment))
        for number, (_, commitment) in enumerate(found, start=size + 1)
    ]


def _extend(place: LogPlace, size: int, leaves: Sequence[bytes]) -> None:
    read = log_reader(place.folder)
    kept: list[bytes] = []
    if size % TILE_HASHES:
        tile = Tile("entries", size // TILE_HASHES, size % TILE_HASHES)
        kept = unpack_leaves(read(tile.path) or read(tile.full_path) or b"")[: tile.width]
    rows = kept + list(leaves)
    for tile in tiles_of("entries", size + len(leaves), start=size):
        start = tile.index * TILE_HASHES - (size - len(kept))
        write_file(place.folder / tile.path, pack_leaves(rows[start : start + tile.width]))
    _extend_level(place, 0, size, [leaf_hash(each) for each in leaves])


def _extend_level(place: LogPlace, level: int, count: int, hashes: Sequence[bytes]) -> None:
    """Add hashes to a level that holds `count`; each tile that becomes full adds one above."""
    rows = list(hashes)
    if count % TILE_HASHES:
        tile = Tile(level, count // TILE_HASHES, count % TILE_HASHES)
        edge = read_tile(tile, log_reader(place.folder))
        rows = [edge[at : at + HASH_BYTES] for at in range(0, len(edge), HASH_BYTES)] + rows
    full = []
    for tile in tiles_of(level, count + len(hashes), start=count):
        start = (tile.index - count // TILE_HASHES) * TILE_HASHES
        held = rows[start : start + tile.width]
        write_file(place.folder / tile.path, b"".join(held))
        if tile.width == TILE_HASHES:
            full.append(root_of(held))
    if full:
        _extend_level(place, level + 1, count // TILE_HASHES, full)


def _sign(place: LogPlace, size: int, *, at: datetime) -> None:
    root = root_at(size, node_reader(size, log_reader(place.folder)))
    key = keys.get_signing_key(CHECKPOINT_KEY)
    note = sign_note(Checkpoint(place.origin, size, root).to_text(), name=place.origin, key=key)
    _publish_keys(place)
    _remember(place.folder / HISTORY_FOLDER / f"{at.astimezone(UTC):%Y-%m-%d}.txt", note)
    write_file(place.folder / CHECKPOINT_PATH, note.encode())
    models.Checkpoint.objects.bulk_create(
        [models.Checkpoint(size=size, root=root, sealed_at=at, note=note)], ignore_conflicts=True
    )


def _publish_keys(place: LogPlace) -> None:
    content = "".join(f"{key.to_text()}\n" for key in list_verifier_keys()).encode()
    path = place.folder / KEYS_PATH
    if not path.exists() or path.read_bytes() != content:
        write_file(path, content)


def _remember(path: Path, note: str) -> None:
    """Add a checkpoint to the day's history, after cutting off what a crash left half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("w+b" if is_new else "r+b") as file:
        file.seek(0, os.SEEK_END)
        start = max(0, file.tell() - 4096)
        file.seek(start)
        end = f"\n{HISTORY_END}".encode()
        whole = file.read().rfind(end)
        file.seek(start + whole + len(end) if whole >= 0 else 0)
        file.write(f"{note}{HISTORY_END}".encode())
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        _sync_folder(path.parent)


def _tidy(place: LogPlace, before: int, after: int) -> None:
    """Remove the parts of tiles that are full now and that the checkpoint covers."""
    levels: Iterable[int | str] = ("entries", *range(8))
    for level in levels:
        below = 0 if level == "entries" else 8 * int(level)
        full = (after >> below) // TILE_HASHES
        first = (before >> below) // TILE_HASHES
        for index in range(first, full):
            path = place.folder / f"{Tile(level, index).path}.p"
            shutil.rmtree(path, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and down to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

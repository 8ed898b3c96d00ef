"""Copy the sealed log while it grows: everything up to one checkpoint, and nothing after."""

from collections.abc import Iterator
from pathlib import Path

from shuzheng.infrastructure.journal.operations.seal import write_file
from shuzheng.infrastructure.journal.queries.log import (
    HISTORY_END,
    KEYS_PATH,
    get_log_place,
    list_kept_notes,
    log_reader,
    read_head,
)
from shuzheng.infrastructure.journal.rules.notes import read_checkpoint, split_note
from shuzheng.infrastructure.journal.rules.tiles import (
    HASH_BYTES,
    TILE_LEVELS,
    Tile,
    pack_leaves,
    read_tile,
    tiles_of,
    unpack_leaves,
)
from shuzheng.infrastructure.journal.rules.verification import CHECKPOINT_PATH


def copy_log(target: Path) -> int:
    """Copy the log as its checkpoint describes it into a folder and return its size.

    For a backup: take the copy before the database is dumped. A database that knows more than its
    log goes on where the log ends; one that knows less is refused.
    """
    place = get_log_place()
    head = read_head(place.folder)
    if head is None:
        return 0
    size = head[0].size
    for tile in _tiles(size):
        write_file(target / tile.path, _content(place.folder, tile))
    for path, notes in _history(place.folder, size).items():
        write_file(target / path, notes.encode())
    if (published := log_reader(place.folder)(KEYS_PATH)) is not None:
        write_file(target / KEYS_PATH, published)
    write_file(target / CHECKPOINT_PATH, head[1].encode())
    return size


def _tiles(size: int) -> Iterator[Tile]:
    yield from tiles_of("entries", size)
    level, count = 0, size
    while count:
        yield from tiles_of(level, count)
        level, count = level + 1, count >> TILE_LEVELS


def _content(folder: Path, tile: Tile) -> bytes:
    """Return what a tile holds at this width, though it may have grown since."""
    read = log_reader(folder)
    if tile.level != "entries":
        return read_tile(tile, read)[: tile.width * HASH_BYTES]
    bundle = read(tile.path) or read(tile.full_path) or b""
    return pack_leaves(unpack_leaves(bundle)[: tile.width])


def _history(folder: Path, size: int) -> dict[str, str]:
    """Return the checkpoints up to that size, by the file they belong in."""
    files: dict[str, str] = {}
    for kept in list_kept_notes(folder):
        if read_checkpoint(split_note(kept.note)[0]).size <= size:
            path = kept.where.partition("[")[0]
            files[path] = f"{files.get(path, '')}{kept.note}{HISTORY_END}"
    return files

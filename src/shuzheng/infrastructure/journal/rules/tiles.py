"""The log in plain files as C2SP tlog-tiles has it: hashes in tiles of 256, leaves beside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shuzheng.infrastructure.journal.rules.merkle import NodeReader, root_of

TILE_HASHES = 256
TILE_LEVELS = 8
HASH_BYTES = 32
_LENGTH_BYTES = 2

FileReader = Callable[[str], bytes | None]
"""Gives the bytes of a file of the log by its path, or None where there is none."""


class TileError(Exception):
    """A tile that the log needs is not there or too short."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: level counted in tiles (or "entries"), index, and how many it holds (1 … 256)."""

    level: int | str
    index: int
    width: int = TILE_HASHES

    @property
    def full_path(self) -> str:
        """The path of the tile once it is full."""
        return f"tile/{self.level}/{index_path(self.index)}"

    @property
    def path(self) -> str:
        """The path of the tile at this width."""
        return self.full_path if self.width == TILE_HASHES else f"{self.full_path}.p/{self.width}"


def index_path(index: int) -> str:
    """Return a tile's index in groups of three digits.

    >>> index_path(1234067), index_path(5)
    ('x001/x234/067', '005')
    """
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return "/".join(groups)


def tiles_of(level: int | str, count: int, *, start: int = 0) -> Iterator[Tile]:
    """Give the tiles that hold `count` hashes of a level, from the one that holds hash `start`."""
    for index in range(start // TILE_HASHES, -(-count // TILE_HASHES)):
        yield Tile(level, index, min(TILE_HASHES, count - index * TILE_HASHES))


def read_tile(tile: Tile, read: FileReader) -> bytes:
    """Return the hashes of a tile; one that has grown since is cut to the width asked for.

    Raises:
        TileError: it is not there, or too short.
    """
    content = read(tile.path)
    if content is None:
        content = read(tile.full_path)
    if content is None or len(content) < tile.width * HASH_BYTES:
        raise TileError(tile.path)
    return content[: tile.width * HASH_BYTES]


def cut_hashes(tile: bytes) -> list[bytes]:
    """Return the single hashes of a tile."""
    return [tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)]


def node_reader(size: int, read: FileReader) -> NodeReader:
    """Return a reader of node hashes from the tiles of a log of that size.

    Raises:
        TileError: when called for a node whose tile is not there.
    """

    def node(level: int, index: int) -> bytes:
        tile_level, above = divmod(level, TILE_LEVELS)
        first = index << above
        count = size >> (tile_level * TILE_LEVELS)
        tile_index = first // TILE_HASHES
        tile = Tile(tile_level, tile_index, min(TILE_HASHES, count - tile_index * TILE_HASHES))
        hashes = cut_hashes(read_tile(tile, read))
        start = first % TILE_HASHES
        return root_of(hashes[start : start + (1 << above)])

    return node


def pack_leaves(leaves: Sequence[bytes]) -> bytes:
    """Return the bundle of leaves: each after its length in two bytes, big end first."""
    return b"".join(len(leaf).to_bytes(_LENGTH_BYTES, "big") + leaf for leaf in leaves)


def unpack_leaves(bundle: bytes) -> list[bytes]:
    """Return the leaves of a bundle.

    Raises:
        ValueError: it breaks off.

    >>> unpack_leaves(pack_leaves([b"a", b""]))
    [b'a', b'']
    """
    leaves = []
    place = 0
    while place < len(bundle):
        length = int.from_bytes(bundle[place : place + _LENGTH_BYTES], "big")
        place += _LENGTH_BYTES + length
        if place > len(bundle):
            raise ValueError("the bundle breaks off")
        leaves.append(bundle[place - length : place])
    return leaves

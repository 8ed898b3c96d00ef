"""Recompute a log from its plain files and say what is wrong and where: no database, no trust.

The leaves are hashed again, every tile of every level is compared, and the root is held against
the signed checkpoint, against each checkpoint of the log's own history, and against an older
checkpoint that somebody else kept. The last is what catches a log rewritten by its own keeper.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from shuzheng.infrastructure.journal.rules.merkle import Frontier, leaf_hash, root_of
from shuzheng.infrastructure.journal.rules.notes import (
    Checkpoint,
    NoteError,
    VerifierKey,
    open_note,
    read_checkpoint,
)
from shuzheng.infrastructure.journal.rules.tiles import (
    TILE_HASHES,
    FileReader,
    Tile,
    TileError,
    cut_hashes,
    read_tile,
    tiles_of,
    unpack_leaves,
)

CHECKPOINT_PATH = "checkpoint"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where (a file, an entry, a checkpoint) and what, in Chinese."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}:{self.what}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found: the log's size, how many older checkpoints fitted, what is wrong."""

    size: int
    checkpoints: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A signed checkpoint from elsewhere than the log's head, and where it came from."""

    where: str
    note: str


def verify_log(
    read: FileReader, *, keys: Sequence[VerifierKey], kept: Iterable[KeptNote] = ()
) -> Verification:
    """Check a log whose files `read` gives.

    Args:
        read: gives a file's bytes by its path in the log's folder.
        keys: keys whose signatures count.
        kept: older checkpoints that the log must still agree with.
    """
    findings: list[Finding] = []
    note = (read(CHECKPOINT_PATH) or b"").decode("utf-8", "replace")
    head = _opened(KeptNote(CHECKPOINT_PATH, note), keys=keys, findings=findings)
    if head is None:
        return Verification(0, 0, tuple(findings))
    olders = _older(kept, head=head, keys=keys, findings=findings)
    recount = _Recount(read, frozenset(each.size for _, each in olders))
    recount.run(head.size)
    findings += recount.findings
    if recount.frontier.size == head.size and recount.frontier.root() != head.root:
        findings.append(Finding(CHECKPOINT_PATH, "根哈希与记录重新计算的结果不符"))
    findings += _disagreements(olders, recount.roots)
    return Verification(head.size, len(olders), tuple(findings))


def _opened(
    kept: KeptNote, *, keys: Sequence[VerifierKey], findings: list[Finding]
) -> Checkpoint | None:
    try:
        return read_checkpoint(open_note(kept.note, keys=keys))
    except NoteError as fault:
        findings.append(Finding(kept.where, str(fault)))
        return None


def _older(
    kept: Iterable[KeptNote],
    *,
    head: Checkpoint,
    keys: Sequence[VerifierKey],
    findings: list[Finding],
) -> list[tuple[str, Checkpoint]]:
    olders = []
    for each in kept:
        older = _opened(each, keys=keys, findings=findings)
        if older is None:
            continue
        if older.origin != head.origin:
            findings.append(Finding(each.where, f"是另一个日志({older.origin})的检查点"))
        elif older.size > head.size:
            what = f"当时已有 {older.size} 条，现在只有 {head.size} 条：日志被截短"
            findings.append(Finding(each.where, what))
        else:
            olders.append((each.where, older))
    return olders


def _disagreements(
    olders: Sequence[tuple[str, Checkpoint]], roots: dict[int, bytes]
) -> Iterator[Finding]:
    """Say which kept checkpoints the log contradicts, and between which entries."""
    sound = 0
    for where, older in sorted(olders, key=lambda each: each[1].size):
        if older.size not in roots:
            continue
        if roots[older.size] == older.root:
            sound = older.size
        else:
            what = f"与现在的日志不一致：第 {sound + 1} 条至第 {older.size} 条之间有记录被改写"
            yield Finding(where, what)


@dataclass
class _Recount:
    """One pass over the leaves: rebuilds every level and compares it with the tiles."""

    read: FileReader
    wanted: frozenset[int]
    frontier: Frontier = field(default_factory=Frontier)
    roots: dict[int, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _levels: list[list[bytes]] = field(default_factory=list)
    _counts: list[int] = field(default_factory=list)

    def run(self, size: int) -> None:
        self._note_root()
        for tile in tiles_of("entries", size):
            leaves = self._leaves(tile)
            if leaves is None:
                return
            hashes = [leaf_hash(leaf) for leaf in leaves]
            self._check_leaves(tile, leaves, hashes)
            for each in hashes:
                self.frontier.add(each)
                self._note_root()
                self._add(0, each)
        self._check_edge()

    def _note_root(self) -> None:
        if self.frontier.size in self.wanted:
            self.roots[self.frontier.size] = self.frontier.root()

    def _leaves(self, tile: Tile) -> list[bytes] | None:
        """Return a bundle's leaves; None, with a finding, where the log breaks off."""
        content = self.read(tile.path)
        if content is None:
            content = self.read(tile.full_path)
        try:
            leaves = unpack_leaves(content or b"")[: tile.width]
        except ValueError:
            leaves = []
        if len(leaves) == tile.width:
            return leaves
        first = tile.index * TILE_HASHES + 1
        what = f"第 {first} 至 {first + tile.width - 1} 条缺失或残缺(读到 {len(leaves)} 条)"
        self.findings.append(Finding(tile.path, what))
        return None

    def _check_leaves(self, tile: Tile, leaves: list[bytes], hashes: list[bytes]) -> None:
        sealed = self._sealed(Tile(0, tile.index, tile.width))
        first = tile.index * TILE_HASHES + 1
        for place, (leaf, found) in enumerate(zip(leaves, hashes, strict=True)):
            if _number_of(leaf) != first + place:
                self.findings.append(Finding(tile.path, f"第 {first + place} 条的编号不连续"))
            if sealed and sealed[place] != found:
                what = f"第 {first + place} 条被改动：与封存时的哈希不符"
                self.findings.append(Finding(tile.path, what))

    def _add(self, level: int, found: bytes) -> None:
        if level == len(self._levels):
            self._levels.append([])
            self._counts.append(0)
        row = self._levels[level]
        row.append(found)
        if len(row) == TILE_HASHES:
            self._check_tile(Tile(level, self._counts[level]))
            self._counts[level] += 1
            self._add(level + 1, root_of(row))
            row.clear()

    def _check_edge(self) -> None:
        for level, row in enumerate(self._levels):
            if row:
                self._check_tile(Tile(level, self._counts[level], len(row)))

    def _check_tile(self, tile: Tile) -> None:
        """Compare a tile above the leaves; level 0 was compared leaf by leaf."""
        if tile.level == 0:
            return
        sealed = self._sealed(tile)
        row = self._levels[int(tile.level)]
        if sealed and sealed != row:
            self.findings.append(Finding(tile.path, "哈希与下层重新计算的结果不符"))

    def _sealed(self, tile: Tile) -> list[bytes]:
        try:
            return cut_hashes(read_tile(tile, self.read))
        except TileError as fault:
            self.findings.append(Finding(fault.path, "缺失或残缺"))
            return []


def _number_of(leaf: bytes) -> int | None:
    try:
        content = json.loads(leaf)
    except ValueError:
        return None
    number = content.get("number") if isinstance(content, dict) else None
    return number if isinstance(number, int) else None

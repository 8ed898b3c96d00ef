"""Links as chains of places from column to column, so that a long one has a lane of its own."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from shuzheng.support.workflow.rules.layout.parts import Level, Link

Below = bool | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The way of a link.

    Attributes:
        places: box ids and ``link@column`` in the direction of the link.
        leaves_aside: it leaves its box through the upper or lower edge.
        enters_aside: it enters its box so.
    """

    link: Link
    places: tuple[str, ...]
    leaves_aside: bool = False
    enters_aside: bool = False


@dataclass
class Grid:
    """Places by column from above, and who is next to whom.

    ``main`` are the pairs of neighbours, left and right, on the way that is drawn straight.
    """

    columns: list[list[str]]
    chains: tuple[Chain, ...]
    before: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    after: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    attached: dict[str, list[tuple[str, Below]]] = field(default_factory=lambda: defaultdict(list))
    main: frozenset[tuple[str, str]] = frozenset()


def is_lane(place: str) -> bool:
    """Say whether a place is a lane of a link and no box."""
    return "@" in place


def chain_up(
    level: Level, column_of: dict[str, int], back: frozenset[str], way: tuple[str, ...] = ()
) -> Grid:
    """Return all places, in the order of the drawing.

    A place of ``attached`` stands right above or below its box: ``True`` is below, ``None``
    wherever it fits better.
    """
    columns: list[list[str]] = [[] for _ in range(max(column_of.values(), default=-1) + 1)]
    for box in level.boxes:
        columns[column_of[box.id]].append(box.id)
    guards = {box.id: box.guards for box in level.boxes}
    grid = Grid(columns, ())
    # The guard furthest to the right has the uppermost lane: so no two of them cross.
    by_guard = sorted(
        level.links,
        key=lambda link: -guards[link.source].index(link.guard) if link.guard else 0,
    )
    chains = {link.id: _chain(grid, link, column_of, is_back=link.id in back) for link in by_guard}
    grid.chains = tuple(chains[link.id] for link in level.links)
    steps = set(pairwise(way))
    grid.main = frozenset(
        pair
        for chain in grid.chains
        if (chain.link.source, chain.link.target) in steps and not chain.leaves_aside
        for pair in pairwise(chain.places)
    )
    return grid


def _chain(grid: Grid, link: Link, column_of: dict[str, int], *, is_back: bool) -> Chain:
    begin, end = column_of[link.source], column_of[link.target]
    step = -1 if is_back else 1
    leaves_aside = bool(link.guard) or is_back
    first = begin if leaves_aside else begin + step
    last = end if is_back else end - step
    lanes = tuple(f"{link.id}@{column}" for column in range(first, last + step, step))
    for lane in lanes:
        grid.columns[int(lane.rpartition("@")[2])].append(lane)
    places = (
        *(() if leaves_aside else (link.source,)),
        *lanes,
        *(() if is_back else (link.target,)),
    )
    if leaves_aside:
        grid.attached[link.source].append((places[0], True if link.guard else None))
    if is_back and places[-1] != places[0]:
        grid.attached[link.target].append((places[-1], None))
    for one, other in pairwise(places):
        left, right = (other, one) if is_back else (one, other)
        grid.after[left].append(right)
        grid.before[right].append(left)
    return Chain(link, places, leaves_aside, is_back)

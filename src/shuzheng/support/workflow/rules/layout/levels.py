"""How high each place stands: chains as straight as the order in the columns allows.

After Brandes and Köpf, Fast and Simple Horizontal Coordinate Assignment (2001), on its side:
four drafts, each leaning to another corner; a place takes the middle of what they say.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from shuzheng.support.workflow.rules.layout.chains import Grid, is_lane

Gap = Callable[[str, str], float]
Pair = tuple[str, str]


def heights(grid: Grid, gap: Gap) -> dict[str, float]:
    """Return the middle of each place, from above.

    Args:
        gap: the least distance of the middles of two neighbours, the upper one first.
    """
    conflicts = frozenset(_conflicts(grid))
    drafts = [
        _draft(grid, gap, conflicts, rightwards=rightwards, upwards=upwards)
        for rightwards in (True, False)
        for upwards in (True, False)
    ]
    narrowest = min(drafts, key=_extent)
    top, bottom = min(narrowest.values(), default=0.0), max(narrowest.values(), default=0.0)
    shifted = [
        _shifted(
            draft,
            by=(top - min(draft.values())) if index % 2 == 0 else bottom - max(draft.values()),
        )
        for index, draft in enumerate(drafts)
        if draft
    ]
    return {place: _middle([draft[place] for draft in shifted]) for place in narrowest}


def _extent(draft: Mapping[str, float]) -> float:
    return max(draft.values(), default=0.0) - min(draft.values(), default=0.0)


def _shifted(draft: Mapping[str, float], *, by: float) -> dict[str, float]:
    return {place: height + by for place, height in draft.items()}


def _middle(values: list[float]) -> float:
    ordered = sorted(values)
    return (ordered[1] + ordered[2]) / 2


def _conflicts(grid: Grid) -> Iterator[Pair]:
    """Yield links that cross one which is rather to be straight: the main way, a long one."""
    for left, right in pairwise(grid.columns):
        place_of = {place: index for index, place in enumerate(right)}
        pairs = [
            (index, place_of[end], place, end)
            for index, place in enumerate(left)
            for end in grid.after.get(place, ())
        ]
        weight = {(place, other): _weight(grid, place, other) for _, _, place, other in pairs}
        for begin, end, place, other in pairs:
            stronger = [
                (b, e) for b, e, one, two in pairs if weight[one, two] > weight[place, other]
            ]
            if any((begin - b) * (end - e) < 0 for b, e in stronger):
                yield place, other


def _weight(grid: Grid, place: str, other: str) -> int:
    if (place, other) in grid.main:
        return 2
    return int(is_lane(place) and is_lane(other))


def _draft(
    grid: Grid, gap: Gap, conflicts: frozenset[Pair], *, rightwards: bool, upwards: bool
) -> dict[str, float]:
    columns = [column if upwards else column[::-1] for column in grid.columns]
    ordered = columns if rightwards else columns[::-1]
    beside = grid.before if rightwards else grid.after
    root_of = _align(ordered, beside, conflicts, grid.main)
    heights_of = _compact(columns, root_of, gap if upwards else lambda a, b: gap(b, a))
    return heights_of if upwards else {place: -height for place, height in heights_of.items()}


def _align(
    columns: Sequence[Sequence[str]],
    beside: Mapping[str, list[str]],
    conflicts: frozenset[Pair],
    main: frozenset[Pair],
) -> dict[str, str]:
    """Return the first place of the straight line each place is in."""
    root_of = {place: place for column in columns for place in column}
    for fixed, column in pairwise(columns):
        place_of = {place: index for index, place in enumerate(fixed)}
        taken = -1
        for place in column:
            for other in _wanted(place, beside.get(place, ()), place_of, main):
                is_free = place_of[other] > taken and root_of[place] == place
                if is_free and not {(place, other), (other, place)} & conflicts:
                    root_of[place] = root_of[other]
                    taken = place_of[other]
    return root_of


def _wanted(
    place: str, neighbours: Sequence[str], place_of: Mapping[str, int], main: frozenset[Pair]
) -> list[str]:
    """Return who to be level with: who is before or after on the main way, else the middle one."""
    for other in neighbours:
        if {(place, other), (other, place)} & main:
            return [other]
    mains = {each for pair in main for each in pair}
    ordered = sorted(set(neighbours) - mains, key=lambda each: place_of[each])
    count = len(ordered)
    middles = ordered[(count - 1) // 2 : count // 2 + 1] if ordered else []
    # Of a step and a way round it the step is level.
    return [each for each in middles if not is_lane(each)] or middles


def _compact(
    columns: Sequence[Sequence[str]], root_of: Mapping[str, str], gap: Gap
) -> dict[str, float]:
    """Push every straight line up as far as those above it allow, then down to those below."""
    above: dict[str, list[tuple[str, float]]] = defaultdict(list)
    below: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for column in columns:
        for upper, lower in pairwise(column):
            distance = gap(upper, lower)
            above[root_of[lower]].append((root_of[upper], distance))
            below[root_of[upper]].append((root_of[lower], distance))
    roots = _sorted_roots(set(root_of.values()), above)
    height: dict[str, float] = {}
    for root in roots:
        height[root] = max((height[up] + by for up, by in above[root]), default=0.0)
    for root in reversed(roots):
        room = min((height[down] - by for down, by in below[root]), default=height[root])
        if above[root] or below[root]:
            height[root] = max(height[root], room)
    return {place: height[root] for place, root in root_of.items()}


def _sorted_roots(roots: set[str], above: Mapping[str, list[tuple[str, float]]]) -> list[str]:
    done: dict[str, None] = {}
    for start in sorted(roots):
        way = [(start, iter(above.get(start, ())))]
        while way:
            root, uppers = way[-1]
            following = next((up for up, _ in uppers if up not in done), None)
            if following is None:
                way.pop()
                done[root] = None
            else:
                way.append((following, iter(above.get(following, ()))))
    return list(done)

"""Which column a box stands in: to the right of all that comes before it."""

from collections import defaultdict
from collections.abc import Mapping

from shuzheng.support.workflow.rules.layout.parts import Level, Link


def rank(level: Level) -> tuple[dict[str, int], frozenset[str]]:
    """Return the column of each box, and the ids of the links that lead back."""
    leaving: dict[str, list[Link]] = defaultdict(list)
    entered = set()
    for link in level.links:
        leaving[link.source].append(link)
        entered.add(link.target)
    order = [box.id for box in level.boxes]
    firsts = [key for key in order if key not in entered]
    back, finished = _walk([*firsts, *order], leaving)
    columns = _longest(reversed(finished), leaving, back)
    return _tightened(columns, leaving, entered, back), back


def main_way(level: Level, columns: Mapping[str, int], back: frozenset[str]) -> tuple[str, ...]:
    """Return the boxes on the longest way through the level, which is drawn straight."""
    leaving: dict[str, list[str]] = defaultdict(list)
    for link in level.links:
        if link.id not in back and not link.guard:
            leaving[link.source].append(link.target)
    remaining: dict[str, int] = {}
    for box in sorted(columns, key=lambda each: -columns[each]):
        remaining[box] = 1 + max((remaining[each] for each in leaving[box]), default=0)
    way = []
    following = [box.id for box in level.boxes]
    while following:
        best = max(following, key=lambda each: remaining[each])
        way.append(best)
        following = leaving[best]
    return tuple(way)


def _walk(starts: list[str], leaving: Mapping[str, list[Link]]) -> tuple[frozenset[str], list[str]]:
    """Walk in depth and return the links that close a circle, and the boxes as they are left."""
    back: set[str] = set()
    seen: set[str] = set()
    finished: list[str] = []
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        way = [(start, iter(leaving[start]))]
        open_boxes = {start}
        while way:
            box, links = way[-1]
            link = next(links, None)
            if link is None:
                way.pop()
                open_boxes.discard(box)
                finished.append(box)
            elif link.target in open_boxes:
                back.add(link.id)
            elif link.target not in seen:
                seen.add(link.target)
                open_boxes.add(link.target)
                way.append((link.target, iter(leaving[link.target])))
    return frozenset(back), finished


def _longest(
    order: "reversed[str]", leaving: Mapping[str, list[Link]], back: frozenset[str]
) -> dict[str, int]:
    columns: dict[str, int] = defaultdict(int)
    for box in order:
        columns[box] += 0
        for link in leaving[box]:
            if link.id not in back:
                columns[link.target] = max(columns[link.target], columns[box] + 1)
    return dict(columns)


def _tightened(
    columns: dict[str, int],
    leaving: Mapping[str, list[Link]],
    entered: set[str],
    back: frozenset[str],
) -> dict[str, int]:
    """Bring what nothing leads to next to what it leads to."""
    for box in columns:
        follow = [columns[link.target] for link in leaving[box] if link.id not in back]
        if box not in entered and follow:
            columns[box] = min(follow) - 1
    return columns

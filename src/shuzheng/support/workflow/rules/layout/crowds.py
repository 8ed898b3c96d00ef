"""A drawing too large to be drawn well: columns of boxes and straight lines, in little time."""

from collections.abc import Mapping

from shuzheng.support.workflow.rules.layout.parts import Bounds, Box, Level, Picture, Point

MOST_PLACES = 3_000
"""Boxes and columns crossed by links; what has more is drawn plainly, in a second at most."""
GUARD, BETWEEN, BESIDE = 36.0, 40.0, 80.0


def is_crowd(level: Level, column_of: Mapping[str, int]) -> bool:
    """Say whether a level is too large to search a good layout for."""
    crossed = sum(abs(column_of[link.target] - column_of[link.source]) for link in level.links)
    return len(level.boxes) + crossed > MOST_PLACES


def arrange_crowd(level: Level, column_of: Mapping[str, int]) -> Picture:
    """Return boxes in their columns, one under the other; lines go straight and may cross them."""
    widest = max(box.width for box in level.boxes) + BESIDE
    bottoms: dict[int, float] = {}
    shapes: dict[str, Bounds] = {}
    for box in level.boxes:
        column = column_of[box.id]
        top = bottoms.get(column, 0.0)
        shapes[box.id] = Bounds(column * widest, top, box.width, box.height)
        shapes |= _guards(box, shapes[box.id])
        bottoms[column] = top + box.height + BETWEEN
    lines = {
        link.id: _line(shapes[link.guard or link.source], shapes[link.target])
        for link in level.links
    }
    right = max(each.x + each.width for each in shapes.values())
    return Picture(right, max(bottoms.values()), shapes, {}, lines)


def _guards(box: Box, shape: Bounds) -> dict[str, Bounds]:
    bottom = shape.y + shape.height - GUARD / 2
    return {
        guard: Bounds(shape.x + index * GUARD, bottom, GUARD, GUARD)
        for index, guard in enumerate(box.guards)
    }


def _line(source: Bounds, target: Bounds) -> tuple[Point, ...]:
    begin = (source.x + source.width, source.y + source.height / 2)
    return begin, (target.x, target.y + target.height / 2)

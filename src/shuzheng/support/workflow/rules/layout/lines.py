"""The bends of lines, and where names stand."""

from itertools import pairwise

from shuzheng.support.workflow.rules.layout.chains import Chain
from shuzheng.support.workflow.rules.layout.parts import (
    LABEL_WIDTH,
    LINE,
    TASK,
    Bounds,
    Point,
    lines_of,
    width_of,
)
from shuzheng.support.workflow.rules.layout.plans import MOST_LABEL, Plan, label_column


def line(plan: Plan, chain: Chain) -> tuple[Point, ...]:
    """Return the bends of a link from edge to edge."""
    return tuple(_straightened([*_begin(plan, chain), *_bends(plan, chain), *_end(plan, chain)]))


def _begin(plan: Plan, chain: Chain) -> list[Point]:
    source, first = plan.shapes[chain.link.source], plan.height[chain.places[0]]
    if chain.link.guard:
        guard = plan.shapes[chain.link.guard]
        x = guard.x + guard.width / 2
        return [(x, guard.y + guard.height), (x, first)]
    if chain.leaves_aside:
        x = source.x + source.width / 2
        return [(x, _edge(source, first)), (x, first)]
    return [(source.x + source.width, first)]


def _end(plan: Plan, chain: Chain) -> list[Point]:
    target, last = plan.shapes[chain.link.target], plan.height[chain.places[-1]]
    if chain.enters_aside:
        # A quarter in: boundary events and lines that leave have the rest of a wide edge.
        x = target.x + target.width / (4 if target.width >= TASK[0] else 2)
        return [(x, last), (x, _edge(target, last))]
    return [(target.x, last)]


def _edge(shape: Bounds, height: float) -> float:
    return shape.y if height < shape.y else shape.y + shape.height


def _bends(plan: Plan, chain: Chain) -> list[Point]:
    points = []
    for one, other in pairwise(chain.places):
        if plan.height[one] != plan.height[other]:
            left, right = sorted((one, other), key=lambda place: plan.column_of[place])
            column = plan.column_of[left]
            x = plan.track_at(column, plan.tracks[column][left, right])
            points += [(x, plan.height[one]), (x, plan.height[other])]
    return points


def _straightened(points: list[Point]) -> list[Point]:
    """Leave out points in the middle of a straight line."""
    kept: list[Point] = []
    for point in points:
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], point):
            kept[-1] = point
        elif not kept or kept[-1] != point:
            kept.append(point)
    return kept


def _is_straight(one: Point, two: Point, three: Point) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]


def names(plan: Plan) -> dict[str, Bounds]:
    """Return where every name goes that does not stand in its shape."""
    found = {
        box.id: _below(plan.shapes[box.id], box.label) for box in plan.level.boxes if box.label
    }
    for box in plan.level.boxes:
        for guard, text in zip(box.guards, box.guard_labels, strict=True):
            if text:
                found[guard] = _beside(plan.shapes[guard], text)
    for chain in plan.grid.chains:
        if chain.link.label:
            found[chain.link.id] = _on(plan, chain)
    return found


def _below(shape: Bounds, text: str) -> Bounds:
    width = min(width_of(text), LABEL_WIDTH)
    x = shape.x + shape.width / 2 - width / 2
    return Bounds(x, shape.y + shape.height + 4, width, LINE * lines_of(text, LABEL_WIDTH))


def _beside(shape: Bounds, text: str) -> Bounds:
    """Stand right of the line that leaves a boundary event downwards."""
    width = min(width_of(text), MOST_LABEL)
    return Bounds(shape.x + shape.width / 2 + 6, shape.y + shape.height + 3, width, LINE)


def _on(plan: Plan, chain: Chain) -> Bounds:
    """Stand on the first level part of a line, past the tracks."""
    width = min(width_of(chain.link.label), MOST_LABEL)
    column = label_column(plan, chain.places)
    x = plan.track_at(column, max(plan.tracks_after(column) - 1, 0)) + 5
    y = plan.height[chain.places[1] if len(chain.places) > 1 else chain.places[0]]
    return Bounds(x, y - LINE - 4, width, LINE)

"""One level of a drawing, from left to right: columns, heights, tracks, lines."""

from shuzheng.support.workflow.rules.layout.chains import chain_up
from shuzheng.support.workflow.rules.layout.crowds import arrange_crowd, is_crowd
from shuzheng.support.workflow.rules.layout.lines import line, names
from shuzheng.support.workflow.rules.layout.ordering import order
from shuzheng.support.workflow.rules.layout.parts import Bounds, Box, Level, Picture
from shuzheng.support.workflow.rules.layout.plans import (
    BELOW,
    GUARD,
    Plan,
    lanes_of_places,
    set_columns,
    set_heights,
    set_tracks,
)
from shuzheng.support.workflow.rules.layout.ranks import main_way, rank

FROM_CORNER, BETWEEN = 44.0, 46.0
"""How far the rightmost boundary event stands from its corner, and the next from it."""


def arrange(level: Level) -> Picture:
    """Return where every box, label and line of a level goes."""
    column_of, back = rank(level)
    if is_crowd(level, column_of):
        return arrange_crowd(level, column_of)
    grid = chain_up(level, column_of, back, main_way(level, column_of, back))
    plan = Plan(level, grid, {box.id: box for box in level.boxes})
    lane_of = lanes_of_places(plan)
    order(plan.grid, lane_of)
    set_heights(plan, lane_of)
    set_tracks(plan)
    set_columns(plan)
    _place(plan)
    return _picture(plan)


def _place(plan: Plan) -> None:
    for index, column in enumerate(plan.grid.columns):
        centre = plan.lefts[index] + plan.widths[index] / 2
        for key in column:
            if key in plan.boxes:
                _place_box(plan, plan.boxes[key], centre)


def _place_box(plan: Plan, box: Box, centre: float) -> None:
    left, top = centre - box.width / 2, plan.height[box.id] - box.height / 2
    plan.shapes[box.id] = Bounds(left, top, box.width, box.height)
    for index, guard in enumerate(reversed(box.guards)):
        x = left + box.width - FROM_CORNER - index * BETWEEN
        plan.shapes[guard] = Bounds(x, top + box.height - GUARD / 2, GUARD, GUARD)


def _picture(plan: Plan) -> Picture:
    lines = {chain.link.id: line(plan, chain) for chain in plan.grid.chains}
    right = max((each.x + each.width for each in plan.shapes.values()), default=0.0)
    reached = (plan.height[place] + plan.down(place) for place in plan.height)
    lowest = max(reached, default=0.0) + BELOW
    bottom = max([lowest, *(top + height for top, height in plan.bands)])
    return Picture(right, bottom, plan.shapes, names(plan), lines, plan.bands)

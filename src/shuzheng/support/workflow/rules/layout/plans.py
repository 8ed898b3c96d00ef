"""A level while it is arranged: how high and how wide everything is."""

from collections import defaultdict
from dataclasses import dataclass, field

from shuzheng.support.workflow.rules.layout.chains import Grid, is_lane
from shuzheng.support.workflow.rules.layout.levels import heights
from shuzheng.support.workflow.rules.layout.parts import (
    LABEL_WIDTH,
    LINE,
    Bounds,
    Box,
    Level,
    width_of,
)
from shuzheng.support.workflow.rules.layout.tracks import Upright, assign

BESIDE, TRACK, BELOW = 22.0, 14.0, 30.0
GUARD = 36.0
MOST_LABEL = 140.0
GAPS = (36.0, 22.0, 22.0)
"""Room between two neighbours of a column, by how many of them are lanes of links."""
EMPTY_LANE, EMPTY_COLUMN = 60.0, 50.0
Bands = tuple[tuple[float, float], ...]


@dataclass
class Plan:
    """What is known of a level; each step adds to it."""

    level: Level
    grid: Grid
    boxes: dict[str, Box]
    height: dict[str, float] = field(default_factory=dict)
    bands: Bands = ()
    tracks: list[dict[tuple[str, str], int]] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    shapes: dict[str, Bounds] = field(default_factory=dict)
    column_of: dict[str, int] = field(default_factory=dict)

    def tracks_after(self, column: int) -> int:
        """Return how many upright tracks there are right of a column."""
        if column >= len(self.tracks):
            return 0
        return 1 + max(self.tracks[column].values(), default=-1)

    def track_at(self, column: int, track: int) -> float:
        """Return how far right a track of the gap after a column is."""
        return self.lefts[column] + self.widths[column] + BESIDE + track * TRACK

    def down(self, place: str) -> float:
        """Return how far a place reaches below its middle."""
        if place not in self.boxes:
            return 0.0
        box = self.boxes[place]
        return box.height / 2 + box.label_height + (GUARD / 2 if box.guards else 0.0)

    def up(self, place: str) -> float:
        """Return how far a place reaches above its middle."""
        return self.boxes[place].height / 2 if place in self.boxes else LINE / 2


def lanes_of_places(plan: Plan) -> dict[str, int]:
    """Return the lane of every place: its box's, or that of the box its link leaves."""
    lane_of = {box.id: box.lane for box in plan.level.boxes}
    for box, attached in plan.grid.attached.items():
        for place, _ in attached:
            lane_of[place] = plan.boxes[box].lane
    for chain in plan.grid.chains:
        for place in chain.places:
            lane_of.setdefault(place, plan.boxes[chain.link.source].lane)
    return lane_of


def set_heights(plan: Plan, lane_of: dict[str, int]) -> None:
    """Place lane under lane; without lanes there is one."""
    bands = []
    top = 0.0
    for lane in range(max(plan.level.lanes, 1)):
        part = _part(plan.grid, lane_of, lane)
        height = heights(part, lambda upper, lower: _gap(plan, upper, lower))
        upper = min((each - plan.up(key) for key, each in height.items()), default=0.0)
        lower = max((each + plan.down(key) for key, each in height.items()), default=EMPTY_LANE)
        plan.height |= {key: each - upper + top + BELOW for key, each in height.items()}
        bands.append((top, lower - upper + 2 * BELOW))
        top += lower - upper + 2 * BELOW
    plan.bands = tuple(bands) if plan.level.lanes else ()


def _part(grid: Grid, lane_of: dict[str, int], lane: int) -> Grid:
    def own(places: list[str]) -> list[str]:
        return [place for place in places if lane_of[place] == lane]

    part = Grid([own(column) for column in grid.columns], (), main=grid.main)
    part.before = {place: own(each) for place, each in grid.before.items()}
    part.after = {place: own(each) for place, each in grid.after.items()}
    return part


def _gap(plan: Plan, upper: str, lower: str) -> float:
    lanes = is_lane(upper) + is_lane(lower)
    return plan.down(upper) + plan.up(lower) + GAPS[lanes]


def set_tracks(plan: Plan) -> None:
    """Give every line that changes its height an upright track."""
    for column in plan.grid.columns[:-1]:
        uprights = [
            Upright(place, after, plan.height[place], plan.height[after])
            for place in column
            for after in plan.grid.after.get(place, ())
            if plan.height[place] != plan.height[after]
        ]
        plan.tracks.append(assign(uprights))


def set_columns(plan: Plan) -> None:
    """Measure the columns and what stands between them."""
    plan.column_of = {
        place: index for index, column in enumerate(plan.grid.columns) for place in column
    }
    labels = _label_widths(plan)
    left = 0.0
    for index, column in enumerate(plan.grid.columns):
        widths = (_width(plan.boxes[key]) for key in column if key in plan.boxes)
        width = max(widths, default=EMPTY_COLUMN)
        plan.lefts.append(left)
        plan.widths.append(width)
        left += width + 2 * BESIDE + plan.tracks_after(index) * TRACK + labels[index]


def _width(box: Box) -> float:
    return max(box.width, min(width_of(box.label), LABEL_WIDTH) if box.label else 0.0)


def _label_widths(plan: Plan) -> dict[int, float]:
    """Return how much room the names of the lines need after each column."""
    room: dict[int, float] = defaultdict(float)
    for chain in plan.grid.chains:
        if chain.link.label and len(chain.places) > 1:
            column = label_column(plan, chain.places)
            room[column] = max(room[column], min(width_of(chain.link.label), MOST_LABEL))
    return room


def label_column(plan: Plan, places: tuple[str, ...]) -> int:
    """Return the column after which the name of a line stands."""
    return min(plan.column_of[place] for place in places[:2])

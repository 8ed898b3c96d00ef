"""Who stands above whom in a column, with few crossings."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from shuzheng.support.workflow.rules.layout.chains import Grid

SWEEPS = 12


def order(grid: Grid, lane_of: Mapping[str, int]) -> None:
    """Order every column; lanes of the drawing keep theirs from above."""
    _attach(grid)
    best, fewest = _copy(grid), _crossings(grid)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        _sweep(grid, lane_of, is_rightwards=sweep % 2 == 0)
        _attach(grid)
        crossings = _crossings(grid)
        if crossings < fewest:
            best, fewest = _copy(grid), crossings
    grid.columns = best
    for column in grid.columns:
        column.sort(key=lambda place: lane_of.get(place, 0))


def _copy(grid: Grid) -> list[list[str]]:
    return [list(column) for column in grid.columns]


def _sweep(grid: Grid, lane_of: Mapping[str, int], *, is_rightwards: bool) -> None:
    columns = grid.columns if is_rightwards else grid.columns[::-1]
    beside = grid.before if is_rightwards else grid.after
    for fixed, column in pairwise(columns):
        place_of = {place: index for index, place in enumerate(fixed)}
        column.sort(key=_middle(column, beside, place_of, lane_of))


def _middle(
    column: Sequence[str],
    beside: Mapping[str, list[str]],
    place_of: Mapping[str, int],
    lane_of: Mapping[str, int],
) -> Callable[[str], tuple[int, float]]:
    own = {place: float(index) for index, place in enumerate(column)}

    def middle(place: str) -> tuple[int, float]:
        neighbours = [place_of[each] for each in beside.get(place, ())]
        mean = sum(neighbours) / len(neighbours) if neighbours else own[place]
        return lane_of.get(place, 0), mean

    return middle


def _attach(grid: Grid) -> None:
    """Move what leaves or enters a box aside right above or below it."""
    for column in grid.columns:
        place_of = {place: index for index, place in enumerate(column)}
        for box in [place for place in column if place in grid.attached]:
            above: list[str] = []
            below: list[str] = []
            for place, is_below in grid.attached[box]:
                goes_below = is_below or place_of[place] > place_of[box]
                (below if goes_below else above).append(place)
                column.remove(place)
            index = column.index(box)
            column[index : index + 1] = [*above, box, *below]


def _crossings(grid: Grid) -> int:
    return sum(_crossings_between(grid, left, right) for left, right in pairwise(grid.columns))


def _crossings_between(grid: Grid, left: Sequence[str], right: Sequence[str]) -> int:
    place_of = {place: index for index, place in enumerate(right)}
    ends = [
        end
        for place in left
        for end in sorted(place_of[each] for each in grid.after.get(place, ()))
    ]
    return sum(ends[other] < end for i, end in enumerate(ends) for other in range(i + 1, len(ends)))

"""Where lines change their height: upright tracks between two columns."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upright:
    """A line that changes height between two columns; equal ``stem`` may share a track."""

    source: str
    target: str
    begin: float
    end: float

    @property
    def span(self) -> tuple[float, float]:
        """Return the upper and the lower end."""
        return min(self.begin, self.end), max(self.begin, self.end)


Stem = tuple[str, str]


def assign(uprights: Sequence[Upright]) -> dict[tuple[str, str], int]:
    """Return the track of each upright by source and target, 0 the leftmost.

    Lines from one place share a track, else lines into one place; others that would lie on
    each other do not.
    """
    stems = _stems(uprights)
    ordered = _ordered(stems)
    tracks: list[list[tuple[float, float]]] = []
    found: dict[tuple[str, str], int] = {}
    lowest: dict[Stem, int] = {}
    for position, stem in enumerate(ordered):
        spans = [one.span for one in stems[stem]]
        span = (min(begin for begin, _ in spans), max(end for _, end in spans))
        first = max(
            (
                lowest[other] + 1
                for other in ordered[:position]
                if _overlap(span, _span(stems[other]))
            ),
            default=0,
        )
        while len(tracks) <= first:
            tracks.append([])
        tracks[first].append(span)
        lowest[stem] = first
        for one in stems[stem]:
            found[one.source, one.target] = first
    return found


def _stems(uprights: Sequence[Upright]) -> dict[Stem, list[Upright]]:
    leaving: dict[str, int] = defaultdict(int)
    entering: dict[str, int] = defaultdict(int)
    for one in uprights:
        leaving[one.source] += 1
        entering[one.target] += 1
    stems: dict[Stem, list[Upright]] = defaultdict(list)
    for one in uprights:
        by_target = entering[one.target] > leaving[one.source]
        stems[("into", one.target) if by_target else ("from", one.source)].append(one)
    return stems


def _ordered(stems: dict[Stem, list[Upright]]) -> list[Stem]:
    """Put each stem where it crosses the fewest of those placed before it."""
    ordered: list[Stem] = []
    for stem, own in stems.items():
        costs = []
        for index in range(len(ordered) + 1):
            left = sum(_crossings(stems[one], own) for one in ordered[:index])
            right = sum(_crossings(own, stems[one]) for one in ordered[index:])
            costs.append((left + right, -index))
        ordered.insert(-min(costs)[1], stem)
    return ordered


def _crossings(left: Iterable[Upright], right: Iterable[Upright]) -> int:
    """Count crossings of level and upright parts, the first being left of the second."""
    pairs = [(one, other) for one in left for other in right]
    return sum(
        (other.span[0] < one.end < other.span[1]) + (one.span[0] < other.begin < one.span[1])
        for one, other in pairs
    )


def _span(uprights: Sequence[Upright]) -> tuple[float, float]:
    return min(one.span[0] for one in uprights), max(one.span[1] for one in uprights)


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]

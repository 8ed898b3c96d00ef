"""What rests on what, in layers: each thing above all it requires, crossings kept few."""

from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Link:
    """``target`` requires ``source``."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Layers from the lowest up, and for each link the names it passes.

    A link over more than one layer passes a stand-in in each layer between, such as ``a>d:2``.
    """

    layers: tuple[tuple[str, ...], ...]
    paths: tuple[tuple[Link, tuple[str, ...]], ...]

    def orders(self) -> dict[Link, tuple[int, int]]:
        """Return which of the links to its target each is, from the left, and how many come."""
        seat = {name: number for layer in self.layers for number, name in enumerate(layer)}
        comes_from = {link: (seat[path[-2]], link.source) for link, path in self.paths}
        arriving: dict[str, list[tuple[int, str]]] = {}
        for link, place in sorted(comes_from.items(), key=lambda each: each[1]):
            arriving.setdefault(link.target, []).append(place)
        found = {link: arriving[link.target] for link in comes_from}
        return {link: (each.index(comes_from[link]), len(each)) for link, each in found.items()}


def arrange(names: tuple[str, ...], links: tuple[Link, ...]) -> Arrangement:
    """Put everything above what it requires; what requires nothing stands just below its user.

    Links that close a circle, and those to unknown names, are left out.

    >>> arrange(("a", "b"), (Link("a", "b"),)).layers
    (('a',), ('b',))
    """
    kept = _without_circles(names, tuple(dict.fromkeys(links)))
    level = _levels(names, kept)
    paths = tuple((link, _path(link, level)) for link in kept)
    layers: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for name in names:
        layers[level[name]].append(name)
    for link, path in paths:
        for step, name in enumerate(path[1:-1], 1):
            layers[level[link.source] + step].append(name)
    return Arrangement(_untangled(layers, [path for _, path in paths]), paths)


def _without_circles(names: tuple[str, ...], links: tuple[Link, ...]) -> tuple[Link, ...]:
    above: dict[str, set[str]] = {name: {name} for name in names}
    kept = []
    for link in links:
        if link.source not in above or link.target not in above:
            continue
        if link.source in above[link.target]:
            continue
        kept.append(link)
        for reaching in [each for each in above.values() if link.source in each]:
            reaching.update(above[link.target])
    return tuple(kept)


def _levels(names: tuple[str, ...], links: tuple[Link, ...]) -> dict[str, int]:
    level = dict.fromkeys(names, 0)
    for _ in names:
        for link in links:
            level[link.target] = max(level[link.target], level[link.source] + 1)
    resting = {link.target for link in links}
    for name in names:
        users = [level[link.target] for link in links if link.source == name]
        if users and name not in resting:
            level[name] = min(users) - 1
    return level


def _path(link: Link, level: dict[str, int]) -> tuple[str, ...]:
    between = range(level[link.source] + 1, level[link.target])
    return (link.source, *(f"{link.source}>{link.target}:{each}" for each in between), link.target)


def _untangled(
    layers: list[list[str]], paths: list[tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """Order each layer by where its neighbours stand, down and up a few times."""
    below: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    for path in paths:
        for low, high in pairwise(path):
            below.setdefault(high, []).append(low)
            above.setdefault(low, []).append(high)
    for sweep in range(SWEEPS):
        rising = sweep % 2 == 1
        order = range(1, len(layers)) if rising else range(len(layers) - 2, -1, -1)
        for number in order:
            fixed = layers[number - 1 if rising else number + 1]
            _sort(layers[number], fixed, below if rising else above)
    return tuple(map(tuple, layers))


def _sort(layer: list[str], fixed: list[str], neighbours: dict[str, list[str]]) -> None:
    seat = {name: (number + 0.5) / len(fixed) for number, name in enumerate(fixed)}
    own = {name: (number + 0.5) / len(layer) for number, name in enumerate(layer)}

    def middle(name: str) -> float:
        seats = [seat[each] for each in neighbours.get(name, ()) if each in seat]
        return sum(seats) / len(seats) if seats else own[name]

    layer.sort(key=middle)

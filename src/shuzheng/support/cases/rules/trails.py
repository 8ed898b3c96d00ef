"""Where a case's flow has been: what it entered and left, when, and along which lines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shuzheng.support.workflow.rules import Flow
from shuzheng.support.workflow.rules.graph import Edge


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of a flow: when, by which post, along which sequence flows of its version."""

    at: datetime
    post: str
    taken: Sequence[str]
    flow: Flow


@dataclass(frozen=True, slots=True)
class Visited:
    """An element the flow has been at.

    Attributes:
        entered: the moments it was entered, the first one first.
        left_at: when it was last left, None if it never was.
        left_by: the post whose act it left by; ``system`` for the flow itself.
    """

    element: str
    entered: tuple[datetime, ...]
    left_at: datetime | None = None
    left_by: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """All elements in the order they were first entered, and how often each line was taken."""

    visited: tuple[Visited, ...]
    lines: Mapping[str, int]


def follow_trail(flow: Flow, passages: Iterable[Passage]) -> Trail:
    """Return where the passages led, and along which lines that are drawn alike in a flow."""
    lines = {key for _, key in _edges_of(flow)}
    entered: dict[str, list[datetime]] = {}
    left: dict[str, tuple[datetime, str]] = {}
    taken: Counter[str] = Counter()
    for passage in passages:
        edges = {edge.id: edge for edge, _ in _edges_of(passage.flow)}
        for edge in (edges[key] for key in passage.taken if key in edges):
            if (edge.id, edge.source, edge.target) in lines:
                taken[edge.id] += 1
            if not passage.flow.nodes[edge.source].incoming:
                entered.setdefault(edge.source, []).append(passage.at)
            left[edge.source] = (passage.at, passage.post)
            entered.setdefault(edge.target, []).append(passage.at)
    return Trail(
        tuple(
            Visited(element, tuple(moments), *left.get(element, (None, "")))
            for element, moments in entered.items()
        ),
        dict(taken),
    )


def _edges_of(flow: Flow) -> Iterator[tuple[Edge, tuple[str, str, str]]]:
    for node in flow.nodes.values():
        for edge in node.outgoing:
            yield edge, (edge.id, edge.source, edge.target)

"""Where a case's flow has been: what it entered and left, when, and along which lines."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shuzheng.support.workflow.rules import Flow


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of a flow: when, by which post, along which sequence flows."""

    at: datetime
    post: str
    taken: Sequence[str]


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
    """Return where the passages led; what the drawing no longer has is left out."""
    edges = {edge.id: edge for node in flow.nodes.values() for edge in node.outgoing}
    entered: dict[str, list[datetime]] = {}
    left: dict[str, tuple[datetime, str]] = {}
    lines: Counter[str] = Counter()
    for passage in passages:
        for edge in (edges[key] for key in passage.taken if key in edges):
            lines[edge.id] += 1
            if not flow.nodes[edge.source].incoming:
                entered.setdefault(edge.source, []).append(passage.at)
            left[edge.source] = (passage.at, passage.post)
            entered.setdefault(edge.target, []).append(passage.at)
    return Trail(
        tuple(
            Visited(element, tuple(moments), *left.get(element, (None, "")))
            for element, moments in entered.items()
        ),
        dict(lines),
    )

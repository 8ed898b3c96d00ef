"""Parallel and inclusive blocks in which a case stands: no branch may be missing."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

from shuzheng.support.workflow.rules.graph import Edge, Flow, Node

Way: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through a block: the flow it begins with, and the steps that are in it alone."""

    edge: Edge
    steps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Block:
    """What lies between a gateway that divides and the gateway that joins."""

    split: str
    join: str
    container: str
    is_choice: bool
    branches: tuple[Branch, ...]


def blocks(flow: Flow) -> Iterator[Block]:
    """Yield the blocks of a flow; in an inclusive one the branches are a choice."""
    for node in flow.nodes.values():
        if node.kind in {"parallel", "inclusive"} and len(node.outgoing) > 1:
            join = _join_of(flow, node)
            if join is not None:
                inside = _inside(flow, node.id, join)
                branches = tuple(
                    Branch(edge, _steps(flow, edge.target, join) & inside) for edge in node.outgoing
                )
                is_choice = node.kind == "inclusive"
                yield Block(node.id, join, node.container, is_choice, branches)


def come_together(old: Iterable[Block], new: Iterable[Block], one: Way, other: Way) -> bool:
    """Say whether two ways that ran beside each other come into one branch of a block.

    Its join would then wait for a branch that nobody is in, and steps be done twice.

    Args:
        one: a step of the old version, and the step of the new one that took its place.
    """
    now = tuple(new)
    share = any({one[1], other[1]} <= branch.steps for block in now for branch in block.branches)
    return share and _are_apart(old, one[0], other[0]) and not _are_apart(now, one[1], other[1])


def _are_apart(found: Iterable[Block], one: str, other: str) -> bool:
    return any(
        one in mine.steps and other in theirs.steps
        for block in found
        for mine, theirs in permutations(block.branches, 2)
    )


def _join_of(flow: Flow, split: Node) -> str | None:
    """Return the nearest join of the same kind that every branch reaches."""
    distances = [_distances(flow, edge.target) for edge in split.outgoing]
    common = set(distances[0]).intersection(*distances[1:])
    joins = [
        key
        for key in common
        if flow.nodes[key].kind == split.kind and len(flow.nodes[key].incoming) > 1
    ]
    return min(joins, key=lambda key: (max(one[key] for one in distances), key), default=None)


def _distances(flow: Flow, start: str) -> dict[str, int]:
    found = {start: 0}
    todo = deque([start])
    while todo:
        key = todo.popleft()
        for following in _following(flow, key):
            if following not in found:
                found[following] = found[key] + 1
                todo.append(following)
    return found


def _following(flow: Flow, key: str) -> list[str]:
    node = flow.nodes[key]
    return [edge.target for edge in node.outgoing] + list(node.boundaries)


def _inside(flow: Flow, split: str, join: str) -> frozenset[str]:
    """Return the steps from which the join is still reached, and which only the split leads to.

    What an event beside the block leads to, or a way back before it, says nothing of its branches.
    """
    level = [node for node in flow.nodes.values() if node.container == flow.nodes[split].container]
    heads = [node.id for node in level if not node.incoming and node.kind != "boundary"]
    outside = {key for head in heads for key in _steps(flow, head, split)}
    reaching = {node.id for node in level if join in _distances(flow, node.id)}
    return frozenset(reaching - outside)


def _steps(flow: Flow, start: str, join: str) -> frozenset[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        key = todo.pop()
        if key not in found and key != join:
            found.add(key)
            todo += _following(flow, key)
    return frozenset(found)

"""Playing a level in every way its conditions and events allow, to find where it sticks.

A marking is the multiset of sequence flows on which tokens stand. Work always gets done here;
every condition may hold or not, every boundary event may come or not.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from shuzheng.support.workflow.rules.graph import Edge, Flow, Node
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.sentences import describe

Marking = frozenset[tuple[str, int]]
MAX_MARKINGS = 3_000
"""A level with more ways than this is left unexplored beyond them."""
MAX_CHOICES = 6
"""Of more conditional flows than this only single ones and all of them are tried."""


def explore(flow: Flow) -> Iterator[FlowProblem]:
    """Yield a warning for each gateway that may wait for ever, and each step passed twice."""
    for key in flow.containers:
        yield from _Level(flow, key).problems()


class _Level:
    """One process or subprocess."""

    def __init__(self, flow: Flow, key: str) -> None:
        self.flow = flow
        self.nodes = {node.id: node for node in flow.nodes.values() if node.container == key}
        self.targets = {
            edge.id: self.nodes[edge.target]
            for node in self.nodes.values()
            for edge in node.outgoing
        }
        self.ways_out = {node.id: tuple(self._ways_out(node)) for node in self.nodes.values()}

    def problems(self) -> Iterator[FlowProblem]:
        stuck: set[str] = set()
        doubled: set[str] = set()
        for start in self._starts():
            for marking in self._reachable(start):
                doubled |= {edge for edge, count in marking if count > 1}
                if marking and not any(True for _ in self._moves(marking)):
                    stuck |= {self.targets[edge].id for edge, _ in marking}
        for key in sorted(stuck):
            yield describe("deadlock", key)
        for key in sorted({self.targets[edge].id for edge in doubled} - stuck):
            yield describe("not-synchronised", key)

    def _starts(self) -> Iterator[Marking]:
        for node in self.nodes.values():
            if node.kind == "start" or node.instantiates:
                for ways in self.ways_out[node.id]:
                    yield _moved({}, (), ways)

    def _reachable(self, start: Marking) -> Iterator[Marking]:
        seen, todo = {start}, [start]
        while todo and len(seen) < MAX_MARKINGS:
            marking = todo.pop()
            yield marking
            if any(count > 2 for _, count in marking):  # noqa: PLR2004 - it grows without bound
                continue
            for following in self._moves(marking):
                if following not in seen:
                    seen.add(following)
                    todo.append(following)

    def _moves(self, marking: Marking) -> Iterator[Marking]:
        tokens = dict(marking)
        for node in {self.targets[edge].id: self.targets[edge] for edge in tokens}.values():
            for taken in self._ways_in(node, tokens):
                for given in self.ways_out[node.id]:
                    yield frozenset() if _terminates(node) else _moved(tokens, taken, given)

    def _ways_in(self, node: Node, tokens: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
        waiting = tuple(edge for edge in node.incoming if tokens.get(edge))
        if node.kind == "parallel" or node.start_quantity > 1:
            if len(waiting) == len(node.incoming):
                yield waiting
        elif node.kind == "inclusive" and len(node.incoming) > 1:
            if not self._more_can_come(node, waiting, tokens):
                yield waiting
        else:
            for edge in waiting:
                yield (edge,)

    def _more_can_come(
        self, node: Node, waiting: tuple[str, ...], tokens: Mapping[str, int]
    ) -> bool:
        upstream = self.flow.upstream[node.id]
        full = frozenset[str]().union(*(upstream[edge] for edge in waiting))
        empty = frozenset[str]().union(
            *(upstream[edge] for edge in node.incoming if edge not in waiting)
        )
        places = {self.targets[edge].id for edge in tokens} - {node.id}
        return any(place in empty and place not in full for place in places)

    def _ways_out(self, node: Node) -> Iterator[tuple[str, ...]]:
        if node.kind in {"exclusive", "event_gateway"}:
            yield from ((edge.id,) for edge in node.outgoing) if node.outgoing else [()]
        else:
            yield from _open(node)
        for key in node.boundaries:
            boundary = self.nodes[key]
            for ways in _open(boundary):
                if boundary.interrupting:
                    yield ways
                else:
                    yield from (ways + normal for normal in _open(node))


def _open(node: Node) -> Iterator[tuple[str, ...]]:
    """Yield the sets of flows a node may take: all that are plain, any of the conditional."""
    plain = tuple(edge.id for edge in node.outgoing if not _is_choice(node, edge))
    choices = [edge.id for edge in node.outgoing if _is_choice(node, edge)]
    if not choices:
        yield plain
        return
    sizes = range(1, len(choices) + 1) if len(choices) <= MAX_CHOICES else (1, len(choices))
    for some in chain.from_iterable(combinations(choices, size) for size in sizes):
        yield plain + some


def _is_choice(node: Node, edge: Edge) -> bool:
    return edge.condition is not None or edge.id == node.default


def _terminates(node: Node) -> bool:
    return any(one.trigger in {"terminate", "error"} for one in node.definitions) and (
        node.kind == "end"
    )


def _moved(tokens: Mapping[str, int], taken: Iterable[str], given: Iterable[str]) -> Marking:
    """Return the marking after some tokens were taken away and others given."""
    counts = dict(tokens)
    for edge in taken:
        counts[edge] -= 1
    for edge in given:
        counts[edge] = counts.get(edge, 0) + 1
    return frozenset((edge, count) for edge, count in counts.items() if count)

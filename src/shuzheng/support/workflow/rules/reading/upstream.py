"""Which nodes can still send a token along a flow into an inclusive gateway."""

from collections.abc import Mapping

from shuzheng.support.workflow.rules.graph import Node

Upstream = Mapping[str, Mapping[str, frozenset[str]]]


def upstream_of(nodes: Mapping[str, Node]) -> Upstream:
    """Return, for each joining inclusive gateway and each flow into it, the nodes before it."""
    before = predecessors(nodes)
    sources = {edge.id: edge.source for node in nodes.values() for edge in node.outgoing}
    return {
        node.id: {via: _reaching(before, sources[via], node.id) for via in node.incoming}
        for node in nodes.values()
        if node.kind == "inclusive"
    }


def predecessors(nodes: Mapping[str, Node]) -> dict[str, set[str]]:
    """Return the nodes a token can come from; to a boundary event from the activity it is on."""
    before: dict[str, set[str]] = {key: set() for key in nodes}
    for node in nodes.values():
        for edge in node.outgoing:
            if edge.target in before:
                before[edge.target].add(node.id)
        if node.attached:
            before[node.id].add(node.attached)
    return before


def _reaching(before: Mapping[str, set[str]], source: str, gateway: str) -> frozenset[str]:
    reached: set[str] = set()
    todo = [source]
    while todo:
        key = todo.pop()
        if key not in reached and key != gateway:
            reached.add(key)
            todo += before[key]
    return frozenset(reached)

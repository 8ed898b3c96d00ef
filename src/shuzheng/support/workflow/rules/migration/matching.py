"""Which step of the new version a step of the old one is."""

from dataclasses import replace

from shuzheng.support.workflow.rules.comparing import KINDS
from shuzheng.support.workflow.rules.graph import GATEWAYS, Edge, Flow, Node
from shuzheng.support.workflow.rules.migration.moves import Move, Stay, move, stay
from shuzheng.support.workflow.rules.state import CONDITION, MESSAGE, SIGNAL, TIMER, Token

EVENT_ROLES = frozenset({MESSAGE, TIMER, SIGNAL, CONDITION})


def match(old: Flow, new: Flow, token: Token) -> Move | Stay:
    """Return where a token goes, or why that cannot be told."""
    before = old.nodes[token.element]
    after = new.nodes.get(token.element) or renamed(old, new, before)
    if after is None:
        return stay(before.id, "removed")
    if after.kind != before.kind:
        return stay(before.id, "kind", old=KINDS[before.kind], new=KINDS[after.kind])
    hindrance = _hindrance(old, new, token, before, after)
    if hindrance:
        return stay(before.id, hindrance)
    if after.id != before.id:
        return move(before.id, after.id, "renamed")
    return move(before.id, after.id, "same" if _same(before, after) else "changed")


def _hindrance(old: Flow, new: Flow, token: Token, before: Node, after: Node) -> str:
    if _level(new, after) != _level(old, before):
        return "level"
    if _shape(before) != _shape(after):
        return "repetition"
    if token.role in EVENT_ROLES and _events(before) != _events(after):
        return "event"
    return ""


def renamed(old: Flow, new: Flow, before: Node) -> Node | None:
    """Return the only new step of that kind and name on that level."""
    found = [
        node
        for node in new.nodes.values()
        if node.id not in old.nodes
        and before.name
        and (node.kind, node.name, node.container) == (before.kind, before.name, before.container)
    ]
    return found[0] if len(found) == 1 else None


def _level(flow: Flow, node: Node) -> tuple[str, ...]:
    path = []
    while node.container:
        path.append(node.container)
        node = flow.nodes[node.container]
    return tuple(path)


def _shape(node: Node) -> tuple[bool, ...] | None:
    repetition = node.repetition
    return None if repetition is None else (repetition.standard, repetition.sequential)


def _events(node: Node) -> list[tuple[str, str]]:
    return [(one.trigger, one.name) for one in node.definitions]


def _same(before: Node, after: Node) -> bool:
    """Whether two nodes are drawn alike, their flows aside."""
    return _bare(before) == _bare(after)


def _bare(node: Node) -> tuple[object, ...]:
    plain = replace(node, outgoing=(), incoming=(), boundaries=(), default="")
    texts = (
        plain.script.text if plain.script else "",
        [(one.trigger, one.name, one.timer, one.literal) for one in plain.definitions],
    )
    return (plain.name, plain.lane, dict(plain.properties), plain.called, plain.result, *texts)


def same_edge(old: Flow, new: Flow, via: str, join: Node) -> Edge | None:
    """Return the flow of the new version that leads from the same step into the same join."""
    source = source_of(old, via)
    if source is None or source not in new.nodes:
        return None
    edges = [edge for edge in new.nodes[source].outgoing if edge.target == join.id]
    return edges[0] if len(edges) == 1 else None


def last_steps(flow: Flow, key: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the steps at which a case may have waited last before it left an element."""
    node = flow.nodes[key]
    if key in seen:
        return frozenset()
    if node.kind in {"subprocess", "event_subprocess"}:
        before = [one.id for one in flow.nodes.values() if _ends(one, key)]
    elif node.kind in GATEWAYS or (node.kind in {"throw", "end"} and node.incoming):
        before = [one for one in (source_of(flow, via) for via in node.incoming) if one]
    else:
        return frozenset({key})
    return frozenset[str]().union(*(last_steps(flow, one, seen | {key}) for one in before))


def _ends(node: Node, container: str) -> bool:
    return node.container == container and not node.outgoing


def source_of(flow: Flow, via: str) -> str | None:
    """Return the step a flow comes from."""
    for node in flow.nodes.values():
        for edge in node.outgoing:
            if edge.id == via:
                return node.id
    return None

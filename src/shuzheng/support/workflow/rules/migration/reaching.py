"""How far in the new version what a case has done leads: past no step it has not done."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from shuzheng.support.workflow.rules.graph import GATEWAYS, Edge, Flow, Node
from shuzheng.support.workflow.rules.migration.matching import renamed
from shuzheng.support.workflow.rules.refusals import WorkflowRefusal
from shuzheng.support.workflow.rules.stepping.machine import Machine

NO_HEADS = frozenset({"boundary", "event_subprocess"})


@dataclass(frozen=True, slots=True)
class Reach:
    """What is open to a case on one level of a flow.

    Attributes:
        places: elements before which everything has been done on some way that is open to it.
        flows: the sequence flows of these ways.
        due: the steps at which it would stand: open to it and not done.
    """

    places: frozenset[str]
    flows: frozenset[str]
    due: tuple[str, ...]


def done_in(old: Flow, new: Flow, taken: Iterable[str]) -> Iterator[str]:
    """Yield the steps of the new version that a case left along these flows of an earlier one."""
    sources = {edge.id: node for node in old.nodes.values() for edge in node.outgoing}
    for before in {sources[key].id: sources[key] for key in taken if key in sources}.values():
        after = new.nodes.get(before.id) or renamed(old, new, before)
        if after is not None and after.kind == before.kind:
            yield after.id


def reach(machine: Machine, scope: str, done: Collection[str]) -> Reach:
    """Return what is open in a scope to a case that has done these steps.

    A way is open where the case's data open it; a join is passed when all that it waits for has
    come. Inside what is repeated it is not known in which round a step was done: none counts.
    """
    flow, level = machine.flow, machine.scopes[scope].element
    done = () if _is_repeated(flow, level) else done
    nodes = {key: node for key, node in flow.nodes.items() if node.container == level}
    places = {key for key, node in nodes.items() if _is_head(node)}
    flows: set[str] = set()
    passed: set[str] = set()
    while ready := [key for key in places - passed if _is_passed(nodes[key], done)]:
        passed.update(ready)
        for edge in (edge for key in ready for edge in _open(machine, nodes[key], scope)):
            flows.add(edge.id)
            target = nodes[edge.target]
            if target.kind != "parallel" or flows >= set(target.incoming):
                places |= {target.id, *target.boundaries}
    return Reach(
        frozenset(places),
        frozenset(flows),
        tuple(key for key in nodes if key in places - passed and nodes[key].outgoing),
    )


def _is_repeated(flow: Flow, level: str) -> bool:
    while node := flow.nodes.get(level):
        if node.repetition:
            return True
        level = node.container
    return False


def _is_head(node: Node) -> bool:
    return not node.incoming and node.kind not in NO_HEADS and not node.for_compensation


def _is_passed(node: Node, done: Collection[str]) -> bool:
    is_link = node.kind == "throw" and any(one.trigger == "link" for one in node.definitions)
    return node.kind in GATEWAYS or node.kind == "start" or is_link or node.id in done


def _open(machine: Machine, node: Node, scope: str) -> list[Edge]:
    """Return the flows a case may take; where its data do not tell, none."""
    try:
        return machine.edges(node, scope)
    except WorkflowRefusal:
        return []

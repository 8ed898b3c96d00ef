"""Gateways: where tokens divide and come together."""

from shuzheng.support.workflow.rules.graph import Node
from shuzheng.support.workflow.rules.refusals import NoPathTaken
from shuzheng.support.workflow.rules.state import GATE, JOIN
from shuzheng.support.workflow.rules.stepping.catching import watch
from shuzheng.support.workflow.rules.stepping.leaving import follow
from shuzheng.support.workflow.rules.stepping.machine import Machine


def exclusive(machine: Machine, node: Node, scope: str, _via: str) -> None:
    """Take the first flow whose condition holds, or the default."""
    if len(node.outgoing) == 1 and node.outgoing[0].condition is None:
        follow(machine, node.outgoing[0], scope)
        return
    context = machine.context(scope)
    for edge in node.outgoing:
        if edge.id != node.default and (edge.condition is None or edge.condition.holds(context)):
            follow(machine, edge, scope)
            return
    for edge in node.outgoing:
        if edge.id == node.default:
            follow(machine, edge, scope)
            return
    if node.outgoing:
        raise NoPathTaken(element=node.id)


def parallel(machine: Machine, node: Node, scope: str, via: str) -> None:
    """Wait for a token on every incoming flow, then take all outgoing ones."""
    if len(node.incoming) > 1:
        machine.add(node, scope, JOIN, "", {"via": via})
        arrived = arrivals(machine, node, scope)
        if len(arrived) < len(node.incoming):
            return
        for keys in arrived.values():
            del machine.tokens[keys[0]]
    for edge in node.outgoing:
        follow(machine, edge, scope)


def arrivals(machine: Machine, node: Node, scope: str) -> dict[str, list[str]]:
    """Return the tokens that wait at a joining gateway, by the flow they came along."""
    arrived: dict[str, list[str]] = {}
    for key, token in machine.tokens.items():
        if token.element == node.id and token.scope == scope and token.role == JOIN:
            arrived.setdefault((token.data or {})["via"], []).append(key)
    return arrived


def inclusive(machine: Machine, node: Node, scope: str, via: str) -> None:
    """Wait for all tokens that can still come, then take every flow that holds."""
    if len(node.incoming) > 1:
        machine.add(node, scope, JOIN, "", {"via": via})
    else:
        _divide(machine, node, scope)


def join_inclusive(machine: Machine) -> bool:
    """Open one inclusive gateway that waits for nobody any more; tell whether there was one."""
    waiting = {
        (token.element, token.scope)
        for token in machine.tokens.values()
        if token.role == JOIN and machine.node(token).kind == "inclusive"
    }
    for element, scope in sorted(waiting):
        node = machine.flow.nodes[element]
        arrived = arrivals(machine, node, scope)
        if not _more_can_come(machine, node, scope, arrived):
            for keys in arrived.values():
                del machine.tokens[keys[0]]
            _divide(machine, node, scope)
            return True
    return False


def _more_can_come(machine: Machine, node: Node, scope: str, arrived: dict[str, list[str]]) -> bool:
    """Whether a token elsewhere can reach an empty incoming flow and none that has a token.

    Source: BPMN 2.0.2, 13.4.3 (inclusive gateway).
    """
    upstream = machine.flow.upstream[node.id]
    empty = frozenset[str]().union(*(upstream[via] for via in node.incoming if via not in arrived))
    full = frozenset[str]().union(*(upstream[via] for via in arrived))
    return any(
        token.element in empty and token.element not in full
        for token in machine.tokens.values()
        if token.scope == scope and token.element != node.id
    )


def _divide(machine: Machine, node: Node, scope: str) -> None:
    chosen = machine.edges(node, scope)
    if not chosen and node.outgoing:
        raise NoPathTaken(element=node.id)
    for edge in chosen:
        follow(machine, edge, scope)


def event_gateway(machine: Machine, node: Node, scope: str, _via: str) -> None:
    """Wait for the first of the events that follow."""
    gate = machine.add(node, scope, GATE)
    for edge in node.outgoing:
        watch(machine, machine.flow.nodes[edge.target], scope, gate)

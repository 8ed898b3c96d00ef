"""Sending tokens on and taking tokens away."""

from collections import deque
from collections.abc import Callable, Mapping

from shuzheng.support.workflow.rules.effects import CancelChild, CancelTimer, CloseTask, Effect
from shuzheng.support.workflow.rules.graph import Edge, Node
from shuzheng.support.workflow.rules.state import BODY, CHILD, TASK, TIMER
from shuzheng.support.workflow.rules.stepping.machine import Machine

WITHDRAW: Mapping[str, Callable[[str], Effect]] = {
    TASK: CloseTask,
    CHILD: CancelChild,
    TIMER: CancelTimer,
}


def leave(machine: Machine, node: Node, scope: str) -> None:
    """Send tokens out along every open flow; without one the token ends here."""
    for _ in range(node.completion_quantity):
        for edge in machine.edges(node, scope):
            follow(machine, edge, scope)


def follow(machine: Machine, edge: Edge, scope: str) -> None:
    """Send a token along one flow."""
    machine.taken.append(edge.id)
    machine.later("arrive", scope, machine.flow.nodes[edge.target], scope, edge.id)


def withdraw(machine: Machine, key: str) -> None:
    """Take a token away undone, with all that guards it, belongs to it or runs inside it."""
    token = machine.tokens.pop(key, None)
    if token is None:
        return
    effect = WITHDRAW.get(token.role)
    if effect is not None:
        machine.effects.append(effect(key))
    release(machine, key)
    if token.role == BODY:
        close(machine, machine.scope_of(key))


def release(machine: Machine, key: str) -> None:
    """Take away all tokens that guard or belong to a token."""
    for guard in machine.tokens_of(key):
        withdraw(machine, guard)


def empty(machine: Machine, scope: str) -> None:
    """Take every token of a scope away and forget what was to be done in it."""
    for key in [key for key, token in machine.tokens.items() if token.scope == scope]:
        withdraw(machine, key)
    machine.queue = deque(entry for entry in machine.queue if entry[1] != scope)


def close(machine: Machine, scope: str) -> None:
    """Empty a scope and remove it."""
    if scope in machine.scopes:
        empty(machine, scope)
        del machine.scopes[scope]
        machine.take_records(scope)

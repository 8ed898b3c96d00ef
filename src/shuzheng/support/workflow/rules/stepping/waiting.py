"""What a flow waits for from outside: messages and signals, by name and key."""

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.graph import Flow, Node
from shuzheng.support.workflow.rules.state import MESSAGE, SIGNAL, State
from shuzheng.support.workflow.rules.stepping.machine import Machine

AWAITED = frozenset({MESSAGE, SIGNAL})


class Wait(NamedTuple):
    """A message or signal that a token waits for; ``key`` is nothing where none is drawn."""

    kind: str
    name: str
    key: str | None


def awaited(state: State) -> frozenset[str]:
    """Return the tokens that wait for a message or a signal."""
    return frozenset(key for key, token in state.tokens.items() if token.role in AWAITED)


def waits(
    flow: Flow, state: State, *, variables: Mapping[str, Any], known: Container[str] = ()
) -> dict[str, Wait]:
    """Return what each token waits for, but for tokens that are ``known`` already.

    Raises:
        ValueUnusable: a correlation gives no text or number, usually for a variable nobody gave.
    """
    found: dict[str, Wait] = {}
    for key, token in state.tokens.items():
        if token.role not in AWAITED or key in known:
            continue
        node = flow.nodes[token.element]
        definition = node.definitions[(token.data or {}).get("d", 0)]
        correlation = None
        if token.role == MESSAGE and node.correlation is not None:
            correlation = correlation_of(Machine(flow, state, variables), node, token.scope)
        found[key] = Wait(token.role, definition.name, correlation)
    return found


def correlation_of(machine: Machine, node: Node, scope: str) -> str | None:
    """Return the key of a message as text, nothing where none is drawn."""
    if node.correlation is None:
        return None
    value = node.correlation.value(machine.context(scope))
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        raise node.correlation.unusable(value, gettext_noop("文字或数字"))
    return str(value)

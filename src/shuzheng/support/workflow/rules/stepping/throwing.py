"""Signals, errors, escalations and ends: what one part of a flow tells the others."""

from collections.abc import Iterator, Mapping
from typing import Any

from shuzheng.support.workflow.rules.effects import (
    Ended,
    ThrowEscalation,
    ThrowMessage,
    ThrowSignal,
)
from shuzheng.support.workflow.rules.graph import Definition, Node
from shuzheng.support.workflow.rules.state import LOOP, ROOT, SIGNAL
from shuzheng.support.workflow.rules.stepping.catching import definition_of, trigger
from shuzheng.support.workflow.rules.stepping.leaving import close, empty, leave, withdraw
from shuzheng.support.workflow.rules.stepping.machine import Machine
from shuzheng.support.workflow.rules.stepping.waiting import correlation_of

Catcher = tuple[Node, str, str]
"""An event that catches, the scope it stands in, and the token it would interrupt."""


def deliver_signal(machine: Machine, name: str, element: str, *, spare: bool = False) -> None:
    """Give a signal to every token that waits for it, and to the world."""
    machine.effects.append(ThrowSignal(name, element))
    receive_signal(machine, name, spare=spare)


def receive_signal(
    machine: Machine,
    name: str,
    payload: Mapping[str, Any] | None = None,
    *,
    spare: bool = False,
) -> None:
    """Give a signal to every token that waits for it."""
    waiting = [
        key
        for key, token in machine.tokens.items()
        if token.role == SIGNAL and definition_of(machine, token).name == name
    ]
    for key in waiting:
        if key in machine.tokens:
            trigger(machine, key, payload, spare=spare)


def throw_error(machine: Machine, node: Node, scope: str, code: str, guarded: str = "") -> None:
    """Let the innermost event that catches an error take it; uncaught it ends the flow."""
    for catcher in catchers(machine, "error", code, scope, guarded):
        interrupt(machine, catcher)
        return
    close(machine, ROOT)
    machine.effects.append(Ended("error", code, node.id))


def throw_escalation(
    machine: Machine, node: Node, scope: str, code: str, guarded: str = ""
) -> None:
    """Let the innermost event that catches an escalation take it; uncaught it goes outside."""
    for catcher in catchers(machine, "escalation", code, scope, guarded):
        interrupt(machine, catcher)
        return
    machine.effects.append(ThrowEscalation(code, node.id))


def catchers(
    machine: Machine, kind: str, code: str, scope: str, guarded: str = ""
) -> Iterator[Catcher]:
    """Yield the events that catch this, from the inside out.

    ``guarded`` is the token that throws, when it is an activity and not an event.
    """
    if guarded:
        yield from _at_boundary(machine, kind, code, guarded)
    handling = ""
    while scope in machine.scopes:
        here = machine.scopes[scope]
        for start in machine.flow.containers[here.element].events:
            node = machine.flow.nodes[start]
            if node.container != handling and _catches(node, kind, code):
                yield node, scope, ""
        if not here.host:
            return
        yield from _at_boundary(machine, kind, code, here.host)
        handling = here.element
        scope = machine.tokens[here.host].scope


def _at_boundary(machine: Machine, kind: str, code: str, key: str) -> Iterator[Catcher]:
    token = machine.tokens[key]
    owner = machine.tokens.get(token.of)
    if owner is not None and owner.role == LOOP:
        key = token.of
    for boundary in machine.node(token).boundaries:
        node = machine.flow.nodes[boundary]
        if _catches(node, kind, code):
            yield node, token.scope, key


def _catches(node: Node, kind: str, code: str) -> bool:
    return any(
        definition.trigger == kind and definition.name in {"", code}
        for definition in node.definitions
    )


def interrupt(machine: Machine, catcher: Catcher) -> None:
    """Go on from an event that caught an error or escalation."""
    node, scope, guarded = catcher
    if node.kind == "boundary":
        if node.interrupting:
            withdraw(machine, guarded)
        leave(machine, node, scope)
        return
    if node.interrupting:
        empty(machine, scope)
    machine.later("handle", scope, node, scope)


def throw(machine: Machine, node: Node, key: str) -> None:
    """Throw all that the event of a token names, as long as the token is not taken away by it."""
    for definition in node.definitions:
        if key in machine.tokens:
            _throw_one(machine, node, machine.tokens[key].scope, definition)


def _throw_one(machine: Machine, node: Node, scope: str, definition: Definition) -> None:
    if definition.trigger == "signal":
        deliver_signal(machine, definition.name, node.id)
    elif definition.trigger == "message":
        key = correlation_of(machine, node, scope)
        machine.effects.append(ThrowMessage(definition.name, node.id, node.properties, key))
    elif definition.trigger == "escalation":
        throw_escalation(machine, node, scope, definition.name)
    elif definition.trigger == "error":
        throw_error(machine, node, scope, definition.name)
    elif definition.trigger == "terminate":
        _terminate(machine, scope)


def _terminate(machine: Machine, scope: str) -> None:
    if scope == ROOT:
        close(machine, ROOT)
        machine.effects.append(Ended("terminated"))
    else:
        empty(machine, scope)

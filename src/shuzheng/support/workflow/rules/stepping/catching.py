"""Waiting for events, and what happens when one comes."""

import re
from collections.abc import Mapping
from typing import Any

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.effects import SetTimer
from shuzheng.support.workflow.rules.graph import Definition, Node
from shuzheng.support.workflow.rules.refusals import ValueUnusable
from shuzheng.support.workflow.rules.state import (
    CONDITION,
    GATE,
    MESSAGE,
    SIGNAL,
    TIMER,
    Token,
)
from shuzheng.support.workflow.rules.stepping.leaving import empty, leave, release, withdraw
from shuzheng.support.workflow.rules.stepping.machine import Machine

ROLES = {"message": MESSAGE, "timer": TIMER, "signal": SIGNAL, "conditional": CONDITION}
LITERAL_TIME = re.compile(r"(R\d*/)?(-?P[\dYMWDTHS.]+|\d{4}-\d\d-\d\d.*)")
CYCLE = re.compile(r"R(\d*)/(.+)")


def watch(machine: Machine, node: Node, scope: str, of: str = "") -> None:
    """Wait for each thing the event names; errors and escalations need no waiting."""
    for index, definition in enumerate(node.definitions):
        role = ROLES.get(definition.trigger)
        if role is not None:
            _wait(machine, node, scope, role, of, index)


def watch_boundaries(machine: Machine, node: Node, scope: str, guarded: str) -> None:
    """Wait for the boundary events of an activity that has begun."""
    for boundary in node.boundaries:
        watch(machine, machine.flow.nodes[boundary], scope, guarded)


def watch_scope(machine: Machine, scope: str, element: str) -> None:
    """Wait for the starts of the event subprocesses of a scope that has begun."""
    for start in machine.flow.containers[element].events:
        watch(machine, machine.flow.nodes[start], scope)


def catch(machine: Machine, node: Node, scope: str) -> None:
    """Stand at an intermediate event or receive task until one of its events comes."""
    if not node.definitions:
        leave(machine, node, scope)
    elif len(node.definitions) == 1:
        watch(machine, node, scope)
    else:
        watch(machine, node, scope, machine.add(node, scope, GATE))


def _wait(machine: Machine, node: Node, scope: str, role: str, of: str, index: int) -> None:
    data: dict[str, Any] = {"d": index} if index else {}
    if role == TIMER:
        data["v"] = timer_value(machine, node, node.definitions[index], scope)
    key = machine.add(node, scope, role, of, data or None)
    if role == TIMER:
        _ask(machine, key, node, node.definitions[index], data["v"])
    elif role == CONDITION:
        machine.sooner("conditions", scope)


def _ask(machine: Machine, key: str, node: Node, definition: Definition, value: str) -> None:
    kind = definition.timer or "duration"
    machine.effects.append(SetTimer(key, node.id, kind, value, node.properties))


def timer_value(machine: Machine, node: Node, definition: Definition, scope: str) -> str:
    """Return the ISO 8601 text of a timer, evaluated when it is not written out.

    Raises:
        ValueUnusable: the expression gives no duration, date or cycle.
    """
    if definition.expression is None:
        return definition.literal
    value = definition.expression.value(machine.context(scope))
    if not isinstance(value, str) or LITERAL_TIME.fullmatch(value) is None:
        raise ValueUnusable(
            element=node.id,
            text=definition.expression.text,
            value=value,
            needed=gettext_noop("时间或时长"),
        )
    return value


def definition_of(machine: Machine, token: Token) -> Definition:
    """Return the one of its event's definitions that a token waits for."""
    index: int = (token.data or {}).get("d", 0)
    return machine.node(token).definitions[index]


def trigger(
    machine: Machine,
    key: str,
    payload: Mapping[str, Any] | None = None,
    *,
    spare: bool = False,
) -> None:
    """Let the event come that a token waits for; ``spare`` the activity it would interrupt."""
    token = machine.tokens[key]
    node = machine.node(token)
    if node.needs_all and _waits_for_more(machine, key, token, node, payload):
        return
    if node.kind == "boundary":
        _keep(machine, node, payload)
        _at_boundary(machine, key, token, node, spare=spare)
    elif node.kind == "start":
        _keep(machine, node, payload)
        _at_scope(machine, key, token, node)
    elif _renew(machine, key, token, node):
        leave(machine, node, token.scope)
    else:
        _pass(machine, key, token, node, payload)


def _waits_for_more(
    machine: Machine, key: str, token: Token, node: Node, payload: Mapping[str, Any] | None
) -> bool:
    """Strike one of several definitions off; tell whether others are still to come."""
    others = [
        other
        for other, one in machine.tokens.items()
        if other != key
        and one.element == token.element
        and one.scope == token.scope
        and one.of == token.of
    ]
    if others:
        _keep(machine, node, payload)
        del machine.tokens[key]
    elif not node.interrupting:
        watch(machine, node, token.scope, token.of)
    return bool(others)


def _keep(machine: Machine, node: Node, payload: Mapping[str, Any] | None) -> None:
    if payload:
        machine.assign({node.result: payload} if node.result else payload)


def _pass(
    machine: Machine, key: str, token: Token, node: Node, payload: Mapping[str, Any] | None
) -> None:
    del machine.tokens[key]
    release(machine, key)
    gate = machine.tokens.get(token.of)
    if gate is not None and gate.role == GATE:
        withdraw(machine, token.of)
        token = token._replace(of="")
    machine.later("done", token.scope, node, token, payload)


def _at_boundary(machine: Machine, key: str, token: Token, node: Node, *, spare: bool) -> None:
    if spare:
        pass
    elif node.interrupting:
        machine.tokens.pop(key)
        withdraw(machine, token.of)
    elif not _renew(machine, key, token, node):
        del machine.tokens[key]
    leave(machine, node, token.scope)


def _at_scope(machine: Machine, key: str, token: Token, node: Node) -> None:
    if node.interrupting:
        del machine.tokens[key]
        empty(machine, token.scope)
    elif not _renew(machine, key, token, node):
        del machine.tokens[key]
    machine.later("handle", token.scope, node, token.scope)


def _renew(machine: Machine, key: str, token: Token, node: Node) -> bool:
    """Keep waiting after a non-interrupting event; a timer only while its cycle lasts."""
    if token.role != TIMER:
        again = node.kind in {"boundary", "start"} and not node.interrupting
        return again and not node.needs_all
    data = dict(token.data or {})
    value = next_cycle(data["v"])
    if value is None:
        return False
    machine.tokens[key] = token._replace(data={**data, "v": value})
    _ask(machine, key, node, definition_of(machine, token), value)
    return True


def next_cycle(value: str) -> str | None:
    """Return what is left of a cycle after one firing.

    >>> next_cycle("R3/PT1H"), next_cycle("R1/PT1H"), next_cycle("R/PT1H"), next_cycle("PT1H")
    ('R2/PT1H', None, 'R/PT1H', None)
    """
    found = CYCLE.fullmatch(value)
    if found is None:
        return None
    if not found[1]:
        return value
    return f"R{int(found[1]) - 1}/{found[2]}" if int(found[1]) > 1 else None

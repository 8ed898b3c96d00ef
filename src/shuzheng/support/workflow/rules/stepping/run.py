"""Running a flow until it waits for somebody again."""

from collections.abc import Callable, Mapping
from typing import Any

from shuzheng.support.workflow.rules.effects import Ended
from shuzheng.support.workflow.rules.graph import ACTIVITIES, Node
from shuzheng.support.workflow.rules.refusals import FlowNeverRests
from shuzheng.support.workflow.rules.state import BODY, CONDITION, JOIN, ROOT, THROW, Token
from shuzheng.support.workflow.rules.stepping import gateways
from shuzheng.support.workflow.rules.stepping.activities import (
    begin,
    done,
    enter_scope,
    remember,
)
from shuzheng.support.workflow.rules.stepping.catching import catch, definition_of, trigger
from shuzheng.support.workflow.rules.stepping.compensating import (
    begin_compensation,
    compensate_next,
    compensation_start,
)
from shuzheng.support.workflow.rules.stepping.leaving import close, leave, release
from shuzheng.support.workflow.rules.stepping.loops import (
    begin_instance,
    begin_loop,
    instance_done,
)
from shuzheng.support.workflow.rules.stepping.machine import Machine
from shuzheng.support.workflow.rules.stepping.throwing import throw

STEPS_AT_ONCE = 10_000
"""A flow that takes more steps than this without waiting is taken to go round for ever."""


def run(machine: Machine) -> None:
    """Run until every token waits.

    Raises:
        FlowNeverRests: the flow goes round without waiting.
    """
    element = ""
    for _ in range(STEPS_AT_ONCE):
        if machine.queue:
            act, _scope, arguments = machine.queue.popleft()
            if act == "arrive":
                element = arguments[0].id
            ACTS[act](machine, *arguments)
        elif not settle(machine):
            return
    raise FlowNeverRests(element=element)


def settle(machine: Machine) -> bool:
    """With no token moving: joins, ended scopes, throws, conditions; tell whether one did."""
    return (
        gateways.join_inclusive(machine)
        or _end_scope(machine)
        or _throw_first(machine)
        or _check_conditions(machine)
    )


def _arrive(machine: Machine, node: Node, scope: str, via: str) -> None:
    if node.kind in ACTIVITIES:
        _arrive_at_activity(machine, node, scope, via)
    else:
        ARRIVE[node.kind](machine, node, scope, via)


def _arrive_at_activity(machine: Machine, node: Node, scope: str, via: str) -> None:
    if node.start_quantity > 1 and not _has_quantity(machine, node, scope, via):
        return
    if node.repetition is not None:
        begin_loop(machine, node, scope)
    else:
        begin(machine, node, scope)


def _has_quantity(machine: Machine, node: Node, scope: str, via: str) -> bool:
    machine.add(node, scope, JOIN, "", {"via": via})
    keys = [key for arrived in gateways.arrivals(machine, node, scope).values() for key in arrived]
    if len(keys) < node.start_quantity:
        return False
    for key in keys:
        del machine.tokens[key]
    return True


def _arrive_at_catch(machine: Machine, node: Node, scope: str, _via: str) -> None:
    catch(machine, node, scope)


def _arrive_at_throw(machine: Machine, node: Node, scope: str, _via: str) -> None:
    if node.definitions:
        machine.add(node, scope, THROW)
    else:
        leave(machine, node, scope)


def _leave(machine: Machine, node: Node, scope: str, _via: str) -> None:
    leave(machine, node, scope)


ARRIVE: Mapping[str, Callable[[Machine, Node, str, str], None]] = {
    "start": _leave,
    "end": _arrive_at_throw,
    "throw": _arrive_at_throw,
    "catch": _arrive_at_catch,
    "exclusive": gateways.exclusive,
    "parallel": gateways.parallel,
    "inclusive": gateways.inclusive,
    "event_gateway": gateways.event_gateway,
}


def _throw_first(machine: Machine) -> bool:
    """Throw one event; those that wait elsewhere in the flow have arrived by now."""
    for key, token in machine.tokens.items():
        if token.role == THROW:
            _throw(machine, machine.node(token), key, token.scope)
            return True
    return False


def _throw(machine: Machine, node: Node, key: str, scope: str) -> None:
    throw(machine, node, key)
    if machine.tokens.pop(key, None) is None:
        return
    compensation = [one for one in node.definitions if one.trigger == "compensate"]
    if compensation:
        begin_compensation(machine, node, scope, compensation[0].name)
    else:
        leave(machine, node, scope)


def _check_conditions(machine: Machine) -> bool:
    """Trigger one conditional event that has become true; note those that became false."""
    for key, token in list(machine.tokens.items()):
        if token.role == CONDITION and _becomes_true(machine, key, token):
            trigger(machine, key)
            return True
    return False


def _becomes_true(machine: Machine, key: str, token: Token) -> bool:
    expression = definition_of(machine, token).expression
    holds = expression is not None and expression.value(machine.context(token.scope)) is True
    data = token.data or {}
    if holds != data.get("was", False):
        machine.tokens[key] = token._replace(data={**data, "was": holds})
        return holds
    return False


def _end_scope(machine: Machine) -> bool:
    """End one scope in which no token is left but watchers of event subprocesses."""
    busy = {token.scope for token in machine.tokens.values() if machine.node(token).kind != "start"}
    for key, scope in machine.scopes.items():
        if key not in busy:
            _end(machine, key, scope.host)
            return True
    return False


def _end(machine: Machine, scope: str, host: str) -> None:
    records = machine.take_records(scope)
    close(machine, scope)
    if scope == ROOT:
        machine.effects.append(Ended("completed"))
        return
    token = machine.tokens.pop(host)
    node = machine.node(token)
    release(machine, host)
    if records or compensation_start(machine, node) is not None:
        remember(machine, node, token.scope, records)
    done(machine, node, token, None)


def _handle(machine: Machine, start: Node, scope: str) -> None:
    """Run the event subprocess whose start event came."""
    host = machine.add(machine.flow.nodes[start.container], scope, BODY)
    enter_scope(machine, start.container, host, starts=(start.id,))


ACTS: Mapping[str, Callable[..., Any]] = {
    "arrive": _arrive,
    "leave": _leave,
    "done": done,
    "handle": _handle,
    "instance": begin_instance,
    "instance_done": instance_done,
    "compensate": compensate_next,
    "conditions": _check_conditions,
}

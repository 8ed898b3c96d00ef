"""Beginning and finishing activities."""

from collections.abc import Callable, Mapping
from typing import Any

from shuzheng.support.workflow.rules.effects import (
    CallService,
    OpenTask,
    RunDecision,
    StartChild,
    ThrowMessage,
)
from shuzheng.support.workflow.rules.graph import Node
from shuzheng.support.workflow.rules.state import (
    BODY,
    CHILD,
    COMPENSATE,
    DECISION,
    LOOP,
    MESSAGE,
    SERVICE,
    TASK,
    Record,
    Token,
)
from shuzheng.support.workflow.rules.stepping.catching import watch_boundaries, watch_scope
from shuzheng.support.workflow.rules.stepping.leaving import leave, release
from shuzheng.support.workflow.rules.stepping.machine import Machine
from shuzheng.support.workflow.rules.stepping.waiting import correlation_of


def begin(
    machine: Machine, node: Node, scope: str, of: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """Begin an activity once: as itself, as one instance of a loop, or as a compensation.

    ``data`` of an instance: its index ``i`` and its ``item``.
    """
    begun = BEGIN[node.kind](machine, node, scope, of, data)
    if begun and not of:
        watch_boundaries(machine, node, scope, begun)


def _item(data: Mapping[str, Any] | None) -> Any:
    return None if data is None else data.get("item")


def _open_task(
    machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None
) -> str:
    key = machine.add(node, scope, TASK, of, data)
    machine.effects.append(
        OpenTask(key, node.id, node.name, node.lane, node.properties, _item(data))
    )
    return key


def _call_service(
    machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None
) -> str:
    key = machine.add(node, scope, SERVICE, of, data)
    machine.effects.append(CallService(key, node.id, node.called, node.properties, _item(data)))
    return key


def _run_decision(
    machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None
) -> str:
    key = machine.add(node, scope, DECISION, of, data)
    machine.effects.append(RunDecision(key, node.id, node.called, node.properties, _item(data)))
    return key


def _start_child(
    machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None
) -> str:
    key = machine.add(node, scope, CHILD, of, data)
    machine.effects.append(StartChild(key, node.id, node.called, _item(data), node.properties))
    return key


def _wait_for_message(
    machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None
) -> str:
    return machine.add(node, scope, MESSAGE, of, data)


def _open_subprocess(
    machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None
) -> str:
    key = machine.add(node, scope, BODY, of, data)
    enter_scope(machine, node.id, key, instance_values(node, data))
    return key


def _send(machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None) -> str:
    key = correlation_of(machine, node, scope)
    machine.effects.append(ThrowMessage(node.called, node.id, node.properties, key))
    return _pass(machine, node, scope, of, data)


def _run_script(
    machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None
) -> str:
    result = None
    if node.script is not None:
        result = node.script.value(machine.context(scope, instance_values(node, data)))
    done(machine, node, Token(node.id, scope, TASK, of, data), result)
    return ""


def _pass(machine: Machine, node: Node, scope: str, of: str, data: Mapping[str, Any] | None) -> str:
    done(machine, node, Token(node.id, scope, TASK, of, data), None)
    return ""


Begin = Callable[[Machine, Node, str, str, Mapping[str, Any] | None], str]
BEGIN: Mapping[str, Begin] = {
    "task": _pass,
    "user": _open_task,
    "manual": _open_task,
    "service": _call_service,
    "decision": _run_decision,
    "script": _run_script,
    "send": _send,
    "receive": _wait_for_message,
    "call": _start_child,
    "subprocess": _open_subprocess,
}


def instance_values(node: Node, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return what an instance of a loop sees besides the variables: its item and its number."""
    if data is None or "i" not in data:
        return None
    values: dict[str, Any] = {"loopCounter": data["i"] + 1}
    if node.repetition is not None and node.repetition.item:
        values[node.repetition.item] = data.get("item")
    return values


def enter_scope(
    machine: Machine,
    element: str,
    host: str,
    values: Mapping[str, Any] | None = None,
    starts: tuple[str, ...] = (),
) -> str:
    """Open the scope of a process or subprocess; ``starts`` are events that have come already."""
    scope = machine.open_scope(element, host, values)
    watch_scope(machine, scope, element)
    for start in starts:
        machine.later("leave", scope, machine.flow.nodes[start], scope, "")
    for start in () if starts else machine.flow.containers[element].starts:
        machine.later("arrive", scope, machine.flow.nodes[start], scope, "")
    return scope


def finish(machine: Machine, key: str, result: Any) -> None:
    """Finish the activity of a token that waited."""
    token = machine.tokens.pop(key)
    release(machine, key)
    done(machine, machine.node(token), token, result)


def done(machine: Machine, node: Node, token: Token, result: Any) -> None:
    """Go on after an activity or event: in its loop, its compensation, or along its flows."""
    host = machine.tokens.get(token.of)
    if host is not None and host.role == LOOP:
        machine.sooner("instance_done", token.scope, token.of, token.data, result)
        return
    keep(machine, node, result)
    if host is not None and host.role == COMPENSATE:
        machine.later("compensate", token.scope, token.of)
    elif not node.for_compensation:
        remember(machine, node, token.scope)
        leave(machine, node, token.scope)


def keep(machine: Machine, node: Node, result: Any) -> None:
    """Keep what an activity gave: under the name it says, or merged when it is a mapping."""
    if node.result:
        machine.assign({node.result: result})
    elif isinstance(result, Mapping):
        machine.assign(result)


def remember(machine: Machine, node: Node, scope: str, inner: tuple[Record, ...] = ()) -> None:
    """Remember a completed activity if it could be compensated."""
    if node.handler or inner:
        machine.records.append(Record(node.id, scope, inner))

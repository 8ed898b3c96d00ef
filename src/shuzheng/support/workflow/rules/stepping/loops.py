"""Loops and several instances of one activity.

The host token of a loop keeps ``total`` (not for a standard loop), ``started``, ``done`` and, while
instances are still to be started, ``items`` in its data. An instance keeps its number ``i`` and its
``item``.
"""

from collections.abc import Mapping
from typing import Any

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.graph import Node, Repetition
from shuzheng.support.workflow.rules.state import LOOP
from shuzheng.support.workflow.rules.stepping.activities import (
    begin,
    instance_values,
    keep,
    remember,
)
from shuzheng.support.workflow.rules.stepping.catching import watch_boundaries
from shuzheng.support.workflow.rules.stepping.leaving import leave, release
from shuzheng.support.workflow.rules.stepping.machine import Machine
from shuzheng.support.workflow.rules.stepping.throwing import deliver_signal


def begin_loop(machine: Machine, node: Node, scope: str) -> None:
    """Begin a repeated activity."""
    repetition = _repetition(node)
    if repetition.standard:
        _begin_standard(machine, node, scope, repetition)
    else:
        _begin_instances(machine, node, scope, repetition)


def _repetition(node: Node) -> Repetition:
    if node.repetition is None:
        raise LookupError(node.id)
    return node.repetition


def _begin_standard(machine: Machine, node: Node, scope: str, repetition: Repetition) -> None:
    if repetition.test_before and not _again(machine, scope, repetition, 0):
        _leave_loop(machine, node, scope)
        return
    host = machine.add(node, scope, LOOP, "", {"started": 1, "done": 0})
    watch_boundaries(machine, node, scope, host)
    machine.later("instance", scope, host, {"i": 0})


def _again(machine: Machine, scope: str, repetition: Repetition, done: int) -> bool:
    if repetition.maximum is not None and done >= repetition.maximum:
        return False
    if repetition.condition is None:
        return True
    return repetition.condition.holds(machine.context(scope, {"loopCounter": done}))


def _begin_instances(machine: Machine, node: Node, scope: str, repetition: Repetition) -> None:
    items, total = _items(machine, scope, repetition)
    if repetition.output:
        machine.assign({repetition.output: [None] * total})
    if not total:
        _leave_loop(machine, node, scope)
        return
    started = 1 if repetition.sequential else total
    data: dict[str, Any] = {"total": total, "started": started, "done": 0}
    if repetition.sequential and items is not None:
        data["items"] = items
    host = machine.add(node, scope, LOOP, "", data)
    watch_boundaries(machine, node, scope, host)
    for index in range(started):
        machine.later("instance", scope, host, _instance(items, index))


def _items(machine: Machine, scope: str, repetition: Repetition) -> tuple[list[Any] | None, int]:
    context = machine.context(scope)
    if repetition.collection is not None:
        items = repetition.collection.value(context)
        if not isinstance(items, list | tuple):
            raise repetition.collection.unusable(items, gettext_noop("一个列表"))
        return list(items), len(items)
    return None, _count(repetition, context)


def _count(repetition: Repetition, context: Mapping[str, Any]) -> int:
    expression = repetition.cardinality
    if expression is None:
        return 0
    value = expression.value(context)
    try:
        count = int(value)
    except (TypeError, ValueError):
        count = -1
    if isinstance(value, bool) or count < 0:
        raise expression.unusable(value, gettext_noop("一个不小于零的整数"))
    return count


def _instance(items: list[Any] | None, index: int) -> dict[str, Any]:
    return {"i": index} if items is None else {"i": index, "item": items[index]}


def begin_instance(machine: Machine, host: str, data: Mapping[str, Any]) -> None:
    """Begin one instance, unless the loop was left meanwhile."""
    token = machine.tokens.get(host)
    if token is not None:
        begin(machine, machine.node(token), token.scope, host, data)


def instance_done(machine: Machine, host: str, data: Mapping[str, Any] | None, result: Any) -> None:
    """Take in the result of one instance; go on with the next, or leave the loop."""
    token = machine.tokens.get(host)
    if token is None:
        return
    node = machine.node(token)
    repetition = _repetition(node)
    _collect(machine, node, repetition, data or {}, result)
    counts = {**(token.data or {}), "done": (token.data or {})["done"] + 1}
    machine.tokens[host] = token._replace(data=counts)
    _announce(machine, node, token.scope, counts, data)
    if host not in machine.tokens:
        return
    if _is_over(machine, node, token.scope, counts, data):
        del machine.tokens[host]
        release(machine, host)
        _leave_loop(machine, node, token.scope)
    elif repetition.sequential:
        machine.tokens[host] = token._replace(data={**counts, "started": counts["started"] + 1})
        following = _instance(counts.get("items"), counts["done"])
        machine.later("instance", token.scope, host, following)


def _collect(
    machine: Machine, node: Node, repetition: Repetition, data: Mapping[str, Any], result: Any
) -> None:
    if not repetition.output:
        keep(machine, node, result)
        return
    if isinstance(result, Mapping) and repetition.output_item in result:
        result = result[repetition.output_item]
    collected = list(machine.variables.get(repetition.output) or ())
    index = data.get("i", len(collected))
    collected += [None] * (index + 1 - len(collected))
    collected[index] = result
    machine.assign({repetition.output: collected})


def _is_over(
    machine: Machine,
    node: Node,
    scope: str,
    counts: Mapping[str, Any],
    data: Mapping[str, Any] | None,
) -> bool:
    repetition = _repetition(node)
    if repetition.standard:
        return not _again(machine, scope, repetition, counts["done"])
    if counts["done"] >= counts["total"]:
        return True
    if repetition.condition is None:
        return False
    return repetition.condition.holds(machine.context(scope, _counters(node, counts, data)))


def _counters(
    node: Node, counts: Mapping[str, Any], data: Mapping[str, Any] | None
) -> dict[str, Any]:
    total, finished = counts["total"], counts["done"]
    active = counts["started"] - finished
    return {
        **(instance_values(node, data) or {}),
        "numberOfInstances": total,
        "numberOfActiveInstances": active,
        "numberOfCompletedInstances": finished,
        "numberOfTerminatedInstances": 0,
        "nrOfInstances": total,
        "nrOfActiveInstances": active,
        "nrOfCompletedInstances": finished,
    }


def _announce(
    machine: Machine,
    node: Node,
    scope: str,
    counts: Mapping[str, Any],
    data: Mapping[str, Any] | None,
) -> None:
    """Throw what the activity says of its instances; thrown for every one, it interrupts none."""
    repetition = _repetition(node)
    if repetition.behaviour == "all" or (repetition.behaviour == "one" and counts["done"] > 1):
        return
    context = machine.context(scope, _counters(node, counts, data))
    every = repetition.behaviour == "none"
    for condition, signal in repetition.signals:
        if condition is None or condition.holds(context):
            deliver_signal(machine, signal, node.id, spare=every)


def _leave_loop(machine: Machine, node: Node, scope: str) -> None:
    remember(machine, node, scope)
    leave(machine, node, scope)

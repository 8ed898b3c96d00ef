"""Undoing what was completed, last first."""

from shuzheng.support.workflow.rules.graph import Node
from shuzheng.support.workflow.rules.state import BODY, COMPENSATE, Record, pack, unpack
from shuzheng.support.workflow.rules.stepping.activities import begin, enter_scope
from shuzheng.support.workflow.rules.stepping.leaving import leave
from shuzheng.support.workflow.rules.stepping.machine import Machine


def begin_compensation(machine: Machine, node: Node, scope: str, activity: str) -> None:
    """Compensate what was completed in the scope, or the one activity named."""
    taken = machine.take_records(_compensated_scope(machine, scope))
    chosen = [record for record in taken if activity in {"", record.element}]
    machine.records += [record for record in taken if record not in chosen]
    data = {"todo": [pack(record) for record in chosen]}
    key = machine.add(node, scope, COMPENSATE, "", data)
    machine.later("compensate", scope, key)


def _compensated_scope(machine: Machine, scope: str) -> str:
    """In an event subprocess the activities meant are those of the scope it belongs to."""
    here = machine.scopes[scope]
    host = machine.tokens.get(here.host)
    if host is None or machine.flow.nodes[here.element].kind != "event_subprocess" or host.of:
        return scope
    return host.scope


def compensate_next(machine: Machine, key: str) -> None:
    """Compensate the last completed activity not yet compensated; after all of them go on."""
    token = machine.tokens.get(key)
    if token is None:
        return
    todo = [unpack(value) for value in (token.data or {})["todo"]]
    if not todo:
        del machine.tokens[key]
        leave(machine, machine.node(token), token.scope)
        return
    record = todo.pop()
    node = machine.flow.nodes[record.element]
    handler = compensation_start(machine, node)
    if not node.handler and handler is None:
        todo += record.inner
    machine.tokens[key] = token._replace(data={"todo": [pack(one) for one in todo]})
    if node.handler:
        begin(machine, machine.flow.nodes[node.handler], token.scope, key)
    elif handler is not None:
        _handle(machine, handler, token.scope, key, record)
    else:
        machine.later("compensate", token.scope, key)


def compensation_start(machine: Machine, node: Node) -> Node | None:
    """Return the start of the event subprocess that compensates a subprocess, if it has one."""
    container = machine.flow.containers.get(node.id)
    for start in container.events if container else ():
        event = machine.flow.nodes[start]
        if any(definition.trigger == "compensate" for definition in event.definitions):
            return event
    return None


def _handle(machine: Machine, start: Node, scope: str, of: str, record: Record) -> None:
    host = machine.add(machine.flow.nodes[start.container], scope, BODY, of)
    inner = enter_scope(machine, start.container, host, starts=(start.id,))
    machine.records += [Record(one.element, inner, one.inner) for one in record.inner]

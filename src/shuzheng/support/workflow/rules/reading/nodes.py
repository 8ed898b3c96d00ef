"""Reading flow nodes."""

from collections.abc import Mapping
from dataclasses import replace

from shuzheng.support.workflow.rules.graph import Definition, Edge, Kind, Node, Repetition
from shuzheng.support.workflow.rules.reading import vendors
from shuzheng.support.workflow.rules.reading.definitions import (
    event_definitions,
    message_name,
    read_definition,
)
from shuzheng.support.workflow.rules.reading.expressions import ExpressionReader
from shuzheng.support.workflow.rules.reading.loops import read_repetition
from shuzheng.support.workflow.rules.reading.xml import (
    BPMN,
    OURS,
    Element,
    Source,
    bare,
    child,
    flag,
    local,
    namespace,
    text,
)

KINDS: Mapping[str, Kind] = {
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "catch",
    "intermediateThrowEvent": "throw",
    "boundaryEvent": "boundary",
    "task": "task",
    "userTask": "user",
    "manualTask": "manual",
    "serviceTask": "service",
    "businessRuleTask": "decision",
    "scriptTask": "script",
    "sendTask": "send",
    "receiveTask": "receive",
    "callActivity": "call",
    "subProcess": "subprocess",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event_gateway",
}
EVENTS = frozenset({"start", "end", "catch", "throw", "boundary"})


def kind_of(element: Element) -> Kind | None:
    """Return the kind of a flow node, or nothing for other elements."""
    if local(element) == "subProcess" and flag(element, "triggeredByEvent"):
        return "event_subprocess"
    return KINDS.get(local(element)) if namespace(element) == BPMN else None


def properties(element: Element) -> dict[str, str]:
    """Return our own attributes of an element, and the properties among its extensions."""
    prefix = f"{{{OURS}}}"
    found = {
        str(key)[len(prefix) :]: str(value)
        for key, value in element.attrib.items()
        if str(key).startswith(prefix)
    }
    extensions = child(element, "extensionElements")
    for extension in extensions if extensions is not None else ():
        if extension.tag == f"{prefix}property":
            found[extension.get("name") or ""] = extension.get("value") or text(extension)
    return found


def read_node(
    source: Source,
    element: Element,
    kind: Kind,
    container: str,
    outgoing: tuple[Edge, ...],
    incoming: tuple[str, ...],
    lane: Element | None,
    reader: ExpressionReader,
) -> Node:
    """Return one flow node."""
    own = {**(properties(lane) if lane is not None else {}), **properties(element)}
    if kind == "user" and "duty" not in own and (duty := vendors.duty(element)):
        own["duty"] = duty
    node = Node(
        id=element.get("id") or "",
        kind=kind,
        name=element.get("name") or "",
        container=container,
        lane=(lane.get("name") or lane.get("id") or "") if lane is not None else "",
        properties=own,
        incoming=incoming,
        outgoing=outgoing,
        default=element.get("default") or "",
        result=own.get("result") or vendors.result(element),
        called=_called(element, kind, own),
        start_quantity=_number(element, "startQuantity"),
        completion_quantity=_number(element, "completionQuantity"),
        for_compensation=flag(element, "isForCompensation"),
        instantiates=flag(element, "instantiate"),
        correlation=reader.read(
            element, own.get("correlation") or vendors.correlation(source, element)
        ),
    )
    read = _event if kind in EVENTS else _activity
    return read(source, element, node, reader)


def _event(source: Source, element: Element, node: Node, reader: ExpressionReader) -> Node:
    return replace(
        node,
        definitions=_definitions(source, element, reader),
        attached=element.get("attachedToRef") or "",
        interrupting=flag(element, "cancelActivity", default=True)
        and flag(element, "isInterrupting", default=True),
        needs_all=flag(element, "parallelMultiple"),
    )


def _activity(source: Source, element: Element, node: Node, reader: ExpressionReader) -> Node:
    repetition: Repetition | None = read_repetition(source, element, reader)
    if node.kind in {"send", "receive"}:
        name = message_name(source, element, element)
        waits = (Definition("message", name),) if node.kind == "receive" else ()
        return replace(node, called=name, definitions=waits, repetition=repetition)
    is_script = node.kind == "script"
    script = (text(child(element, "script")) or vendors.script(element)) if is_script else ""
    return replace(node, repetition=repetition, script=reader.read(element, script))


def _definitions(
    source: Source, element: Element, reader: ExpressionReader
) -> tuple[Definition, ...]:
    return tuple(
        read_definition(source, element, definition, reader)
        for definition in event_definitions(source, element)
    )


def _number(element: Element, name: str) -> int:
    value = element.get(name) or "1"
    return int(value) if value.isdigit() else 1


def _called(element: Element, kind: Kind, own: Mapping[str, str]) -> str:
    if kind == "service":
        return own.get("operation") or vendors.operation(element)
    if kind == "decision":
        return (
            own.get("decision")
            or vendors.camunda(element, "decisionRef")
            or vendors.zeebe(element, "calledDecision", "decisionId")
        )
    if kind == "call":
        return bare(element.get("calledElement") or "") or vendors.zeebe(
            element, "calledElement", "processId"
        )
    return ""

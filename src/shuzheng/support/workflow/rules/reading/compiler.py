"""Compiling a checked drawing into a flow."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shuzheng.support.workflow.rules.graph import Container, Edge, Flow, Node, Start
from shuzheng.support.workflow.rules.reading.expressions import ExpressionReader
from shuzheng.support.workflow.rules.reading.nodes import kind_of, read_node
from shuzheng.support.workflow.rules.reading.upstream import upstream_of
from shuzheng.support.workflow.rules.reading.xml import (
    Element,
    Source,
    child,
    children,
    elements,
    local,
    text,
)

DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})


@dataclass
class _Drawing:
    """What is known of a process while it is compiled."""

    source: Source
    reader: ExpressionReader
    lanes: dict[str, Element]
    nodes: dict[str, Node] = field(default_factory=dict)
    associations: list[tuple[str, str]] = field(default_factory=list)


def compile_flow(source: Source, process: Element, reader: ExpressionReader) -> Flow:
    """Return the flow of a process; unreadable expressions are noted in the reader."""
    drawing = _Drawing(source, reader, _lanes(process))
    _read_container(drawing, process, "", None)
    _link(drawing)
    _attach(drawing)
    nodes = drawing.nodes
    containers = {key: _container(nodes, key) for key in _container_ids(nodes)}
    return Flow(
        process=process.get("id") or "",
        name=process.get("name") or "",
        nodes=nodes,
        containers=containers,
        starts=tuple(_starts(nodes)),
        upstream=upstream_of(nodes),
        variables=tuple(_data_names(process)),
        documentation=text(child(process, "documentation")),
    )


def _data_names(process: Element) -> Iterator[str]:
    for element in elements(process):
        if local(element) in DATA and element.get("name"):
            yield str(element.get("name"))


def _lanes(process: Element) -> dict[str, Element]:
    """Return the innermost lane of each flow node."""
    lanes: dict[str, Element] = {}
    for element in elements(process):
        if local(element) == "lane":
            for reference in children(element, "flowNodeRef"):
                lanes[text(reference)] = element
    return lanes


def _read_container(
    drawing: _Drawing, element: Element, container: str, lane: Element | None
) -> None:
    edges = _edges(drawing, element)
    for one in children(element, "association"):
        drawing.associations.append((one.get("sourceRef") or "", one.get("targetRef") or ""))
    for one in children(element):
        kind = kind_of(one)
        if kind is None:
            continue
        key = one.get("id") or ""
        own_lane = drawing.lanes.get(key, lane)
        drawing.nodes[key] = read_node(
            drawing.source,
            one,
            kind,
            container,
            _outgoing(one, [edge for edge in edges if edge.source == key]),
            tuple(edge.id for edge in edges if edge.target == key),
            own_lane,
            drawing.reader,
        )
        if kind in {"subprocess", "event_subprocess"}:
            _read_container(drawing, one, key, own_lane)


def _edges(drawing: _Drawing, element: Element) -> list[Edge]:
    return [
        Edge(
            one.get("id") or "",
            one.get("name") or "",
            (one.get("sourceRef") or "").strip(),
            (one.get("targetRef") or "").strip(),
            drawing.reader.read(one, text(child(one, "conditionExpression"))),
        )
        for one in children(element, "sequenceFlow")
    ]


def _outgoing(element: Element, edges: list[Edge]) -> tuple[Edge, ...]:
    """Return the flows out of a node in the order it lists them, for that is how they are tried."""
    listed = [text(one) for one in children(element, "outgoing")]
    order = {key: index for index, key in enumerate(listed)}
    return tuple(sorted(edges, key=lambda edge: order.get(edge.id, len(order))))


def _link(drawing: _Drawing) -> None:
    """Turn each link into a flow from where it is thrown to where it is caught."""
    nodes = drawing.nodes
    targets = {
        (node.container, definition.name): node.id
        for node in nodes.values()
        for definition in node.definitions
        if definition.trigger == "link" and node.kind == "catch"
    }
    for key, node in list(nodes.items()):
        links = [one.name for one in node.definitions if one.trigger == "link"]
        if not links:
            continue
        target = targets.get((node.container, links[0]))
        plain = replace(node, definitions=())
        if node.kind != "catch" and target:
            edge = Edge(f"{key}->{target}", links[0], key, target)
            plain = replace(plain, kind="throw", outgoing=(edge,))
        nodes[key] = plain


def _attach(drawing: _Drawing) -> None:
    """Tell activities their boundary events and what compensates them."""
    nodes = drawing.nodes
    handlers = dict(drawing.associations)
    for key, node in list(nodes.items()):
        if node.kind != "boundary" or node.attached not in nodes:
            continue
        host = nodes[node.attached]
        if any(one.trigger == "compensate" for one in node.definitions):
            nodes[host.id] = replace(host, handler=handlers.get(key, ""))
        else:
            nodes[host.id] = replace(host, boundaries=(*host.boundaries, key))


def _container_ids(nodes: dict[str, Node]) -> list[str]:
    subprocesses = [
        key for key, node in nodes.items() if node.kind in {"subprocess", "event_subprocess"}
    ]
    return ["", *subprocesses]


def _container(nodes: dict[str, Node], key: str) -> Container:
    inside = [node for node in nodes.values() if node.container == key]
    handlers = {node.id for node in inside if node.kind == "event_subprocess"}
    events = tuple(
        node.id for node in nodes.values() if node.kind == "start" and node.container in handlers
    )
    has_starts = any(node.kind == "start" for node in inside)
    plain = tuple(node.id for node in inside if _starts_itself(node, has_starts=has_starts))
    return Container(plain, events)


def _starts_itself(node: Node, *, has_starts: bool) -> bool:
    if has_starts:
        return node.kind == "start" and not node.definitions
    return (
        not node.incoming
        and node.kind not in {"boundary", "event_subprocess", "start"}
        and not node.for_compensation
    )


def _starts(nodes: dict[str, Node]) -> Iterator[Start]:
    for node in nodes.values():
        if node.container or not (node.kind == "start" or node.instantiates):
            continue
        if not node.definitions:
            yield Start(node.id, "none")
        for one in node.definitions:
            text_of = one.expression.text if one.expression else one.literal
            yield Start(node.id, one.trigger, one.name, one.timer, text_of)

"""Sequence flows: both ends, one level, conditions where they mean something."""

from collections.abc import Iterator

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.reading.xml import Element, child, children, flag, local, text
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import (
    ACTIVITIES,
    CONTAINERS,
    NODES,
    Drawing,
    is_event_subprocess,
    parent,
    problem,
)

CONDITIONAL = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}
DIRECTIONS = (
    ("incoming", gettext_noop("入口"), "targetRef"),
    ("outgoing", gettext_noop("出口"), "sourceRef"),
)


def check_ends(drawing: Drawing) -> Iterator[FlowProblem]:
    """A flow joins two nodes of one level."""
    for flow in drawing.flows:
        if not flow.get("sourceRef") or not flow.get("targetRef"):
            yield problem(flow, "flow-ends-missing")
        source, target = drawing.find(flow.get("sourceRef")), drawing.find(flow.get("targetRef"))
        if source is not None and target is not None and parent(source) is not parent(target):
            yield problem(flow, "flow-crosses-boundary")


def check_listings(drawing: Drawing) -> Iterator[FlowProblem]:
    """Where a drawing lists the flows of its nodes, the lists are right and complete."""
    lists = bool(drawing.named("incoming", "outgoing"))
    for node in drawing.nodes:
        for tag, direction, end in DIRECTIONS:
            listed = [text(one) for one in children(node, tag)]
            real = drawing.into(node) if tag == "incoming" else drawing.out_of(node)
            wrong = [key for key in listed if not _is_end(drawing, node, key, end)]
            left_out = [flow.get("id") for flow in real if flow.get("id") not in listed]
            for value in wrong + (left_out if lists else []):
                yield problem(node, "flow-listing-wrong", direction=direction, value=value)


def _is_end(drawing: Drawing, node: Element, key: str, end: str) -> bool:
    flow = drawing.find(key)
    return flow is not None and (flow.get(end) or "").strip() == node.get("id")


def check_conditions(drawing: Drawing) -> Iterator[FlowProblem]:
    """Conditions stand on flows out of activities and dividing gateways, beside another flow."""
    for flow in drawing.flows:
        source = drawing.find(flow.get("sourceRef"))
        if child(flow, "conditionExpression") is None or source is None:
            continue
        if local(source) not in CONDITIONAL:
            yield problem(flow, "condition-not-allowed", source=local(source))
        elif local(source) in ACTIVITIES and len(drawing.out_of(source)) == 1:
            yield problem(flow, "condition-alone")
        if source.get("default") == flow.get("id"):
            yield problem(flow, "default-conditional")


def check_defaults(drawing: Drawing) -> Iterator[FlowProblem]:
    """A default is one of the flows out, and where all flows are conditional there is one."""
    for node in drawing.nodes:
        outgoing = drawing.out_of(node)
        default = node.get("default")
        if default and default not in {flow.get("id") for flow in outgoing}:
            yield problem(node, "default-not-outgoing", value=default)
        dividing = local(node) in {"exclusiveGateway", "inclusiveGateway"} and len(outgoing) > 1
        conditional = all(child(flow, "conditionExpression") is not None for flow in outgoing)
        if dividing and conditional and not default:
            yield problem(node, "default-missing")


def check_levels(drawing: Drawing) -> Iterator[FlowProblem]:
    """Every level that starts also ends, and everything in it is on the way."""
    for level in drawing.named(*CONTAINERS):
        inside = [one for one in children(level) if local(one) in NODES]
        starts = any(local(one) == "startEvent" for one in inside)
        ends = any(local(one) == "endEvent" for one in inside)
        if starts and not ends:
            yield problem(level, "start-without-end")
        if ends and not starts and not _starts_by_event(inside):
            yield problem(level, "end-without-start")
        for node in inside:
            yield from _check_connection(drawing, node, starts=starts, ends=ends)


def _starts_by_event(inside: list[Element]) -> bool:
    return any(flag(one, "instantiate") for one in inside)


def _check_connection(
    drawing: Drawing, node: Element, *, starts: bool, ends: bool
) -> Iterator[FlowProblem]:
    if is_event_subprocess(node) or flag(node, "isForCompensation"):
        return
    if local(node) in {"startEvent", "boundaryEvent", "endEvent"} or _is_link(node):
        return
    if starts and not drawing.into(node) and not flag(node, "instantiate"):
        yield problem(node, "node-not-reached")
    if ends and not drawing.out_of(node):
        yield problem(node, "node-leads-nowhere")


def _is_link(node: Element) -> bool:
    return child(node, "linkEventDefinition") is not None

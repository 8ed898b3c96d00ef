"""The flows a node lists: modellers keep such lists, and expect them all if there are any."""

from collections import defaultdict

from lxml import etree

from shuzheng.support.workflow.rules.layout.reading import EVENTS, GATEWAYS, SUBPROCESSES, TASKS
from shuzheng.support.workflow.rules.reading.xml import (
    BPMN,
    Element,
    children,
    elements,
    local,
    namespace,
    text,
)

NODES = EVENTS | GATEWAYS | SUBPROCESSES | TASKS | {"boundaryEvent"}
BEFORE = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")


def list_flows(root: Element) -> None:
    """Write into every node which sequence flows enter and leave it, where its list lacks them."""
    leaving: dict[str, list[Element]] = defaultdict(list)
    entering: dict[str, list[Element]] = defaultdict(list)
    for one in elements(root):
        if local(one) == "sequenceFlow":
            leaving[(one.get("sourceRef") or "").strip()].append(one)
            entering[(one.get("targetRef") or "").strip()].append(one)
    for node in elements(root):
        if namespace(node) == BPMN and local(node) in NODES:
            _list(node, "outgoing", leaving[node.get("id") or ""])
            _list(node, "incoming", entering[node.get("id") or ""])


def _list(node: Element, name: str, flows: list[Element]) -> None:
    listed = {text(one) for one in children(node, name)}
    place = len([one for one in children(node) if local(one) in {*BEFORE, "incoming"}])
    if name == "incoming":
        place = len(children(node, *BEFORE))
    for flow in reversed(flows):
        key = flow.get("id")
        if key and key not in listed:
            entry = etree.Element(f"{{{BPMN}}}{name}")
            entry.text = key
            node.insert(place, entry)

"""A drawing laid out for checking: its elements, its flows and who is connected to whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shuzheng.support.workflow.rules.reading.xml import (
    BPMN,
    Element,
    Source,
    elements,
    line_of,
    local,
    name_of,
    namespace,
)
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.sentences import describe

TASKS = frozenset(
    {"task", "userTask", "manualTask", "serviceTask", "businessRuleTask", "scriptTask", "sendTask",
     "receiveTask"}
)  # fmt: skip
SUBPROCESSES = frozenset({"subProcess", "adHocSubProcess", "transaction"})
ACTIVITIES = TASKS | SUBPROCESSES | {"callActivity"}
CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
THROWING = frozenset({"endEvent", "intermediateThrowEvent"})
EVENTS = CATCHING | THROWING
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway",
     "eventBasedGateway"}
)  # fmt: skip
CHOREOGRAPHY = frozenset({"choreographyTask", "subChoreography", "callChoreography"})
NODES = ACTIVITIES | EVENTS | GATEWAYS | CHOREOGRAPHY
CONTAINERS = SUBPROCESSES | {"process"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing's BPMN elements in order, its sequence flows, and those into and out of a node."""

    source: Source
    all: tuple[Element, ...]
    flows: tuple[Element, ...]
    nodes: tuple[Element, ...]
    incoming: dict[str, list[Element]]
    outgoing: dict[str, list[Element]]

    def named(self, *names: str) -> list[Element]:
        """Return the elements of these names."""
        return [element for element in self.all if local(element) in names]

    def into(self, node: Element) -> list[Element]:
        """Return the sequence flows into a node."""
        return self.incoming.get(node.get("id") or "", [])

    def out_of(self, node: Element) -> list[Element]:
        """Return the sequence flows out of a node."""
        return self.outgoing.get(node.get("id") or "", [])

    def find(self, reference: str | None) -> Element | None:
        """Return the element a reference names."""
        return self.source.find(reference)


Check = Callable[[Drawing], Iterator[FlowProblem]]


def lay_out(source: Source) -> Drawing:
    """Return a drawing ready for checking."""
    found = tuple(one for one in elements(source.root) if namespace(one) == BPMN)
    flows = tuple(one for one in found if local(one) == "sequenceFlow")
    incoming: dict[str, list[Element]] = {}
    outgoing: dict[str, list[Element]] = {}
    for flow in flows:
        outgoing.setdefault((flow.get("sourceRef") or "").strip(), []).append(flow)
        incoming.setdefault((flow.get("targetRef") or "").strip(), []).append(flow)
    nodes = tuple(one for one in found if local(one) in NODES)
    return Drawing(source, found, flows, nodes, incoming, outgoing)


def problem(element: Element, code: str, **facts: object) -> FlowProblem:
    """Return a problem of an element in the words of its code."""
    facts = {"element": local(element), **facts}
    return describe(code, name_of(element), line_of(element), **facts)


def parent(element: Element) -> Element | None:
    """Return the element around an element."""
    return element.getparent()


def is_event_subprocess(element: Element | None) -> bool:
    """Whether an element is a subprocess triggered by an event."""
    return (
        element is not None
        and local(element) in SUBPROCESSES
        and element.get("triggeredByEvent") in {"true", "1"}
    )

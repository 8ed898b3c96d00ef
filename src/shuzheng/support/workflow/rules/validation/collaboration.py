"""Message flows between participants."""

from collections.abc import Iterator

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.reading.xml import Element, child, children, local
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import EVENTS, Drawing, parent, problem

SENDS = frozenset({"endEvent", "intermediateThrowEvent"})


def check_message_flows(drawing: Drawing) -> Iterator[FlowProblem]:
    """A message flow goes from one participant to another, out of what sends into what receives."""
    for flow in drawing.named("messageFlow"):
        source, target = drawing.find(flow.get("sourceRef")), drawing.find(flow.get("targetRef"))
        if source is None or target is None:
            continue
        if _participant(drawing, source) is _participant(drawing, target):
            yield problem(flow, "message-flow-inside")
        if local(source) in EVENTS and not _may(source, sends=True):
            yield problem(
                flow, "message-flow-direction", way=gettext_noop("流出"), value=source.get("id")
            )
        if local(target) in EVENTS and not _may(target, sends=False):
            yield problem(
                flow, "message-flow-direction", way=gettext_noop("流入"), value=target.get("id")
            )


def _participant(drawing: Drawing, element: Element) -> Element | None:
    """Return the participant's process, or the participant itself when it is a black box."""
    found: Element | None = element
    while found is not None and local(found) not in {"process", "participant"}:
        found = parent(found)
    if found is not None and local(found) == "participant" and found.get("processRef"):
        return drawing.find(found.get("processRef"))
    return found


def _may(event: Element, *, sends: bool) -> bool:
    if (local(event) in SENDS) is not sends:
        return False
    has_message = child(event, "messageEventDefinition") is not None
    return has_message or bool(children(event, "eventDefinitionRef"))

"""Reading what events wait for and throw."""

from shuzheng.support.workflow.rules.graph import Definition
from shuzheng.support.workflow.rules.reading.expressions import ExpressionReader
from shuzheng.support.workflow.rules.reading.xml import (
    Element,
    Source,
    child,
    children,
    local,
    text,
)
from shuzheng.support.workflow.rules.stepping.catching import LITERAL_TIME

SUFFIX = "EventDefinition"
TIMERS = {"timeDuration": "duration", "timeDate": "date", "timeCycle": "cycle"}


def event_definitions(source: Source, event: Element) -> list[Element]:
    """Return the event definitions of an event, written in it or referred to."""
    found = [one for one in children(event) if local(one).endswith(SUFFIX)]
    for reference in children(event, "eventDefinitionRef"):
        target = source.find(text(reference))
        if target is not None:
            found.append(target)
    return found


def read_definition(
    source: Source, event: Element, definition: Element, reader: ExpressionReader
) -> Definition:
    """Return one definition of an event."""
    trigger = local(definition).removesuffix(SUFFIX)
    if trigger == "timer":
        return _timer(event, definition, reader)
    if trigger == "conditional":
        condition = reader.read(event, text(child(definition, "condition")))
        return Definition("conditional", expression=condition)
    if trigger == "compensate":
        return Definition("compensate", (definition.get("activityRef") or "").strip())
    if trigger == "link":
        return Definition("link", link_name(source, event, definition))
    if trigger == "terminate":
        return Definition("terminate")
    return Definition(trigger, NAMES[trigger](source, event, definition))  # type: ignore[arg-type]


def link_name(source: Source, event: Element, definition: Element) -> str:
    """Return the name both ends of a link share: that of the target it refers to, or its own."""
    target = source.find(text(child(definition, "target")))
    caught = None if target is None else target.getparent()
    if target is not None and caught is not None and local(target) == local(definition):
        return target.get("name") or caught.get("name") or ""
    return definition.get("name") or event.get("name") or ""


def message_name(source: Source, owner: Element, definition: Element) -> str:
    """Return the name of the message an event or task means."""
    target = source.find(definition.get("messageRef"))
    if target is None:
        target = _message_of_operation(source, definition)
    if target is not None:
        return target.get("name") or target.get("id") or ""
    return definition.get("messageRef") or owner.get("name") or owner.get("id") or ""


def _message_of_operation(source: Source, definition: Element) -> Element | None:
    reference = definition.get("operationRef") or text(child(definition, "operationRef"))
    operation = source.find(reference)
    return None if operation is None else source.find(text(child(operation, "inMessageRef")))


def _signal_name(source: Source, event: Element, definition: Element) -> str:
    target = source.find(definition.get("signalRef"))
    if target is None:
        return definition.get("signalRef") or event.get("name") or ""
    return target.get("name") or target.get("id") or ""


def _error_code(source: Source, _event: Element, definition: Element) -> str:
    target = source.find(definition.get("errorRef"))
    if target is None:
        return definition.get("errorRef") or ""
    return target.get("errorCode") or target.get("name") or target.get("id") or ""


def _escalation_code(source: Source, _event: Element, definition: Element) -> str:
    target = source.find(definition.get("escalationRef"))
    if target is None:
        return definition.get("escalationRef") or ""
    return target.get("escalationCode") or target.get("name") or target.get("id") or ""


NAMES = {
    "message": message_name,
    "signal": _signal_name,
    "error": _error_code,
    "escalation": _escalation_code,
}


def _timer(event: Element, definition: Element, reader: ExpressionReader) -> Definition:
    for tag, kind in TIMERS.items():
        written = text(child(definition, tag))
        if written and LITERAL_TIME.fullmatch(written):
            return Definition("timer", timer=kind, literal=written)  # type: ignore[arg-type]
        if written:
            return Definition("timer", timer=kind, expression=reader.read(event, written))  # type: ignore[arg-type]
    return Definition("timer")

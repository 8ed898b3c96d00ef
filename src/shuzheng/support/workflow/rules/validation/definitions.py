"""Event definitions: a message, a code, a time."""

import re
from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading.definitions import TIMERS, event_definitions
from shuzheng.support.workflow.rules.reading.xml import (
    Element,
    Source,
    child,
    children,
    local,
    text,
)
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.stepping.catching import LITERAL_TIME
from shuzheng.support.workflow.rules.validation.drawing import (
    EVENTS,
    SUBPROCESSES,
    THROWING,
    Drawing,
    parent,
    problem,
)

LITERAL = re.compile(r"-?\d+(\.\d+)?|\"[^\"]*\"|'[^']*'")


def check_definitions(drawing: Drawing) -> Iterator[FlowProblem]:
    """What an event waits for or throws is named."""
    for event in drawing.named(*EVENTS):
        for definition in event_definitions(drawing.source, event):
            yield from _check_one(drawing.source, event, definition)


def _check_one(source: Source, event: Element, definition: Element) -> Iterator[FlowProblem]:
    tag = local(definition)
    throws = local(event) in THROWING
    if tag == "messageEventDefinition":
        yield from _check_message(event, definition)
    elif tag == "signalEventDefinition" and not definition.get("signalRef"):
        yield problem(event, "signal-missing")
    elif tag == "escalationEventDefinition" and throws and not definition.get("escalationRef"):
        yield problem(event, "escalation-missing")
    elif tag == "errorEventDefinition" and throws:
        yield from _check_error(source, event, definition)
    elif tag == "timerEventDefinition":
        yield from _check_timer(event, definition)
    elif tag == "cancelEventDefinition":
        yield from _check_cancel(source, event)


def _check_message(event: Element, definition: Element) -> Iterator[FlowProblem]:
    if not definition.get("messageRef"):
        yield problem(event, "message-missing")
    if not definition.get("operationRef") and child(definition, "operationRef") is None:
        yield problem(event, "operation-missing")


def _check_error(source: Source, event: Element, definition: Element) -> Iterator[FlowProblem]:
    error = source.find(definition.get("errorRef"))
    if not definition.get("errorRef"):
        yield problem(event, "error-missing")
    elif error is not None and not error.get("errorCode"):
        yield problem(event, "error-code-missing")


def _check_timer(event: Element, definition: Element) -> Iterator[FlowProblem]:
    times = [one for one in children(definition) if local(one) in TIMERS]
    if len(times) != 1:
        yield problem(event, "timer-count", count=len(times))
    for one in times:
        if text(one) and LITERAL_TIME.fullmatch(text(one)) is None:
            yield problem(event, "timer-by-variable", text=text(one))


def _check_cancel(source: Source, event: Element) -> Iterator[FlowProblem]:
    attached = source.find(event.get("attachedToRef"))
    level = attached if local(event) == "boundaryEvent" else parent(event)
    if level is None or local(level) != "transaction":
        yield problem(event, "cancel-outside-transaction")


def check_literals(drawing: Drawing) -> Iterator[FlowProblem]:
    """A condition is not a plain number or text."""
    names = ("conditionExpression", "completionCondition", "loopCondition", "condition")
    for condition in drawing.named(*names):
        owner = parent(condition)
        if owner is not None and LITERAL.fullmatch(text(condition)):
            yield problem(_activity(owner), "condition-not-boolean", text=text(condition))


def _activity(element: Element) -> Element:
    above = parent(element)
    if element.get("id") or above is None or local(above) in SUBPROCESSES:
        return element
    return above

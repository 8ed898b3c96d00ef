"""What operations, called elements and events take and give."""

from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading.definitions import event_definitions
from shuzheng.support.workflow.rules.reading.xml import Element, bare, child, children, local, text
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.data import item_of, same_type
from shuzheng.support.workflow.rules.validation.drawing import (
    CATCHING,
    EVENTS,
    Drawing,
    problem,
)

REFERENCES = ("messageRef", "signalRef", "escalationRef", "errorRef")


def check_operations(drawing: Drawing) -> Iterator[FlowProblem]:
    """A task that names an operation takes and gives what the operation's messages hold."""
    for task in drawing.named("serviceTask", "sendTask", "receiveTask"):
        operation = drawing.find(task.get("operationRef"))
        specification = child(task, "ioSpecification")
        if operation is None or local(operation) != "operation":
            continue
        if specification is None:
            if local(task) == "serviceTask":
                yield problem(task, "operation-data", value=operation.get("id"))
        elif not _fits_operation(drawing, task, specification, operation):
            yield problem(task, "operation-data", value=operation.get("id"))


def _fits_operation(
    drawing: Drawing, task: Element, specification: Element, operation: Element
) -> bool:
    gives = local(task) != "receiveTask"
    takes = local(task) != "sendTask"
    inward = _message_item(drawing, operation, "inMessageRef")
    outward = _message_item(drawing, operation, "outMessageRef")
    if local(task) == "receiveTask":
        outward = inward
    return (not gives or _fits(drawing, specification, "dataInput", "inputSet", inward)) and (
        not takes or _fits(drawing, specification, "dataOutput", "outputSet", outward)
    )


def _message_item(drawing: Drawing, operation: Element, name: str) -> Element | None:
    message = drawing.find(text(child(operation, name)))
    return None if message is None else drawing.find(message.get("itemRef"))


def _fits(
    drawing: Drawing, specification: Element, kind: str, sets: str, item: Element | None
) -> bool:
    data = children(specification, kind)
    if len(children(specification, sets)) > 1 or len(data) > 1:
        return False
    if item is None:
        return True
    return len(data) == 1 and same_type(item_of(drawing, data[0]), item)


def check_calls(drawing: Drawing) -> Iterator[FlowProblem]:
    """A call gives what the called element takes, and takes what it gives."""
    for call in drawing.named("callActivity"):
        own = child(call, "ioSpecification")
        target = drawing.find(bare(call.get("calledElement") or ""))
        called = None if target is None else child(target, "ioSpecification")
        if own is None or called is None:
            continue
        for kind in ("dataInput", "dataOutput"):
            if not _match(drawing, children(own, kind), children(called, kind)):
                yield problem(call, "call-data-mismatch", value=call.get("calledElement"))


def _match(drawing: Drawing, ours: list[Element], theirs: list[Element]) -> bool:
    return len(ours) == len(theirs) and all(
        same_type(item_of(drawing, one), item_of(drawing, other))
        for one, other in zip(ours, theirs, strict=True)
    )


def check_bindings(drawing: Drawing) -> Iterator[FlowProblem]:
    """A callable element that offers an interface binds its data to the operations."""
    for element in drawing.named("process", "globalTask", "globalUserTask"):
        bindings = children(element, "ioBinding")
        offers = children(element, "supportedInterfaceRef")
        if offers and not bindings:
            yield problem(element, "io-binding-missing")
        for binding in bindings:
            yield from _check_binding(drawing, element, binding)


def _check_binding(drawing: Drawing, element: Element, binding: Element) -> Iterator[FlowProblem]:
    operation = drawing.find(binding.get("operationRef"))
    if operation is None:
        return
    for attribute, message in (
        ("inputDataRef", "inMessageRef"),
        ("outputDataRef", "outMessageRef"),
    ):
        data = drawing.find(binding.get(attribute))
        item = _message_item(drawing, operation, message)
        if data is not None and item is not None and not same_type(item_of(drawing, data), item):
            yield problem(element, "io-binding-data", value=operation.get("id"))


def check_event_data(drawing: Drawing) -> Iterator[FlowProblem]:
    """An event has one piece of data for each definition that carries some, of its type."""
    for event in drawing.named(*EVENTS):
        kind = "dataOutput" if local(event) in CATCHING else "dataInput"
        data = children(event, kind)
        items = [
            item
            for definition in event_definitions(drawing.source, event)
            if (item := _carried(drawing, definition)) is not None
        ]
        if data and not (
            len(data) == len(items)
            and all(
                same_type(item_of(drawing, one), item)
                for one, item in zip(data, items, strict=True)
            )
        ):
            yield problem(event, "event-data")


def _carried(drawing: Drawing, definition: Element) -> Element | None:
    for reference in REFERENCES:
        target = drawing.find(definition.get(reference))
        if target is not None:
            return drawing.find(target.get("itemRef") or target.get("structureRef"))
    return None

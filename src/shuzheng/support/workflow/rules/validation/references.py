"""References between elements: what they name is there and is of the right kind."""

from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading.xml import Element, children, local, text
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import (
    ACTIVITIES,
    EVENTS,
    NODES,
    Drawing,
    problem,
)

DEFINITIONS = frozenset(
    f"{trigger}EventDefinition"
    for trigger in (
        "message", "timer", "signal", "error", "escalation", "conditional", "link", "compensate",
        "cancel", "terminate",
    )
)  # fmt: skip
DATA = frozenset(
    {"dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput",
     "dataOutput", "property", "inputDataItem", "outputDataItem"}
)  # fmt: skip
ANYTHING = frozenset[str]()
ENDS_OF_MESSAGES = ACTIVITIES | EVENTS | {"participant"}
ATTRIBUTES: dict[tuple[str, str], frozenset[str]] = {
    ("sequenceFlow", "sourceRef"): NODES,
    ("sequenceFlow", "targetRef"): NODES,
    ("messageFlow", "sourceRef"): ENDS_OF_MESSAGES,
    ("messageFlow", "targetRef"): ENDS_OF_MESSAGES,
    ("association", "sourceRef"): ANYTHING,
    ("association", "targetRef"): ANYTHING,
    ("boundaryEvent", "attachedToRef"): ACTIVITIES,
    ("participant", "processRef"): frozenset({"process"}),
    ("compensateEventDefinition", "activityRef"): ACTIVITIES,
    ("*", "default"): frozenset({"sequenceFlow"}),
    ("*", "messageRef"): frozenset({"message"}),
    ("*", "signalRef"): frozenset({"signal"}),
    ("*", "errorRef"): frozenset({"error"}),
    ("*", "escalationRef"): frozenset({"escalation"}),
    ("*", "operationRef"): frozenset({"operation"}),
    ("*", "itemRef"): frozenset({"itemDefinition"}),
    ("*", "itemSubjectRef"): frozenset({"itemDefinition"}),
    ("*", "dataObjectRef"): frozenset({"dataObject"}),
    ("*", "dataStoreRef"): frozenset({"dataStore"}),
    ("*", "categoryValueRef"): frozenset({"categoryValue"}),
    ("*", "correlationKeyRef"): frozenset({"correlationKey"}),
    ("*", "correlationPropertyRef"): frozenset({"correlationProperty"}),
    ("*", "parameterRef"): frozenset({"resourceParameter"}),
    ("*", "noneBehaviorEventRef"): DEFINITIONS,
    ("*", "oneBehaviorEventRef"): DEFINITIONS,
}
CHILDREN: dict[tuple[str, str], frozenset[str]] = {
    ("*", "incoming"): frozenset({"sequenceFlow"}),
    ("*", "outgoing"): frozenset({"sequenceFlow"}),
    ("lane", "flowNodeRef"): NODES,
    ("inputSet", "dataInputRefs"): frozenset({"dataInput"}),
    ("inputSet", "optionalInputRefs"): frozenset({"dataInput"}),
    ("inputSet", "whileExecutingInputRefs"): frozenset({"dataInput"}),
    ("inputSet", "outputSetRefs"): frozenset({"outputSet"}),
    ("outputSet", "dataOutputRefs"): frozenset({"dataOutput"}),
    ("outputSet", "optionalOutputRefs"): frozenset({"dataOutput"}),
    ("outputSet", "whileExecutingOutputRefs"): frozenset({"dataOutput"}),
    ("outputSet", "inputSetRefs"): frozenset({"inputSet"}),
    ("dataInputAssociation", "sourceRef"): DATA,
    ("dataInputAssociation", "targetRef"): DATA,
    ("dataOutputAssociation", "sourceRef"): DATA,
    ("dataOutputAssociation", "targetRef"): DATA,
    ("operation", "inMessageRef"): frozenset({"message"}),
    ("operation", "outMessageRef"): frozenset({"message"}),
    ("operation", "errorRef"): frozenset({"error"}),
    ("*", "operationRef"): frozenset({"operation"}),
    ("*", "eventDefinitionRef"): DEFINITIONS,
    ("*", "participantRef"): frozenset({"participant"}),
    ("participant", "interfaceRef"): frozenset({"interface"}),
    ("*", "supportedInterfaceRef"): frozenset({"interface"}),
    ("*", "messageFlowRef"): frozenset({"messageFlow"}),
    ("*", "resourceRef"): frozenset({"resource"}),
    ("*", "correlationPropertyRef"): frozenset({"correlationProperty"}),
    ("linkEventDefinition", "source"): frozenset({"linkEventDefinition"}),
    ("linkEventDefinition", "target"): frozenset({"linkEventDefinition"}),
    ("multiInstanceLoopCharacteristics", "loopDataInputRef"): DATA,
    ("multiInstanceLoopCharacteristics", "loopDataOutputRef"): DATA,
}
BY_NAME = frozenset({"loopDataInputRef", "loopDataOutputRef"})
"""These may also be the plain name of a variable."""


def check_references(drawing: Drawing) -> Iterator[FlowProblem]:
    """Every reference names an element of the right kind."""
    imports = bool(children(drawing.source.root, "import"))
    for element in drawing.all:
        for name, value, allowed in _references(element):
            yield from _check(drawing, element, name, value, allowed, imports=imports)


def _references(element: Element) -> Iterator[tuple[str, str, frozenset[str]]]:
    tag = local(element)
    for (owner, attribute), allowed in ATTRIBUTES.items():
        value = element.get(attribute)
        if owner in {"*", tag} and value:
            yield attribute, value.strip(), allowed
    for (owner, name), allowed in CHILDREN.items():
        if owner in {"*", tag}:
            for one in children(element, name):
                yield name, text(one), allowed


def _check(
    drawing: Drawing,
    element: Element,
    name: str,
    value: str,
    allowed: frozenset[str],
    *,
    imports: bool,
) -> Iterator[FlowProblem]:
    target = drawing.find(value)
    if target is not None:
        if allowed and local(target) not in allowed:
            yield problem(
                element, "reference-wrong", attribute=name, value=value, found=local(target)
            )
    elif not (imports and ":" in value) and name not in BY_NAME:
        yield problem(element, "reference-missing", attribute=name, value=value)


def check_shared_definitions(drawing: Drawing) -> Iterator[FlowProblem]:
    """An event may only refer to event definitions that stand on their own."""
    for reference in drawing.named("eventDefinitionRef"):
        target = drawing.find(text(reference))
        owner = None if target is None else target.getparent()
        event = reference.getparent()
        if owner is not None and event is not None and local(owner) in EVENTS:
            yield problem(event, "event-definition-not-shared", value=text(reference))

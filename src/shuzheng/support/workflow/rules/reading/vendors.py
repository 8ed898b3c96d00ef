"""What modellers' own extensions mean here, where the drawing says nothing in our namespace.

Read: who does a task (candidate groups become its duty), what a service task asks for (job type or
topic becomes work of another system), what a message goes by, under which name a result is kept.
Everything else of theirs is left where it stands, for the file is kept byte for byte.
"""

from shuzheng.support.workflow.rules.reading.xml import (
    CAMUNDA,
    ZEEBE,
    Element,
    Source,
    children,
    elements,
    local,
)

EXTERNAL = "external."


def zeebe(element: Element, tag: str, attribute: str) -> str:
    """Return an attribute of an extension that Camunda 8 writes."""
    for extensions in children(element, "extensionElements"):
        for one in elements(extensions):
            if one.tag == f"{{{ZEEBE}}}{tag}":
                return (one.get(attribute) or "").strip()
    return ""


def camunda(element: Element, attribute: str) -> str:
    """Return an attribute that Camunda 7 writes."""
    return (element.get(f"{{{CAMUNDA}}}{attribute}") or "").strip()


def duty(element: Element) -> str:
    """Return the first candidate group of a user task; an expression is none."""
    groups = zeebe(element, "assignmentDefinition", "candidateGroups") or camunda(
        element, "candidateGroups"
    )
    first = groups.split(",")[0].strip()
    return "" if first.startswith(("=", "$", "#")) else first


def operation(element: Element) -> str:
    """Return what a service task asks of another system."""
    asked = zeebe(element, "taskDefinition", "type") or camunda(element, "topic")
    return "" if not asked or asked.startswith(("=", "$", "#")) else f"{EXTERNAL}{asked}"


def result(element: Element) -> str:
    """Return the variable that a result is kept under."""
    own = camunda(element, "resultVariable")
    of = ("calledDecision", "script")
    return own or next(filter(None, (zeebe(element, tag, "resultVariable") for tag in of)), "")


def looped(loop: Element, attribute: str) -> str:
    """Return what several instances go over or gather; a plain variable of an expression."""
    return zeebe(loop, "loopCharacteristics", attribute).removeprefix("=").strip()


def script(element: Element) -> str:
    """Return the FEEL of a script task."""
    return zeebe(element, "script", "expression")


def is_named(element: Element) -> bool:
    """Say whether a modeller named what the element calls."""
    called = ("calledDecision", "decisionId"), ("calledElement", "processId")
    return bool(operation(element)) or any(zeebe(element, *each) for each in called)


def correlation(source: Source, element: Element) -> str:
    """Return the correlation of the message that an event or task waits for."""
    for owner in (element, *children(element)):
        if owner is element or local(owner) == "messageEventDefinition":
            message = source.find(owner.get("messageRef"))
            key = "" if message is None else zeebe(message, "subscription", "correlationKey")
            if key:
                return key
    return ""

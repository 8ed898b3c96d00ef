"""Events: which kinds may stand where, and what flows in and out of them."""

from collections.abc import Iterator

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.reading.definitions import (
    SUFFIX,
    event_definitions,
    link_name,
)
from shuzheng.support.workflow.rules.reading.xml import Element, flag, local
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import (
    EVENTS,
    SUBPROCESSES,
    Drawing,
    is_event_subprocess,
    parent,
    problem,
)

ALLOWED: dict[str, tuple[str, frozenset[str], bool]] = {
    "start": (
        gettext_noop("流程的开始事件"),
        frozenset({"message", "timer", "conditional", "signal"}),
        False,
    ),
    "inner-start": (gettext_noop("子流程的开始事件"), frozenset(), False),
    "handler-start": (
        gettext_noop("事件子流程的开始事件"),
        frozenset(
            {"message", "timer", "escalation", "error", "conditional", "signal", "compensate"}
        ),
        True,
    ),
    "endEvent": (
        gettext_noop("结束事件"),
        frozenset(
            {"message", "error", "escalation", "cancel", "compensate", "signal", "terminate"}
        ),
        False,
    ),
    "intermediateCatchEvent": (
        gettext_noop("中间捕获事件"),
        frozenset({"message", "timer", "conditional", "link", "signal"}),
        True,
    ),
    "intermediateThrowEvent": (
        gettext_noop("中间抛出事件"),
        frozenset({"message", "escalation", "link", "compensate", "signal"}),
        False,
    ),
    "boundaryEvent": (
        gettext_noop("边界事件"),
        frozenset(
            {"message", "timer", "escalation", "error", "cancel", "compensate", "conditional",
             "signal"}
        ),
        True,
    ),
}  # fmt: skip
MUST_INTERRUPT = frozenset({"error", "compensate", "cancel"})


def place_of(event: Element) -> str:
    """Return which row of ``ALLOWED`` an event belongs to."""
    if local(event) != "startEvent":
        return local(event)
    level = parent(event)
    if is_event_subprocess(level):
        return "handler-start"
    return "inner-start" if level is not None and local(level) in SUBPROCESSES else "start"


def triggers_of(drawing: Drawing, event: Element) -> list[str]:
    """Return the kinds of an event's definitions."""
    found = event_definitions(drawing.source, event)
    return [local(one).removesuffix(SUFFIX) for one in found if local(one).endswith(SUFFIX)]


def check_triggers(drawing: Drawing) -> Iterator[FlowProblem]:
    """An event is triggered by what may trigger it there."""
    for event in drawing.named(*EVENTS):
        words, allowed, needed = ALLOWED[place_of(event)]
        triggers = triggers_of(drawing, event)
        if needed and not triggers:
            yield problem(event, "trigger-missing", event=words)
        for trigger in triggers:
            if trigger not in allowed:
                yield problem(event, "trigger-not-allowed", event=words, trigger=trigger)
            elif trigger in MUST_INTERRUPT and not _interrupts(event):
                yield problem(event, "non-interrupting-not-allowed", trigger=trigger)


def _interrupts(event: Element) -> bool:
    return flag(event, "cancelActivity", default=True) and flag(
        event, "isInterrupting", default=True
    )


def check_start_and_end(drawing: Drawing) -> Iterator[FlowProblem]:
    """Nothing flows into a start or out of an end, but out of the one and into the other."""
    for event in drawing.named("startEvent"):
        if drawing.into(event):
            yield problem(event, "start-incoming")
        if not drawing.out_of(event):
            yield problem(event, "start-no-outgoing")
    for event in drawing.named("endEvent"):
        if drawing.out_of(event):
            yield problem(event, "end-outgoing")
        if not drawing.into(event):
            yield problem(event, "end-no-incoming")


def check_boundaries(drawing: Drawing) -> Iterator[FlowProblem]:
    """A boundary event stands on an activity; nothing flows into it."""
    for event in drawing.named("boundaryEvent"):
        compensates = "compensate" in triggers_of(drawing, event)
        if not event.get("attachedToRef"):
            yield problem(event, "boundary-unattached")
        if drawing.into(event):
            yield problem(event, "boundary-incoming")
        if not compensates and not drawing.out_of(event):
            yield problem(event, "boundary-no-outgoing")
        if compensates and drawing.out_of(event):
            yield problem(event, "boundary-outgoing")
        if compensates and not _has_handler(drawing, event):
            yield problem(event, "compensation-handler-missing")


def _has_handler(drawing: Drawing, event: Element) -> bool:
    ends = [
        drawing.find(one.get("targetRef"))
        for one in drawing.named("association")
        if one.get("sourceRef") == event.get("id")
    ]
    return any(end is not None and flag(end, "isForCompensation") for end in ends)


def check_intermediates(drawing: Drawing) -> Iterator[FlowProblem]:
    """An intermediate event is passed through, unless a link leads on or here."""
    for event in drawing.named("intermediateCatchEvent", "intermediateThrowEvent"):
        links = "link" in triggers_of(drawing, event)
        throws = local(event) == "intermediateThrowEvent"
        if not drawing.out_of(event) and not (links and throws):
            yield problem(event, "event-no-outgoing")
        if not drawing.into(event) and not (links and not throws):
            yield problem(event, "event-no-incoming")


def check_event_subprocesses(drawing: Drawing) -> Iterator[FlowProblem]:
    """An event subprocess has one start event and no flows."""
    for element in drawing.named(*SUBPROCESSES):
        if not is_event_subprocess(element):
            continue
        starts = [one for one in element if isinstance(one.tag, str) and local(one) == "startEvent"]
        if len(starts) != 1:
            yield problem(element, "event-subprocess-starts", count=len(starts))
        if drawing.into(element) or drawing.out_of(element):
            yield problem(element, "event-subprocess-flow")


def check_links(drawing: Drawing) -> Iterator[FlowProblem]:
    """Each link is thrown and caught on the same level, caught once."""
    caught: dict[tuple[str, str], list[Element]] = {}
    thrown: dict[tuple[str, str], list[Element]] = {}
    for definition in drawing.named("linkEventDefinition"):
        event = parent(definition)
        level = None if event is None else parent(event)
        if event is None or level is None or local(event) not in EVENTS:
            continue
        name = link_name(drawing.source, event, definition)
        side = caught if local(event) == "intermediateCatchEvent" else thrown
        side.setdefault((level.get("id") or "", name), []).append(event)
    for key, events in caught.items():
        if key not in thrown:
            yield problem(events[0], "link-unmatched", name=key[1], other=gettext_noop("抛出事件"))
        if len(events) > 1:
            yield problem(events[1], "link-duplicate", name=key[1])
    for key, events in thrown.items():
        if key not in caught:
            yield problem(events[0], "link-unmatched", name=key[1], other=gettext_noop("捕获事件"))

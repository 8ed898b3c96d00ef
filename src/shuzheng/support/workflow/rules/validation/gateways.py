"""Gateways: they divide or join, and an event gateway waits for events."""

from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading.xml import Element, child, flag, local
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import GATEWAYS, Drawing, problem

AFTER_EVENT_GATEWAY = (
    "messageEventDefinition",
    "timerEventDefinition",
    "signalEventDefinition",
    "conditionalEventDefinition",
    "eventDefinitionRef",
)


def check_directions(drawing: Drawing) -> Iterator[FlowProblem]:
    """A gateway has several flows on one side at least, on the sides its direction says."""
    for gateway in drawing.named(*GATEWAYS):
        incoming, outgoing = len(drawing.into(gateway)), len(drawing.out_of(gateway))
        direction = gateway.get("gatewayDirection") or "Unspecified"
        fits = {
            "Converging": incoming > 1 and outgoing <= 1,
            "Diverging": incoming <= 1 and outgoing > 1,
            "Mixed": incoming > 1 and outgoing > 1,
        }.get(direction, True)
        if not fits:
            yield problem(
                gateway,
                "gateway-direction",
                direction=direction,
                incoming=incoming,
                outgoing=outgoing,
            )
        if incoming < 2 and outgoing < 2 and local(gateway) != "eventBasedGateway":  # noqa: PLR2004
            yield problem(gateway, "gateway-useless")


def check_event_gateways(drawing: Drawing) -> Iterator[FlowProblem]:
    """What follows an event gateway are events that it alone leads to."""
    for gateway in drawing.named("eventBasedGateway"):
        if len(drawing.out_of(gateway)) < 2:  # noqa: PLR2004 - one event is no choice
            yield problem(gateway, "event-gateway-outgoing")
        if flag(gateway, "instantiate") and drawing.into(gateway):
            yield problem(gateway, "event-gateway-instantiate")
        targets = [drawing.find(flow.get("targetRef")) for flow in drawing.out_of(gateway)]
        found = [target for target in targets if target is not None]
        for target in found:
            yield from _check_target(drawing, target)
        if _mixes(found):
            yield problem(gateway, "event-gateway-mixed")


def _check_target(drawing: Drawing, target: Element) -> Iterator[FlowProblem]:
    if not _waits(target):
        yield problem(target, "event-gateway-target")
    if len(drawing.into(target)) > 1:
        yield problem(target, "event-gateway-target-incoming")
    if local(target) == "receiveTask" and any(
        event.get("attachedToRef") == target.get("id") for event in drawing.named("boundaryEvent")
    ):
        yield problem(target, "event-gateway-boundary")


def _waits(target: Element) -> bool:
    if local(target) == "receiveTask":
        return True
    return local(target) == "intermediateCatchEvent" and any(
        child(target, name) is not None for name in AFTER_EVENT_GATEWAY
    )


def _mixes(targets: list[Element]) -> bool:
    receives = any(local(target) == "receiveTask" for target in targets)
    messages = any(child(target, "messageEventDefinition") is not None for target in targets)
    return receives and messages

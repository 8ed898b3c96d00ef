"""What this engine does not run, refused by name."""

from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading.xml import bare, children, flag, local
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import (
    ACTIVITIES,
    CHOREOGRAPHY,
    EVENTS,
    Drawing,
    parent,
    problem,
)

UNSUPPORTED = {
    "adHocSubProcess": "unsupported-ad-hoc",
    "transaction": "unsupported-transaction",
    "complexGateway": "unsupported-complex-gateway",
    "cancelEventDefinition": "unsupported-cancel",
    "choreography": "unsupported-choreography",
    **dict.fromkeys(CHOREOGRAPHY, "unsupported-choreography"),
}


def check_support(drawing: Drawing) -> Iterator[FlowProblem]:
    """Every element is one this engine runs or may safely leave aside."""
    for element in drawing.named(*UNSUPPORTED):
        owner = parent(element)
        where = owner if owner is not None and local(owner) in EVENTS else element
        yield problem(where, UNSUPPORTED[local(element)])
    for gateway in drawing.named("eventBasedGateway"):
        if gateway.get("eventGatewayType") == "Parallel":
            yield problem(gateway, "unsupported-parallel-event-gateway")


def check_calls(drawing: Drawing) -> Iterator[FlowProblem]:
    """Called elements are processes; what compensates does not repeat."""
    for call in drawing.named("callActivity"):
        target = drawing.find(bare(call.get("calledElement") or ""))
        if target is not None and local(target).startswith("global"):
            yield problem(call, "unsupported-global-task", value=call.get("calledElement"))
    for activity in drawing.named(*ACTIVITIES):
        loops = children(
            activity, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"
        )
        if loops and flag(activity, "isForCompensation"):
            yield problem(activity, "unsupported-compensation-loop")

"""Activities: quantities, loops, scripts, compensation."""

from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading import vendors
from shuzheng.support.workflow.rules.reading.nodes import kind_of, properties
from shuzheng.support.workflow.rules.reading.xml import (
    CAMUNDA,
    Element,
    child,
    children,
    flag,
    local,
)
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import (
    ACTIVITIES,
    CHOREOGRAPHY,
    CONTAINERS,
    Drawing,
    parent,
    problem,
)

FEEL_FORMATS = frozenset({"", "feel", "text/feel", "application/feel", "text/x-feel"})
PERFORMERS = ("resourceRole", "performer", "humanPerformer", "potentialOwner")


def check_quantities(drawing: Drawing) -> Iterator[FlowProblem]:
    """An activity needs and makes at least one token."""
    for activity in drawing.named(*ACTIVITIES):
        for attribute in ("startQuantity", "completionQuantity"):
            value = activity.get(attribute)
            if value is not None and not (value.isdigit() and int(value) > 0):
                yield problem(activity, "quantity-invalid", attribute=attribute, value=value)


def check_loops(drawing: Drawing) -> Iterator[FlowProblem]:
    """An activity is a loop, at most so many times, or has several instances, not both."""
    for activity in drawing.named(*ACTIVITIES):
        loops = children(
            activity, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"
        )
        if len(loops) > 1:
            yield problem(activity, "loop-both")
        for loop in loops:
            maximum = loop.get("loopMaximum")
            if maximum is not None and not (maximum.isdigit() and int(maximum) > 0):
                yield problem(activity, "loop-maximum", value=maximum)


def check_compensation(drawing: Drawing) -> Iterator[FlowProblem]:
    """A compensating activity stands outside the normal course."""
    for activity in drawing.named(*ACTIVITIES):
        if flag(activity, "isForCompensation") and (
            drawing.into(activity) or drawing.out_of(activity)
        ):
            yield problem(activity, "compensation-flow")


def check_scripts(drawing: Drawing) -> Iterator[FlowProblem]:
    """Scripts are FEEL."""
    for task in drawing.named("scriptTask"):
        value = (task.get("scriptFormat") or "").strip()
        if value.lower() not in FEEL_FORMATS:
            yield problem(task, "script-language", value=value)


def check_choreography(drawing: Drawing) -> Iterator[FlowProblem]:
    """A process holds no choreography."""
    for activity in drawing.named(*CHOREOGRAPHY):
        level = parent(activity)
        if level is not None and local(level) in CONTAINERS:
            yield problem(activity, "choreography-in-process")


def check_ad_hoc(drawing: Drawing) -> Iterator[FlowProblem]:
    """An ad-hoc subprocess neither starts nor ends by events."""
    for activity in drawing.named("adHocSubProcess"):
        for event in children(activity, "startEvent", "endEvent"):
            yield problem(event, "ad-hoc-start-end")


def check_performers(drawing: Drawing) -> Iterator[FlowProblem]:
    """A performer is a resource or an expression, not both."""
    for performer in drawing.named(*PERFORMERS):
        has_expression = child(performer, "resourceAssignmentExpression") is not None
        if has_expression and child(performer, "resourceRef") is not None:
            yield problem(performer, "performer-both")


NAMES = (
    ("serviceTask", "operation", ("operationRef", "implementation"), "service-unnamed"),
    ("businessRuleTask", "decision", (f"{{{CAMUNDA}}}decisionRef",), "decision-unnamed"),
    ("callActivity", "calledElement", ("calledElement",), "call-unnamed"),
)


def check_names(drawing: Drawing) -> Iterator[FlowProblem]:
    """What is called is named."""
    for tag, ours, others, code in NAMES:
        for task in drawing.named(tag):
            if kind_of(task) and not _says(task, ours, others):
                yield problem(task, code)


def _says(task: Element, ours: str, others: tuple[str, ...]) -> bool:
    return (
        bool(properties(task).get(ours))
        or any(task.get(other) for other in others)
        or vendors.is_named(task)
    )

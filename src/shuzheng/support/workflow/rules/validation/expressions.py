"""Expressions that are to be computed are marked as such and are not empty."""

from collections.abc import Iterator

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.reading.xml import Element, bare, local, text
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import Drawing, parent, problem

FORMAL = "tFormalExpression"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
PLACES = {
    "conditionExpression": gettext_noop("流转条件"),
    "loopCondition": gettext_noop("循环条件"),
    "loopCardinality": gettext_noop("实例个数"),
    "completionCondition": gettext_noop("完成条件"),
    "timeDuration": gettext_noop("时长"),
    "timeDate": gettext_noop("时刻"),
    "timeCycle": gettext_noop("周期"),
    "condition": gettext_noop("事件条件"),
    "activationCondition": gettext_noop("激活条件"),
}
ALWAYS_FORMAL = {"messagePath": gettext_noop("消息路径"), "dataPath": gettext_noop("数据路径")}
INNER = frozenset({"complexBehaviorDefinition"})


def check_expressions(drawing: Drawing) -> Iterator[FlowProblem]:
    """An expression in a flow to be run is formal and says something."""
    for element in drawing.all:
        tag = local(element)
        place = PLACES.get(tag) or ALWAYS_FORMAL.get(tag)
        owner = parent(element)
        if place is None or owner is None or local(owner) in INNER:
            continue
        if tag in PLACES and _is_informal(element):
            yield problem(_named(element), "expression-informal", place=place)
        if not text(element):
            yield problem(_named(element), "expression-empty", place=place)


def _is_informal(element: Element) -> bool:
    return bare(element.get(XSI_TYPE) or "") != FORMAL


def _named(element: Element) -> Element:
    """Return the innermost element around it that has an id."""
    found: Element | None = element
    while found is not None and not found.get("id"):
        found = parent(found)
    return element if found is None else found

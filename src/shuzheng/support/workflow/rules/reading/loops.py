"""Reading loops and several instances."""

from shuzheng.support.workflow.rules.expressions import Expression
from shuzheng.support.workflow.rules.graph import Repetition
from shuzheng.support.workflow.rules.reading import vendors
from shuzheng.support.workflow.rules.reading.expressions import ExpressionReader
from shuzheng.support.workflow.rules.reading.xml import (
    OURS,
    Element,
    Source,
    child,
    children,
    flag,
    local,
    text,
)

BEHAVIOURS = {"None": "none", "One": "one", "Complex": "complex"}


def read_repetition(
    source: Source, activity: Element, reader: ExpressionReader
) -> Repetition | None:
    """Return how an activity is repeated, or nothing."""
    standard = child(activity, "standardLoopCharacteristics")
    if standard is not None:
        return _standard(activity, standard, reader)
    several = child(activity, "multiInstanceLoopCharacteristics")
    return None if several is None else _several(source, activity, several, reader)


def _standard(activity: Element, loop: Element, reader: ExpressionReader) -> Repetition:
    maximum = loop.get("loopMaximum") or ""
    return Repetition(
        standard=True,
        test_before=flag(loop, "testBefore"),
        condition=reader.read(activity, text(child(loop, "loopCondition"))),
        maximum=int(maximum) if maximum.isdigit() else None,
    )


def _several(
    source: Source, activity: Element, loop: Element, reader: ExpressionReader
) -> Repetition:
    behaviour = BEHAVIOURS.get(loop.get("behavior") or "", "all")
    return Repetition(
        sequential=flag(loop, "isSequential"),
        condition=reader.read(activity, text(child(loop, "completionCondition"))),
        cardinality=reader.read(activity, text(child(loop, "loopCardinality"))),
        collection=reader.read(activity, _collection(source, loop)),
        item=_item(loop, "inputDataItem", "item")
        or vendors.camunda(loop, "elementVariable")
        or vendors.looped(loop, "inputElement"),
        output=_output(source, loop),
        output_item=_item(loop, "outputDataItem", "outputItem")
        or vendors.looped(loop, "outputElement"),
        behaviour=behaviour,  # type: ignore[arg-type]
        signals=_signals(source, activity, loop, behaviour, reader),
    )


def _ours(loop: Element, name: str) -> str:
    return loop.get(f"{{{OURS}}}{name}") or ""


def _variable(source: Source, reference: str) -> str:
    """Return the variable a data reference means: the name of the data object, or itself."""
    target = source.find(reference)
    return reference if target is None else target.get("name") or reference


def _collection(source: Source, loop: Element) -> str:
    return (
        _ours(loop, "collection")
        or _variable(source, text(child(loop, "loopDataInputRef")))
        or vendors.camunda(loop, "collection").removeprefix("${").removesuffix("}")
        or vendors.looped(loop, "inputCollection")
    )


def _output(source: Source, loop: Element) -> str:
    return (
        _ours(loop, "output")
        or _variable(source, text(child(loop, "loopDataOutputRef")))
        or vendors.looped(loop, "outputCollection")
    )


def _item(loop: Element, tag: str, ours: str) -> str:
    item = child(loop, tag)
    return _ours(loop, ours) or ("" if item is None else item.get("name") or item.get("id") or "")


def _signals(
    source: Source, activity: Element, loop: Element, behaviour: str, reader: ExpressionReader
) -> tuple[tuple[Expression | None, str], ...]:
    if behaviour in {"none", "one"}:
        event = source.find(loop.get(f"{behaviour}BehaviorEventRef"))
        return () if event is None else ((None, _signal(source, event)),)
    found = []
    for definition in children(loop, "complexBehaviorDefinition"):
        condition = reader.read(activity, text(child(definition, "condition")))
        for event in children(definition, "event"):
            found += [(condition, _signal(source, one)) for one in children(event)]
    return tuple(found)


def _signal(source: Source, event: Element) -> str:
    target = source.find(event.get("signalRef"))
    if target is None or local(event) != "signalEventDefinition":
        return event.get("signalRef") or ""
    return target.get("name") or target.get("id") or ""

"""Data objects, sets and associations."""

from collections.abc import Iterator

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.reading.xml import Element, child, children, flag, local, text
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import (
    ACTIVITIES,
    EVENTS,
    Drawing,
    parent,
    problem,
)

TYPED = (
    "dataInput", "dataOutput", "dataObject", "dataStore", "inputDataItem", "outputDataItem",
)  # fmt: skip
PROPERTY_OWNERS = ACTIVITIES | EVENTS | {"process", "globalTask"}
SETS = (
    ("dataInput", "inputSet", "dataInputRefs", ("optionalInputRefs", "whileExecutingInputRefs")),
    (
        "dataOutput",
        "outputSet",
        "dataOutputRefs",
        ("optionalOutputRefs", "whileExecutingOutputRefs"),
    ),
)


def item_of(drawing: Drawing, element: Element) -> Element | None:
    """Return the item definition of a data element; of a reference, that of its data object."""
    if local(element) == "dataObjectReference":
        target = drawing.find(element.get("dataObjectRef"))
        return None if target is None else item_of(drawing, target)
    return drawing.find(element.get("itemSubjectRef") or element.get("itemRef"))


def same_type(one: Element | None, other: Element | None) -> bool:
    """Whether two item definitions are one, or have the same structure."""
    if one is None or other is None:
        return one is other
    structure = one.get("structureRef")
    return one is other or (bool(structure) and structure == other.get("structureRef"))


def check_collections(drawing: Drawing) -> Iterator[FlowProblem]:
    """A data element is a collection exactly if its type is."""
    for element in drawing.named(*TYPED):
        item = item_of(drawing, element)
        if item is not None and flag(item, "isCollection") != flag(element, "isCollection"):
            yield problem(element, "collection-mismatch", value=item.get("id"))


def check_reference_names(drawing: Drawing) -> Iterator[FlowProblem]:
    """A reference in a state is named after its data object and that state."""
    for reference in drawing.named("dataObjectReference"):
        state = child(reference, "dataState")
        target = drawing.find(reference.get("dataObjectRef"))
        if state is None or target is None or not state.get("name"):
            continue
        expected = f"{target.get('name') or ''} [{state.get('name')}]"
        if reference.get("name") != expected:
            yield problem(reference, "data-reference-name", expected=expected)


def check_properties(drawing: Drawing) -> Iterator[FlowProblem]:
    """Properties belong to processes, activities and events."""
    for element in drawing.named("property"):
        owner = parent(element)
        if owner is not None and local(owner) not in PROPERTY_OWNERS:
            yield problem(element, "property-misplaced")


def check_sets(drawing: Drawing) -> Iterator[FlowProblem]:
    """Every input and output is in a set; what is optional is also among all."""
    for specification in drawing.named("ioSpecification"):
        for kind, set_name, references, extra in SETS:
            sets = children(specification, set_name)
            listed = {text(ref) for one in sets for ref in children(one, references)}
            for element in children(specification, kind):
                if element.get("id") not in listed:
                    yield problem(element, "data-set-missing", place=set_name)
            for one in sets:
                own = {text(ref) for ref in children(one, references)}
                for ref in children(one, *extra):
                    if text(ref) not in own:
                        yield problem(element_or(one), "data-set-subset", value=text(ref))


def element_or(element: Element) -> Element:
    """Return the nearest element around this one that has an id."""
    found: Element | None = element
    while found is not None and not found.get("id"):
        found = parent(found)
    return element if found is None else found


def check_pairing(drawing: Drawing) -> Iterator[FlowProblem]:
    """Input and output sets name each other."""
    for specification in drawing.named("ioSpecification"):
        forwards = _pairs(specification, "inputSet", "outputSetRefs")
        backwards = {(b, a) for a, b in _pairs(specification, "outputSet", "inputSetRefs")}
        if forwards != backwards:
            yield problem(element_or(specification), "data-set-pairing")


def _pairs(specification: Element, owner: str, references: str) -> set[tuple[str, str]]:
    return {
        (one.get("id") or "", text(reference))
        for one in children(specification, owner)
        for reference in children(one, references)
    }


def check_associations(drawing: Drawing) -> Iterator[FlowProblem]:
    """Data goes from what can be read to what can be written, of one type or transformed."""
    for association in drawing.named("dataInputAssociation", "dataOutputAssociation"):
        sources = [drawing.find(text(one)) for one in children(association, "sourceRef")]
        target = drawing.find(text(child(association, "targetRef")))
        transformed = bool(children(association, "transformation", "assignment"))
        if len(sources) > 1 and not transformed:
            yield problem(association, "data-association-sources")
        yield from _check_ends(association, sources)
        if len(sources) == 1 and not transformed:
            yield from _check_types(drawing, association, sources[0], target)


def _check_ends(association: Element, sources: list[Element | None]) -> Iterator[FlowProblem]:
    for source in sources:
        if (
            local(association) == "dataInputAssociation"
            and source is not None
            and local(source) == "dataOutput"
        ):
            yield problem(
                association,
                "data-association-ends",
                end=gettext_noop("来源"),
                value=source.get("id"),
            )


def _check_types(
    drawing: Drawing, association: Element, source: Element | None, target: Element | None
) -> Iterator[FlowProblem]:
    if source is None or target is None:
        return
    one, other = item_of(drawing, source), item_of(drawing, target)
    if one is not None and other is not None and not same_type(one, other):
        yield problem(association, "data-association-types")

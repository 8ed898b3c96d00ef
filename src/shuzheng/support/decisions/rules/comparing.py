"""What one version of a model changed against another, thing by thing and cell by cell."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from shuzheng.support.decisions.rules.changes import Change
from shuzheng.support.decisions.rules.comparing_tables import compare_boxes
from shuzheng.support.decisions.rules.definitions import (
    Decision,
    DecisionService,
    Definitions,
    Element,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    LiteralBox,
    TableBox,
)
from shuzheng.support.decisions.rules.model import Model

_KINDS: dict[type[Element], str] = {
    InputData: "inputData",
    Decision: "decision",
    KnowledgeModel: "businessKnowledgeModel",
    DecisionService: "decisionService",
}


def compare_models(before: Model, after: Model) -> tuple[Change, ...]:
    """Return what changed, in the order of the newer model.

    A thing is the same if its id is; a rule if its id is, else if its conditions are.
    """
    old, new = before.definitions, after.definitions
    return (
        *_compare_sources(old, new),
        *_compare_types(old.items, new.items),
        *_compare_elements(old, new),
    )


def _compare_elements(old: Definitions, new: Definitions) -> Iterator[Change]:
    earlier = {each.id: each for each in old.elements}
    for element in new.elements:
        was = earlier.pop(element.id, None)
        if was is None:
            yield _whole("added", element)
        else:
            yield from _compare_element(was, element, _names(old), _names(new))
    for gone in earlier.values():
        yield _whole("removed", gone)


def _whole(what: str, element: Element) -> Change:
    if isinstance(_logic(element), TableBox):
        return Change("table-added" if what == "added" else "table-removed", element.name)
    if what == "added":
        return Change("element-added", element.name, column=_KINDS[type(element)])
    return Change("element-removed", element.name, column=_KINDS[type(element)])


def _compare_element(
    old: Element, new: Element, old_names: dict[str, str], new_names: dict[str, str]
) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("renamed", new.name, before=old.name, after=new.name)
    if old.label != new.label:
        yield Change("label", new.name, before=old.label, after=new.label)
    if old.type_ref != new.type_ref:
        yield Change("type", new.name, before=old.type_ref, after=new.type_ref)
    needed = (_needs(old, old_names), _needs(new, new_names))
    if needed[0] != needed[1]:
        yield Change("requirement", new.name, before=needed[0], after=needed[1])
    yield from _compare_logic(new.name, _logic(old), _logic(new))


def _compare_logic(name: str, old: Any, new: Any) -> Iterator[Change]:
    if isinstance(old, TableBox) and isinstance(new, TableBox):
        yield from compare_boxes(name, old, new)
        return
    if isinstance(old, TableBox):
        yield Change("table-removed", name)
    if isinstance(new, TableBox):
        yield Change("table-added", name)
    texts = tuple("" if isinstance(each, TableBox) else _text(each) for each in (old, new))
    if texts[0] != texts[1]:
        yield Change("logic", name, before=texts[0], after=texts[1])


def _names(definitions: Definitions) -> dict[str, str]:
    sources = {each.id: each.name for each in definitions.sources}
    return sources | {each.id: each.name for each in definitions.elements}


def _needs(element: Element, names: dict[str, str]) -> str:
    references = (
        *getattr(element, "requires", ()),
        *element.authority,
        *getattr(element, "outputs", ()),
    )
    return "\n".join(sorted({names.get(each, each) for each in references}))


def _logic(element: Element) -> Any:
    if isinstance(element, KnowledgeModel):
        body = None if element.function is None else element.function.body
        return body if isinstance(body, TableBox) else element.function
    return getattr(element, "expression", None)


def _text(box: Any) -> str:
    """Write an expression as its texts one after the other, without the ids of its parts."""
    if isinstance(box, LiteralBox):
        return box.text
    if isinstance(box, tuple):
        return ", ".join(filter(None, map(_text, box)))
    if is_dataclass(box):
        parts = (getattr(box, each.name) for each in fields(box) if each.name != "id")
        return " ".join(filter(None, map(_text, parts)))
    return box if isinstance(box, str) else ""


def _compare_sources(old: Definitions, new: Definitions) -> Iterator[Change]:
    earlier = {each.id: each for each in old.sources}
    for source in new.sources:
        was = earlier.pop(source.id, None)
        if was is None:
            yield Change("element-added", source.name, column="knowledgeSource")
        elif was.name != source.name:
            yield Change("renamed", source.name, before=was.name, after=source.name)
    for gone in earlier.values():
        yield Change("element-removed", gone.name, column="knowledgeSource")


def _compare_types(
    old: tuple[ItemDefinition, ...], new: tuple[ItemDefinition, ...]
) -> Iterator[Change]:
    texts = [{each.name: _text(each) for each in items} for items in (old, new)]
    for name in dict.fromkeys((*texts[1], *texts[0])):
        before, after = texts[0].get(name, ""), texts[1].get(name, "")
        if before != after:
            yield Change("item", name, before=before, after=after)

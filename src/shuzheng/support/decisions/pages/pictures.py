"""What a decision rests on: drawn as a graph for those who see it, and in words for all."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import attachment, public, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.support.decisions.pages.drawing import KINDS, labels_for
from shuzheng.support.decisions.queries import (
    get_draft,
    get_model_text,
    get_numbered_version,
    get_version,
)
from shuzheng.support.decisions.rules import (
    Model,
    labels_of,
    read_model,
    with_drawing,
    with_labels,
)
from shuzheng.support.decisions.rules.definitions import (
    Decision,
    DecisionService,
    Element,
    InputData,
    KnowledgeModel,
    LiteralBox,
    TableBox,
)
from shuzheng.support.decisions.rules.entries import SEE_DECISIONS

RULES_ARE_PUBLIC = "作出决定所依据的规则应当公布，未公布的不得作为依据（行政许可法第五条）"
_KINDS: dict[type[Element], str] = {
    InputData: KINDS["inputData"],
    Decision: KINDS["decision"],
    KnowledgeModel: KINDS["businessKnowledgeModel"],
    DecisionService: KINDS["decisionService"],
}


@public(reason=RULES_ARE_PUBLIC)
def show_drawing(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out a version to be drawn: labels in the place of names, a layout if it has none."""
    version = get_numbered_version(key, number)
    xml = with_labels(get_model_text(version.id), labels_for(version))
    return attachment(request, with_drawing(xml), f"{key}-{number}.dmn", "application/xml")


@requires(SEE_DECISIONS)
def show_drawing_of_draft(request: HttpRequest, draft: int) -> HttpResponse:
    """Hand out a draft to be drawn."""
    found = get_draft(draft)
    base = get_version(found.row.base)
    labels = {base.decision: base.title} | labels_of(read_model(found.xml))
    xml = with_drawing(with_labels(found.xml, labels))
    return attachment(request, xml, f"draft-{draft}.dmn", "application/xml")


def draw_requirements(model: Model, labels: Mapping[str, str]) -> Table:
    """Draw in words what the graph shows: each thing, what it rests on, how it is found."""
    names = {each.id: labels.get(each.name, each.name) for each in model.definitions.elements}
    names |= {each.id: each.label or each.name for each in model.definitions.sources}
    rows = [
        [
            _name(each, names, is_table=each.name in model.tables),
            gettext(_KINDS[type(each)]),
            "、".join(names.get(one, one) for one in _rests_on(each)) or "—",
            _found_by(each),
        ]
        for each in model.definitions.elements
    ]
    rows += [
        [each.label or each.name, gettext(KINDS["knowledgeSource"]), "—", "—"]
        for each in model.definitions.sources
    ]
    columns = (gettext("名称"), gettext("种类"), gettext("取决于"), gettext("怎样得出"))
    return Table(gettext("由什么判断"), columns, rows)


def _name(element: Element, names: Mapping[str, str], *, is_table: bool) -> Cell:
    return Cell(names[element.id], href=f"#table-{element.id}" if is_table else "")


def _rests_on(element: Element) -> Iterator[str]:
    yield from getattr(element, "requires", ())
    yield from element.authority
    if isinstance(element, DecisionService):
        yield from element.outputs


def _found_by(element: Element) -> str:
    box: Any = getattr(element, "expression", None)
    if isinstance(element, KnowledgeModel):
        box = element.function.body if element.function else None
    if isinstance(box, TableBox):
        return gettext("决策表，%(count)s 条规则") % {"count": len(box.rules)}
    if isinstance(box, LiteralBox):
        return box.text
    return gettext("表达式") if box else "—"

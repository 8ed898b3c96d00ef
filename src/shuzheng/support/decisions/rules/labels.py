"""What people call the things that a model calls by a name."""

from collections.abc import Mapping

from lxml import etree

from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.model import Model
from shuzheng.support.decisions.rules.names import normalise
from shuzheng.support.decisions.rules.xml_reader import children, read_xml

_NAMED = (
    "inputData",
    "decision",
    "businessKnowledgeModel",
    "knowledgeSource",
    "decisionService",
)


def labels_of(model: Model) -> dict[str, str]:
    """Return a label for each input, decision and conclusion that has one, by its name.

    An element's own label comes first, then the heading of a column that asks for exactly it.
    """
    found: dict[str, str] = {}
    for table in model.tables.values():
        columns = [(each.expression, each.label) for each in table.box.inputs]
        columns += [(each.name, each.label) for each in table.box.outputs]
        for name, label in columns:
            if name and label and label != name:
                found.setdefault(name, label)
    return found | {each.name: each.label for each in model.definitions.elements if each.label}


def with_labels(xml: bytes, labels: Mapping[str, str], limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return a copy to look at, where labels stand in the place of names; it decides nothing.

    Raises:
        ModelHostile: the bytes cannot be read safely.
    """
    root = read_xml(xml, limits)
    for element in children(root, *_NAMED):
        name = normalise(element.get("name", ""))
        element.set("name", element.get("label") or labels.get(name, name))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

"""What people call the things that a model calls by a name, and the values they have."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from lxml import etree

from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.model import Model
from shuzheng.support.decisions.rules.names import normalise
from shuzheng.support.decisions.rules.xml_reader import children, read_xml

Wording: TypeAlias = Mapping[str, Mapping[str, str]]
"""What people call a value, by the input or conclusion it is a value of."""
NO_WORDS: Wording = MappingProxyType({})

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


def names_of_values(model: Model, decision: str) -> frozenset[str]:
    """Return what a decision's values may be found under: inputs, conclusions, the decision."""
    outputs = {each.name for table in model.tables.values() for each in table.box.outputs}
    inputs = {each.name for each in model.inputs_of(decision)}
    return frozenset({decision, *inputs, *outputs} - {""})


def word_of(words: Wording, name: str, value: str) -> str:
    """Return what people call a value of an input or conclusion; the value where nobody said.

    >>> word_of({"verdict": {"allowed": "可以开办"}}, "verdict", "allowed")
    '可以开办'
    >>> word_of({}, "verdict", "allowed")
    'allowed'
    """
    return words.get(name, {}).get(value, value)


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

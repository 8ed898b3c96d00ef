"""Changing the rules of a table in the model's own text; everything else stays as it was drawn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from shuzheng.support.decisions.rules.errors import DecisionUnknown
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.names import normalise
from shuzheng.support.decisions.rules.xml_reader import child, children, read_xml

_HOLDERS = ("decision", "businessKnowledgeModel")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CELLS = ("inputEntry", "outputEntry", "annotationEntry")


@dataclass(frozen=True, slots=True)
class EditedRule:
    """A row as somebody wrote it: conditions, conclusions and notes from left to right.

    Attributes:
        id: of the rule it was before; empty for a new one.
    """

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...]


def rewrite_rules(
    xml: bytes, table: str, rules: tuple[EditedRule, ...], limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """Return the model with the rules of one table replaced, in the given order.

    Characters that XML cannot hold, such as control characters, are left out.

    Args:
        xml: the model.
        table: name of the decision or knowledge model the table belongs to.
        rules: the rules it is to have.

    Raises:
        ModelHostile: the bytes cannot be read safely.
        DecisionUnknown: the model has no such table.
    """
    root = read_xml(xml, limits)
    found = _find_table(root, table)
    known = {each.get("id", ""): each for each in children(found, "rule")}
    for each in known.values():
        found.remove(each)
    fresh = _fresh_ids(root, table)
    for rule in rules:
        written = known.pop(rule.id, None)
        if written is None:
            written = etree.SubElement(found, _tag(found, "rule"), id=next(fresh))
        else:
            found.append(written)
        _write(written, rule)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _find_table(root: etree._Element, name: str) -> etree._Element:
    for holder in children(root, *_HOLDERS):
        if normalise(holder.get("name", "")) == name:
            logic = child(holder, "encapsulatedLogic")
            found = child(holder if logic is None else logic, "decisionTable")
            if found is not None:
                return found
    raise DecisionUnknown(name=name)


def _fresh_ids(root: etree._Element, table: str) -> Iterator[str]:
    taken = {each.get("id") for each in root.iter() if isinstance(each.tag, str)}
    stem = "".join(letter if letter.isalnum() else "_" for letter in table)
    number = 0
    while True:
        number += 1
        if f"{stem}_rule_{number}" not in taken:
            yield f"{stem}_rule_{number}"


def _tag(near: etree._Element, name: str) -> str:
    return f"{{{etree.QName(near).namespace}}}{name}"


def _write(element: etree._Element, rule: EditedRule) -> None:
    """Put the texts into a rule's cells, keeping the ids of cells that are there."""
    for name, texts in zip(_CELLS, (rule.inputs, rule.outputs, rule.notes), strict=True):
        cells = children(element, name)
        for place, text in enumerate(texts):
            if place < len(cells):
                cell = cells[place]
            else:
                cell = etree.SubElement(element, _tag(element, name))
            written = child(cell, "text")
            if written is None:
                written = etree.SubElement(cell, _tag(element, "text"))
            written.text = _NOT_IN_XML.sub("", text)

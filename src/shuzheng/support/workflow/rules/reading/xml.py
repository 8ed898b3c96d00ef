"""Reading XML from strangers: no entities, no network, no bombs, and an index of its elements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from shuzheng.support.workflow.rules.refusals import FlowInvalid
from shuzheng.support.workflow.rules.sentences import describe

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS = "https://shuzheng.org/bpmn"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MAX_BYTES = 5_000_000
MAX_DEPTH = 200
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
Element = etree._Element  # noqa: SLF001 - lxml has no public name for its element type


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed drawing and its BPMN elements by id."""

    root: Element
    by_id: dict[str, Element]

    def find(self, reference: str | None) -> Element | None:
        """Return the element a (possibly prefixed) reference names."""
        if not reference:
            return None
        found = self.by_id.get(reference.strip())
        return self.by_id.get(bare(reference)) if found is None else found


def read_source(xml: bytes) -> Source:
    """Parse a drawing.

    Raises:
        FlowInvalid: it is too large, no XML, hostile, or no BPMN.
    """
    root = _parse(xml)
    if root.tag != f"{{{BPMN}}}definitions":
        raise _refuse("xml-not-bpmn")
    if _depth(root) > MAX_DEPTH:
        raise _refuse("xml-too-deep")
    by_id: dict[str, Element] = {}
    for element in elements(root):
        key = element.get("id")
        if key and namespace(element) == BPMN:
            by_id.setdefault(key, element)
    return Source(root, by_id)


def _parse(xml: bytes) -> Element:
    if len(xml) > MAX_BYTES:
        raise _refuse("xml-too-large")
    if DOCTYPE.search(xml) or DOCTYPE.search(xml.replace(b"\x00", b"")):
        raise _refuse("xml-doctype")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise _refuse("xml-unreadable", line=max(line, 1), column=max(column, 1)) from error
    except ValueError as error:
        raise _refuse("xml-unreadable", line=1, column=1) from error


def _refuse(code: str, **facts: object) -> FlowInvalid:
    return FlowInvalid((describe(code, "", 0, **facts),))


def _depth(root: Element) -> int:
    depth, level = 0, [root]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth


def elements(root: Element) -> Iterator[Element]:
    """Yield an element and all below it that are elements."""
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element


def namespace(element: Element) -> str:
    """Return the namespace of an element."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> list[Element]:
    """Return the BPMN children of these names, or all BPMN children."""
    prefix = f"{{{BPMN}}}"
    return [
        child
        for child in element
        if isinstance(child.tag, str)
        and child.tag.startswith(prefix)
        and (not names or child.tag[len(prefix) :] in names)
    ]


def child(element: Element, name: str) -> Element | None:
    """Return the first BPMN child of that name."""
    return element.find(f"{{{BPMN}}}{name}")


def text(element: Element | None) -> str:
    """Return all the text in an element, trimmed."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def bare(reference: str) -> str:
    """Return a reference without its prefix.

    >>> bare("tns:payment")
    'payment'
    """
    return reference.strip().rpartition(":")[2]


def flag(element: Element, name: str, *, default: bool = False) -> bool:
    """Return a boolean attribute."""
    value = element.get(name)
    return default if value is None else value.strip() in {"true", "1"}


def name_of(element: Element) -> str:
    """Return what to call an element in a message."""
    return element.get("id") or local(element)


def line_of(element: Element) -> int:
    """Return the line of an element in its file, 0 if unknown."""
    line: Any = element.sourceline
    return int(line or 0)

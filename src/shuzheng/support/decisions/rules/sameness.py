"""Whether two texts are one model: editors write the same thing in more than one way."""

from lxml import etree

from shuzheng.support.decisions.rules.layout import with_drawing
from shuzheng.support.decisions.rules.xml_reader import read_xml


def says_the_same(one: bytes, other: bytes) -> bool:
    """Say whether two models are the same but for white space, prefixes and what goes unsaid.

    A model without a drawing is the same as with the one that would be made for it.

    Raises:
        ModelHostile: one of them cannot be read safely.
    """
    return _spelt_out(one) == _spelt_out(other)


def _spelt_out(xml: bytes) -> str:
    root = read_xml(with_drawing(xml))
    for table in root.iter("{*}decisionTable"):
        table.set("hitPolicy", table.get("hitPolicy", "UNIQUE"))
    text = etree.tostring(root, encoding="unicode")
    return str(etree.canonicalize(text, strip_text=True, rewrite_prefixes=True))

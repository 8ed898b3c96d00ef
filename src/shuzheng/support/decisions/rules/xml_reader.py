"""Bytes to an element tree, distrusting them: no entities, no network, bounded size and depth."""

from lxml import etree

from shuzheng.support.decisions.rules.errors import ModelHostile
from shuzheng.support.decisions.rules.faults import model
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits


def read_xml(xml: bytes, limits: Limits = DEFAULT_LIMITS) -> etree._Element:
    """Return the root element.

    Raises:
        ModelHostile: not well-formed, too large, too deep, or it declares a document type.
    """
    if len(xml) > limits.model_bytes:
        raise ModelHostile(problem=model.TOO_LARGE(limit=limits.model_bytes))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ModelHostile(problem=model.NO_XML(problem=str(error))) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise ModelHostile(problem=model.DOCTYPE())
    _check_depth(root, limits.model_depth)
    return root


def _check_depth(root: etree._Element, limit: int) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            raise ModelHostile(problem=model.TOO_DEEP(limit=limit))


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace; every version of DMN is read alike."""
    return str(etree.QName(element).localname)


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Return the child elements of these names."""
    return [child for child in element if isinstance(child.tag, str) and local_name(child) in names]


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child element of that name."""
    return next(iter(children(element, name)), None)


def text_of_child(element: etree._Element | None, *path: str) -> str:
    """Return the text at the end of a path of child elements, or nothing."""
    for name in path:
        element = None if element is None else child(element, name)
    return "" if element is None else "".join(str(part) for part in element.itertext()).strip()


def as_text(xml: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """Return a model as text whatever its encoding was, without comments.

    Raises:
        ModelHostile: the bytes cannot be read safely.
    """
    return etree.tostring(read_xml(xml, limits), encoding="unicode")

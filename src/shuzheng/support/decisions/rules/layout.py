"""A drawing for models that bring none: requirements below, what rests on them above (DMN DI)."""

from dataclasses import dataclass

from lxml import etree

from shuzheng.support.decisions.rules.layers import Link, arrange
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.xml_reader import child, children, local_name, read_xml

# Widths and heights in pixels, as drawing tools make them.
SIZES = {
    "decision": (180, 80),
    "inputData": (150, 46),
    "businessKnowledgeModel": (150, 46),
    "knowledgeSource": (120, 64),
}
GAP, RISE, MARGIN = 40, 80, 40
# Beyond this nobody reads a drawing, and arranging it takes longer than a page may.
MOST_SHAPES, MOST_LINKS = 150, 300
_DC = "http://www.omg.org/spec/DMN/20180521/DC/"
_DI = "http://www.omg.org/spec/DMN/20180521/DI/"
_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement", "authorityRequirement")
_REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge", "requiredAuthority")
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is drawn, in pixels; ``top`` grows downwards."""

    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """The horizontal middle."""
        return self.left + self.width // 2


def with_drawing(xml: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the model with a drawing of its requirements; one that has a drawing is left alone.

    A requirement that closes a circle gets no line. Decision services get no shape: they group
    decisions, and are listed beside the drawing.

    Raises:
        ModelHostile: the bytes cannot be read safely.
    """
    root = read_xml(xml, limits)
    space = str(etree.QName(root).namespace or "")
    if not space.endswith("/MODEL/") or child(root, "DMNDI") is not None:
        return xml
    shapes = {each.get("id", ""): each for each in children(root, *SIZES) if each.get("id")}
    links = _links(shapes)
    if len(shapes) > MOST_SHAPES or len(links) > MOST_LINKS:
        return xml
    _draw(root, f"{space.removesuffix('MODEL/')}DMNDI/", shapes, links)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _links(shapes: dict[str, etree._Element]) -> dict[str, Link]:
    """Return the requirements by id; one without an id is given one, as a drawing needs it."""
    found = {}
    for owner, element in shapes.items():
        for place, requirement in enumerate(children(element, *_REQUIREMENTS), 1):
            sources = [each.get("href", "")[1:] for each in children(requirement, *_REQUIRED)]
            if sources and sources[0] in shapes:
                name = requirement.get("id") or f"{owner}_requirement_{place}"
                requirement.set("id", name)
                found[name] = Link(sources[0], owner)
    return found


def _draw(
    root: etree._Element, space: str, shapes: dict[str, etree._Element], links: dict[str, Link]
) -> None:
    names = {"dmndi": space, "dc": _DC, "di": _DI}
    drawing = etree.SubElement(root, f"{{{space}}}DMNDI", nsmap=names)
    diagram = etree.SubElement(drawing, f"{{{space}}}DMNDiagram", id="drawing_of_requirements")
    boxes, bends = place(
        {name: SIZES[local_name(each)] for name, each in shapes.items()}, tuple(links.values())
    )
    for name, box in boxes.items():
        shape = etree.SubElement(
            diagram, f"{{{space}}}DMNShape", id=f"{name}_shape", dmnElementRef=name
        )
        sizes = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
        etree.SubElement(shape, f"{{{_DC}}}Bounds", {key: str(each) for key, each in sizes.items()})
    for name, link in links.items():
        if link not in bends:
            continue
        edge = etree.SubElement(
            diagram, f"{{{space}}}DMNEdge", id=f"{name}_edge", dmnElementRef=name
        )
        for left, top in bends[link]:
            etree.SubElement(edge, f"{{{_DI}}}waypoint", x=str(left), y=str(top))


def place(
    sizes: dict[str, tuple[int, int]], links: tuple[Link, ...]
) -> tuple[dict[str, Box], dict[Link, tuple[Point, ...]]]:
    """Return where everything stands and the points each link runs through."""
    arrangement = arrange(tuple(sizes), links)
    rows = [[(name, *sizes.get(name, (0, 0))) for name in layer] for layer in arrangement.layers]
    widths = [sum(width for _, width, _ in row) + GAP * (len(row) - 1) for row in rows]
    boxes: dict[str, Box] = {}
    top = MARGIN
    # The last layer rests on all others and is drawn first, at the top.
    for row, width in reversed(list(zip(rows, widths, strict=True))):
        left = MARGIN + (max(widths) - width) // 2
        height = max(each[2] for each in row)
        for name, wide, high in row:
            boxes[name] = Box(left, top + (height - high) // 2, wide, high)
            left += wide + GAP
        top += height + RISE
    orders = arrangement.orders()
    bends = {link: _bends(boxes, path, orders[link]) for link, path in arrangement.paths}
    return {name: boxes[name] for name in sizes}, bends


def _bends(
    boxes: dict[str, Box], path: tuple[str, ...], order: tuple[int, int]
) -> tuple[Point, ...]:
    """Leave at the top, pass the layers between, and arrive at the bottom beside the others."""
    source, target = boxes[path[0]], boxes[path[-1]]
    number, total = order
    arrival = target.left + target.width * (number + 1) // (total + 1)
    between = [(boxes[name].left, boxes[name].top) for name in path[1:-1]]
    return ((source.middle, source.top), *between, (arrival, target.top + target.height))

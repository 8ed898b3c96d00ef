"""BPMN diagram interchange: shapes, labels and lines written behind what they draw."""

from collections.abc import Iterator

from lxml import etree

from shuzheng.support.workflow.rules.layout.arranging import arrange
from shuzheng.support.workflow.rules.layout.listing import list_flows
from shuzheng.support.workflow.rules.layout.parts import Bounds, Picture, Point
from shuzheng.support.workflow.rules.layout.reading import (
    SUBPROCESSES,
    Size,
    inner_lanes,
    key_of,
    read_level,
)
from shuzheng.support.workflow.rules.reading.xml import (
    Element,
    children,
    elements,
    local,
    namespace,
    read_source,
)

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
LINE = "http://www.omg.org/spec/DD/20100524/DI"
NAMES = {"bpmndi": DI, "dc": DC, "di": LINE}
MARGIN, POOL, LANE, EMPTY_POOL = 40.0, 30.0, 30.0, 80.0


def lay_out(xml: bytes, *, anew: bool = False) -> bytes:
    """Return a drawing with coordinates, and with the lists of flows that modellers keep.

    Args:
        anew: place everything again; else one that has coordinates comes back byte for byte.

    Raises:
        FlowInvalid: it is no BPMN, or hostile.
    """
    root = read_source(xml).root
    is_laid = any(local(one) == "BPMNShape" and namespace(one) == DI for one in elements(root))
    if is_laid and not anew:
        return xml
    if not (children(root, "process") or children(root, "collaboration")):
        return xml
    for empty in root.findall(f"{{{DI}}}BPMNDiagram"):
        root.remove(empty)
    list_flows(root)
    pen = _Pen(root)
    pen.draw()
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


class _Pen:
    """Writes the one diagram of a drawing."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.processes = children(root, "process")
        collaborations = children(root, "collaboration")
        self.collaboration = collaborations[0] if collaborations else None
        self.subject = self.processes[0] if self.collaboration is None else self.collaboration
        self.pictures: dict[str, Picture] = {}
        self.shapes: dict[str, Bounds] = {}

    def draw(self) -> None:
        diagram = etree.SubElement(self.root, f"{{{DI}}}BPMNDiagram", nsmap=NAMES)
        diagram.set("id", self._free_id("diagram"))
        self.plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane")
        self.plane.set("id", self._free_id("plane"))
        self.plane.set("bpmnElement", key_of(self.subject))
        if self.collaboration is None:
            self._draw_process(self.processes[0], MARGIN, MARGIN)
        else:
            self._draw_pools(self.collaboration)

    def _free_id(self, name: str) -> str:
        taken = {one.get("id") for one in elements(self.root)}
        return next(key for key in self._names(name) if key not in taken)

    @staticmethod
    def _names(name: str) -> Iterator[str]:
        yield name
        number = 2
        while True:
            yield f"{name}_{number}"
            number += 1

    def _draw_pools(self, collaboration: Element) -> None:
        by_id = {key_of(one): one for one in self.processes}
        top = MARGIN
        for pool in children(collaboration, "participant"):
            process = by_id.get((pool.get("processRef") or "").strip())
            height = EMPTY_POOL
            width = 600.0
            if process is not None:
                picture = self._picture(process)
                width, height = picture.width + 2 * POOL + MARGIN, picture.height + MARGIN
                self._shape(key_of(pool), Bounds(MARGIN, top, width, height), horizontal=True)
                self._draw_process(process, MARGIN + POOL, top, pool_width=width - POOL)
            else:
                self._shape(key_of(pool), Bounds(MARGIN, top, width, height), horizontal=True)
            top += height + MARGIN
        for flow in children(collaboration, "messageFlow"):
            self._message(flow)

    def _message(self, flow: Element) -> None:
        source = self.shapes.get((flow.get("sourceRef") or "").strip())
        target = self.shapes.get((flow.get("targetRef") or "").strip())
        if source is None or target is None:
            return
        if source.y > target.y:
            begin, end = source.y, target.y + target.height
        else:
            begin, end = source.y + source.height, target.y
        one, other = source.x + source.width / 2, target.x + target.width / 2
        middle = (begin + end) / 2
        bends = () if one == other else ((one, middle), (other, middle))
        self._line(key_of(flow), ((one, begin), *bends, (other, end)), None)

    def _picture(self, element: Element) -> Picture:
        """Arrange a level after those inside it, for their size is that of its boxes."""
        key = key_of(element)
        if key not in self.pictures:
            sizes: dict[str, Size] = {}
            for inner in children(element, *SUBPROCESSES):
                picture = self._picture(inner)
                sizes[key_of(inner)] = (picture.width + 2 * POOL, picture.height + POOL)
            self.pictures[key] = arrange(read_level(element, sizes))
        return self.pictures[key]

    def _draw_process(self, process: Element, x: float, y: float, pool_width: float = 0) -> None:
        picture = self._picture(process)
        width = pool_width or picture.width + LANE + MARGIN
        for lane, (top, height) in zip(inner_lanes(process), picture.lanes, strict=False):
            self._shape(key_of(lane), Bounds(x, y + top, width, height), horizontal=True)
        inset = LANE + MARGIN / 2 if picture.lanes else MARGIN / 2
        self._draw_level(process, picture, x + inset, y)

    def _draw_level(self, element: Element, picture: Picture, x: float, y: float) -> None:
        insides = {key_of(one): one for one in children(element, *SUBPROCESSES)}
        for key, bounds in picture.shapes.items():
            label = picture.labels.get(key)
            self._shape(key, bounds.moved(x, y), label=label.moved(x, y) if label else None)
            if key in insides:
                inner = self._picture(insides[key])
                self._draw_level(insides[key], inner, x + bounds.x + POOL, y + bounds.y + POOL / 2)
        for key, points in picture.lines.items():
            label = picture.labels.get(key)
            moved = tuple((x + left, y + top) for left, top in points)
            self._line(key, moved, label.moved(x, y) if label else None)

    def _shape(
        self, key: str, bounds: Bounds, *, label: Bounds | None = None, horizontal: bool = False
    ) -> None:
        self.shapes[key] = bounds
        shape = etree.SubElement(self.plane, f"{{{DI}}}BPMNShape")
        shape.set("id", f"{key}_shape")
        shape.set("bpmnElement", key)
        if horizontal:
            shape.set("isHorizontal", "true")
        if key in self.pictures:
            shape.set("isExpanded", "true")
        self._bounds(shape, bounds)
        if label is not None:
            self._bounds(etree.SubElement(shape, f"{{{DI}}}BPMNLabel"), label)

    def _line(self, key: str, points: tuple[Point, ...], label: Bounds | None) -> None:
        edge = etree.SubElement(self.plane, f"{{{DI}}}BPMNEdge")
        edge.set("id", f"{key}_line")
        edge.set("bpmnElement", key)
        for x, y in points:
            point = etree.SubElement(edge, f"{{{LINE}}}waypoint")
            point.set("x", f"{x:g}")
            point.set("y", f"{y:g}")
        if label is not None:
            self._bounds(etree.SubElement(edge, f"{{{DI}}}BPMNLabel"), label)

    @staticmethod
    def _bounds(parent: Element, bounds: Bounds) -> None:
        element = etree.SubElement(parent, f"{{{DC}}}Bounds")
        for name in ("x", "y", "width", "height"):
            element.set(name, f"{getattr(bounds, name):g}")

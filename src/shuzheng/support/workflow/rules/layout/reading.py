"""The boxes and links of a process or subprocess, out of its XML."""

from collections import defaultdict
from collections.abc import Mapping

from shuzheng.support.workflow.rules.layout.parts import (
    EVENT,
    GATEWAY,
    LINE,
    TASK,
    Box,
    Level,
    Link,
    lines_of,
)
from shuzheng.support.workflow.rules.reading.xml import (
    Element,
    child,
    children,
    elements,
    local,
    text,
)

EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"})
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
SUBPROCESSES = frozenset({"subProcess", "adHocSubProcess", "transaction"})
TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "scriptTask",
        "callActivity",
    }
)
DATA = {"dataObjectReference": (36.0, 50.0), "dataStoreReference": (50.0, 50.0)}
NOTE_WIDTH = 140.0
LINES = ("sequenceFlow", "association")
Size = tuple[float, float]


def read_level(element: Element, sizes: Mapping[str, Size]) -> Level:
    """Return what one level holds; ``sizes`` are those of the subprocesses in it."""
    lanes = lanes_of(element)
    guards: dict[str, list[Element]] = defaultdict(list)
    host_of: dict[str, str] = {}
    for one in children(element, "boundaryEvent"):
        host = (one.get("attachedToRef") or "").strip()
        guards[host].append(one)
        host_of[key_of(one)] = host
    boxes = tuple(
        _box(one, size, guards[key_of(one)], lanes.get(key_of(one), 0))
        for one in children(element)
        if (size := _size(one, sizes)) is not None
    )
    known = {box.id for box in boxes}
    links = (_link(one, host_of) for one in children(element, *LINES))
    joined = tuple(one for one in links if {one.source, one.target} <= known)
    return Level(boxes, joined, 1 + max(lanes.values(), default=-1))


def key_of(element: Element) -> str:
    """Return the id of an element, empty if it has none."""
    return (element.get("id") or "").strip()


def name_of(element: Element) -> str:
    """Return the name of an element, empty if it has none."""
    return (element.get("name") or "").strip()


def lanes_of(element: Element) -> dict[str, int]:
    """Return the place of each flow node's lane from above; only the innermost lanes count."""
    found: dict[str, int] = {}
    for index, lane in enumerate(inner_lanes(element)):
        for reference in children(lane, "flowNodeRef"):
            found[text(reference)] = index
    return found


def inner_lanes(element: Element) -> list[Element]:
    """Return the lanes that have no lanes in them, from above."""
    sets = children(element, "laneSet")
    if not sets:
        return []
    return [
        one
        for one in elements(sets[0])
        if local(one) == "lane" and child(one, "childLaneSet") is None
    ]


def _size(element: Element, sizes: Mapping[str, Size]) -> Size | None:
    name = local(element)
    if name in EVENTS:
        return EVENT
    if name in GATEWAYS:
        return GATEWAY
    if name in TASKS:
        return TASK
    if name in SUBPROCESSES:
        return sizes[key_of(element)]
    if name == "textAnnotation":
        words = text(child(element, "text"))
        return NOTE_WIDTH, 16 + LINE * max(1, lines_of(words, NOTE_WIDTH - 10))
    return DATA.get(name)


def _box(element: Element, size: Size, guards: list[Element], lane: int) -> Box:
    name = local(element)
    is_outside = name in EVENTS or name in GATEWAYS or name in DATA
    return Box(
        key_of(element),
        *size,
        label=name_of(element) if is_outside else "",
        guards=tuple(map(key_of, guards)),
        guard_labels=tuple(map(name_of, guards)),
        lane=lane,
    )


def _link(element: Element, host_of: Mapping[str, str]) -> Link:
    source = (element.get("sourceRef") or "").strip()
    target = (element.get("targetRef") or "").strip()
    return Link(
        key_of(element),
        host_of.get(source, source),
        host_of.get(target, target),
        guard=source if source in host_of else "",
        label=name_of(element),
    )

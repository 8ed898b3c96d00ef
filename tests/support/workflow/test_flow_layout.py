"""Coordinates for drawings without: everything is placed, nothing lies on anything else."""

import time
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from shuzheng.support.workflow.rules import FlowInvalid, check_flow, read_flow
from shuzheng.support.workflow.rules.comparing import compare_flows
from shuzheng.support.workflow.rules.layout import lay_out

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
LINE = "{http://www.omg.org/spec/DD/20100524/DI}"
FLOWS = sorted(Path("cities").glob("*/flows/*.bpmn"))
HEAD = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">'
Box = tuple[float, float, float, float]


def _drawing(body: str, before: str = "") -> bytes:
    text = f'{HEAD}{before}<bpmn:process id="p" isExecutable="true">{body}</bpmn:process>'
    return f"{text}</bpmn:definitions>".encode()


def _flow(key: str, source: str, target: str, name: str = "") -> str:
    names = f' name="{name}"' if name else ""
    return f'<bpmn:sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}"{names}/>'


def _shapes(xml: bytes) -> dict[str, Box]:
    found = {}
    for shape in etree.fromstring(xml).iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        assert bounds is not None
        x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
        found[str(shape.get("bpmnElement"))] = (x, y, x + width, y + height)
    return found


def _lines(xml: bytes) -> dict[str, list[tuple[float, float]]]:
    return {
        str(edge.get("bpmnElement")): [
            (float(point.get("x")), float(point.get("y"))) for point in edge.iter(f"{LINE}waypoint")
        ]
        for edge in etree.fromstring(xml).iter(f"{DI}BPMNEdge")
    }


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_inside(inner: Box, outer: Box) -> bool:
    is_beyond = inner[0] >= outer[0] and inner[1] >= outer[1]
    return is_beyond and inner[2] <= outer[2] and inner[3] <= outer[3]


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_every_element_of_the_citys_flows_is_placed_and_none_lies_on_another(path: Path) -> None:
    xml = path.read_bytes()
    flow = read_flow(xml)
    laid = lay_out(xml)
    shapes, lines = _shapes(laid), _lines(laid)
    assert set(shapes) == set(flow.nodes)
    edges = {edge.id for node in flow.nodes.values() for edge in node.outgoing}
    assert set(lines) == edges
    assert all(len(points) > 1 for points in lines.values())
    free = [key for key, node in flow.nodes.items() if node.kind != "boundary"]
    overlaps = [
        pair for pair in combinations(free, 2) if _overlap(shapes[pair[0]], shapes[pair[1]])
    ]
    assert overlaps == []


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_laying_out_changes_nothing_of_what_the_flow_does(path: Path) -> None:
    before, after = path.read_bytes(), lay_out(path.read_bytes())
    assert compare_flows(read_flow(before), read_flow(after)) == ()
    assert [each for each in check_flow(after) if each.severity == "error"] == []


def test_every_node_lists_the_flows_that_enter_and_leave_it() -> None:
    body = (
        '<bpmn:startEvent id="s"><bpmn:documentation>x</bpmn:documentation></bpmn:startEvent>'
        '<bpmn:task id="t"/><bpmn:endEvent id="e"/>' + _flow("1", "s", "t") + _flow("2", "t", "e")
    )
    root = etree.fromstring(lay_out(_drawing(body)))
    told = {
        str(node.get("id")): [(etree.QName(each).localname, each.text) for each in node]
        for node in root.iter()
        if node.get("id") in {"s", "t", "e"}
    }
    assert told == {
        "s": [("documentation", "x"), ("outgoing", "1")],
        "t": [("incoming", "1"), ("outgoing", "2")],
        "e": [("incoming", "2")],
    }


def test_a_drawing_can_be_placed_anew() -> None:
    body = '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>' + _flow("1", "s", "e")
    laid = lay_out(_drawing(body))
    shifted = laid.replace(b'x="26"', b'x="900"')
    assert _shapes(lay_out(shifted, anew=True)) == _shapes(laid)


def test_a_drawing_with_coordinates_comes_back_byte_for_byte() -> None:
    once = lay_out(_drawing('<bpmn:startEvent id="s"/>'))
    assert lay_out(once) is once


def test_lines_are_level_or_upright_and_begin_and_end_at_their_shapes() -> None:
    body = (
        '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g"/><bpmn:userTask id="a"/>'
        '<bpmn:userTask id="b"/><bpmn:endEvent id="e"/>'
        + _flow("1", "s", "g")
        + _flow("2", "g", "a", "改")
        + _flow("3", "g", "b")
        + _flow("4", "a", "g")
        + _flow("5", "b", "e")
    )
    laid = lay_out(_drawing(body))
    shapes, lines = _shapes(laid), _lines(laid)
    for points in lines.values():
        for one, other in pairwise(points):
            assert one[0] == other[0] or one[1] == other[1]
    assert lines["5"][0][0] == shapes["b"][2]
    assert lines["5"][-1][0] == shapes["e"][0]
    assert shapes["s"][2] < shapes["g"][0] < shapes["a"][0] == shapes["b"][0] < shapes["e"][0]
    back = lines["4"]
    assert back[0][1] in {shapes["a"][1], shapes["a"][3]}
    assert back[-1][1] in {shapes["g"][1], shapes["g"][3]}


def test_the_longest_way_is_straight() -> None:
    body = (
        '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g"/><bpmn:endEvent id="short"/>'
        '<bpmn:task id="a"/><bpmn:task id="b"/><bpmn:endEvent id="e"/>'
        + _flow("1", "s", "g")
        + _flow("2", "g", "short")
        + _flow("3", "g", "a")
        + _flow("4", "a", "b")
        + _flow("5", "b", "e")
    )
    shapes = _shapes(lay_out(_drawing(body)))
    middles = {(shapes[key][1] + shapes[key][3]) / 2 for key in ("s", "g", "a", "b", "e")}
    assert len(middles) == 1


def test_boundary_events_sit_on_the_edge_of_their_task() -> None:
    body = (
        '<bpmn:startEvent id="s"/><bpmn:task id="a"/><bpmn:endEvent id="e"/><bpmn:endEvent id="l"/>'
        '<bpmn:boundaryEvent id="b1" attachedToRef="a"/>'
        '<bpmn:boundaryEvent id="b2" attachedToRef="a" name="逾期"/>'
        + _flow("1", "s", "a")
        + _flow("2", "a", "e")
        + _flow("3", "b1", "l")
        + _flow("4", "b2", "a")
    )
    shapes = _shapes(lay_out(_drawing(body)))
    for key in ("b1", "b2"):
        assert (shapes[key][1] + shapes[key][3]) / 2 == shapes["a"][3]
        assert shapes["a"][0] < shapes[key][0] < shapes[key][2] < shapes["a"][2]
    assert not _overlap(shapes["b1"], shapes["b2"])


def test_what_is_in_a_subprocess_stands_in_it() -> None:
    body = (
        '<bpmn:startEvent id="s"/><bpmn:subProcess id="sub"><bpmn:startEvent id="s2"/>'
        '<bpmn:task id="t2"/>' + _flow("i", "s2", "t2") + "</bpmn:subProcess>"
        '<bpmn:endEvent id="e"/>' + _flow("1", "s", "sub") + _flow("2", "sub", "e")
    )
    shapes = _shapes(lay_out(_drawing(body)))
    assert _is_inside(shapes["s2"], shapes["sub"])
    assert _is_inside(shapes["t2"], shapes["sub"])
    assert not _overlap(shapes["sub"], shapes["e"])


def test_each_node_stands_in_its_lane_and_lanes_lie_under_each_other() -> None:
    body = (
        '<bpmn:laneSet id="ls"><bpmn:lane id="window"><bpmn:flowNodeRef>s</bpmn:flowNodeRef>'
        "<bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>"
        '<bpmn:lane id="chief"><bpmn:flowNodeRef>b</bpmn:flowNodeRef>'
        "<bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
        '<bpmn:startEvent id="s"/><bpmn:task id="a"/><bpmn:task id="b"/><bpmn:endEvent id="e"/>'
        + _flow("1", "s", "a")
        + _flow("2", "a", "b")
        + _flow("3", "b", "e")
    )
    shapes = _shapes(lay_out(_drawing(body)))
    assert shapes["window"][3] == shapes["chief"][1]
    for lane, keys in (("window", "sa"), ("chief", "be")):
        assert all(_is_inside(shapes[key], shapes[lane]) for key in keys)


def test_pools_lie_under_each_other_and_messages_go_between_them() -> None:
    before = (
        '<bpmn:collaboration id="c"><bpmn:participant id="us" processRef="p"/>'
        '<bpmn:participant id="them"/>'
        '<bpmn:messageFlow id="m" sourceRef="t" targetRef="them"/></bpmn:collaboration>'
    )
    laid = lay_out(_drawing('<bpmn:task id="t"/>', before))
    shapes = _shapes(laid)
    assert _is_inside(shapes["t"], shapes["us"])
    assert not _overlap(shapes["us"], shapes["them"])
    assert _lines(laid)["m"][-1][1] == shapes["them"][1]


def test_notes_and_data_are_placed_too() -> None:
    body = (
        '<bpmn:task id="t"/><bpmn:textAnnotation id="n"><bpmn:text>说明</bpmn:text>'
        '</bpmn:textAnnotation><bpmn:association id="a" sourceRef="t" targetRef="n"/>'
        '<bpmn:dataObject id="o"/><bpmn:dataObjectReference id="r" dataObjectRef="o" name="材料"/>'
    )
    laid = lay_out(_drawing(body))
    assert set(_shapes(laid)) == {"t", "n", "r"}
    assert set(_lines(laid)) == {"a"}


def test_hostile_xml_is_refused() -> None:
    with pytest.raises(FlowInvalid):
        lay_out(b'<!DOCTYPE x [<!ENTITY a "b">]><x/>')


def test_what_holds_no_process_is_left_as_it_is() -> None:
    xml = f"{HEAD}</bpmn:definitions>".encode()
    assert lay_out(xml) == xml


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 9).flatmap(
        lambda count: st.lists(
            st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=16
        ).map(lambda pairs: (count, pairs))
    )
)
def test_any_graph_is_placed_without_overlaps(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = graph
    tasks = "".join(f'<bpmn:task id="t{each}"/>' for each in range(count))
    flows = "".join(
        _flow(f"f{index}", f"t{one}", f"t{other}") for index, (one, other) in enumerate(pairs)
    )
    laid = lay_out(_drawing(tasks + flows))
    shapes, lines = _shapes(laid), _lines(laid)
    assert len(shapes) == count
    assert set(lines) == {f"f{index}" for index in range(len(pairs))}
    assert all(len(points) > 1 for points in lines.values())
    assert not any(_overlap(*pair) for pair in combinations(shapes.values(), 2))


def test_a_drawing_too_large_to_be_drawn_well_is_drawn_plainly_and_soon() -> None:
    count = 300
    tasks = "".join(f'<bpmn:task id="t{each}"/>' for each in range(count))
    guard = '<bpmn:boundaryEvent id="b" attachedToRef="t0"/>'
    row = "".join(_flow(f"r{each}", f"t{each}", f"t{each + 1}") for each in range(count - 1))
    fan = "".join(_flow(f"f{each}", "t0", f"t{each}") for each in range(1, count))
    began = time.process_time()
    laid = lay_out(_drawing(tasks + guard + row + fan + _flow("g", "b", "t9")))
    assert time.process_time() - began < 5
    shapes, lines = _shapes(laid), _lines(laid)
    assert len(shapes) == count + 1
    assert len(lines) == 2 * (count - 1) + 1
    places = [shapes[f"t{each}"] for each in range(count)]
    assert not any(_overlap(one, other) for one, other in pairwise(places))

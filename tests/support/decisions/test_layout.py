"""The drawing that is made for models without one."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from shuzheng.support.decisions.rules import labels_of, read_model, with_drawing, with_labels
from shuzheng.support.decisions.rules.layers import Link, arrange
from shuzheng.support.decisions.rules.layout import SIZES, place
from tests.support.decisions.models_of_rules import table_model

NAMES = tuple("abcdefgh")
LINKS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).map(lambda pair: Link(*pair)),
    max_size=16,
).map(tuple)
SPACE = "https://www.omg.org/spec/DMN/20191111"
GRAPH = f"""<definitions xmlns="{SPACE}/MODEL/" id="d" name="d" namespace="n">
  <inputData id="area" name="area" label="面积"/>
  <knowledgeSource id="law" name="行政许可法"/>
  <businessKnowledgeModel id="rate" name="rate"/>
  <decision id="size" name="size">
    <informationRequirement id="r1"><requiredInput href="#area"/></informationRequirement>
  </decision>
  <decision id="fee" name="fee">
    <informationRequirement><requiredDecision href="#size"/></informationRequirement>
    <informationRequirement id="r3"><requiredInput href="#area"/></informationRequirement>
    <knowledgeRequirement id="r4"><requiredKnowledge href="#rate"/></knowledgeRequirement>
    <authorityRequirement id="r5"><requiredAuthority href="#law"/></authorityRequirement>
  </decision>
  <decisionService id="desk" name="desk"><outputDecision href="#fee"/></decisionService>
</definitions>""".encode()


def drawn(xml: bytes) -> dict[str, etree._Element]:
    root = etree.fromstring(xml)
    return {each.get("dmnElementRef"): each for each in root.iter() if each.get("dmnElementRef")}


def bounds_of(shape: etree._Element) -> tuple[int, int, int, int]:
    x, y, width, height = (int(shape[0].get(name)) for name in ("x", "y", "width", "height"))
    return x, y, width, height


@given(LINKS)
def test_everything_stands_above_what_it_requires_unless_in_a_circle(links: tuple[Link, ...]):
    found = arrange(NAMES, links)
    level = {name: number for number, layer in enumerate(found.layers) for name in layer}
    assert {name for name in level if ">" not in name} == set(NAMES)
    for link, path in found.paths:
        assert (path[0], path[-1]) == (link.source, link.target)
        assert [level[name] for name in path] == list(
            range(level[link.source], level[link.target] + 1)
        )


@given(LINKS)
def test_no_two_shapes_overlap(links: tuple[Link, ...]):
    kinds = list(SIZES.values())
    sizes = {name: kinds[number % len(kinds)] for number, name in enumerate(NAMES)}
    boxes, bends = place(sizes, links)
    assert set(boxes) == set(NAMES)
    for one, other in combinations(boxes.values(), 2):
        assert (
            one.left + one.width <= other.left
            or other.left + other.width <= one.left
            or one.top + one.height <= other.top
            or other.top + other.height <= one.top
        )
    for link, points in bends.items():
        assert points[0] == (boxes[link.source].middle, boxes[link.source].top)
        assert points[-1][1] == boxes[link.target].top + boxes[link.target].height


def test_a_circle_is_drawn_without_the_link_that_closes_it():
    found = arrange(("a", "b"), (Link("a", "b"), Link("b", "a"), Link("a", "nothing")))
    assert [link for link, _ in found.paths] == [Link("a", "b")]


def test_a_model_without_a_drawing_gets_one_and_keeps_everything_else():
    xml = with_drawing(GRAPH)
    shapes = drawn(xml)
    assert set(shapes) == {"area", "law", "rate", "size", "fee", "fee_requirement_1"} | {
        *("r1", "r3", "r4", "r5")
    }
    tops = {name: bounds_of(shapes[name])[1] for name in ("fee", "size", "area")}
    assert tops["fee"] < tops["size"] < tops["area"]
    # The way from the area past the size to the fee bends in the layer between.
    assert [len(shapes[name]) for name in ("r1", "r3", "r4")] == [2, 3, 2]
    before, after = etree.fromstring(GRAPH), etree.fromstring(xml)
    assert [each.get("id") for each in before] == [each.get("id") for each in after][:-1]


def test_a_model_with_a_drawing_is_left_byte_for_byte():
    own = GRAPH.replace(
        b"</definitions>", f'<di:DMNDI xmlns:di="{SPACE}/DMNDI/"/></definitions>'.encode()
    )
    assert with_drawing(own) == own


def test_a_drawing_is_in_the_language_of_its_model():
    newer = GRAPH.replace(b"20191111", b"20230324")
    assert b"https://www.omg.org/spec/DMN/20230324/DMNDI/" in with_drawing(newer)
    oldest = GRAPH.replace(
        f"{SPACE}/MODEL/".encode(), b"http://www.omg.org/spec/DMN/20151101/dmn.xsd"
    )
    assert with_drawing(oldest) == oldest


def test_a_model_nobody_could_read_is_not_drawn():
    many = b"".join(b'<inputData id="i%d" name="i%d"/>' % (each, each) for each in range(301))
    wide = GRAPH.replace(b"</definitions>", many + b"</definitions>")
    assert with_drawing(wide) == wide


def test_people_read_the_headings_of_columns_and_own_labels_in_the_place_of_names():
    xml = table_model(("area", "flue"), (("< 50", "-", '"small"'),))
    named = xml.replace(b"<input>", '<input label="使用面积">'.encode(), 1)
    labels = labels_of(read_model(named))
    assert labels == {"area": "使用面积"}
    shown = etree.fromstring(with_labels(named, labels))
    assert [each.get("name") for each in shown] == ["使用面积", "flue", "decision"]
    assert labels_of(read_model(GRAPH.replace(b"20191111", b"20230324"))) == {"area": "面积"}

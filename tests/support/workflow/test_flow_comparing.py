"""What changed between two versions is said element by element."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.workflow.rules.comparing import compare_flows
from tests.support.workflow.flow_drawing import FORMAL, flow_of

START_END = '<startEvent id="s"/><endEvent id="e"/>'
PLAIN = flow_of(START_END + '<userTask id="a" name="审查"/>', "s>a a>e")


def said(after: str, flows: str = "s>a a>e", before: object = PLAIN) -> list[str]:
    return [one.sentence for one in compare_flows(before, flow_of(START_END + after, flows))]  # type: ignore[arg-type]


def test_nothing_changed() -> None:
    assert said('<userTask id="a" name="审查"/>') == []


def test_a_new_name_a_new_kind_and_a_new_duty_are_each_said() -> None:
    assert said('<manualTask id="a" name="复核"/>') == [
        "手工任务“复核”的类型由“人工任务”改为“手工任务”。",
        "手工任务“复核”的名称由“审查”改为“复核”。",
    ]
    assert said('<userTask id="a" name="审查" shuzheng:duty="review:x"/>') == [
        "人工任务“审查”的职责由“”改为“review:x”。"
    ]


def test_a_condition_and_a_timer_are_said_by_their_text() -> None:
    gate = '<exclusiveGateway id="g" default="g_e"/><userTask id="a" name="审查"/>'
    before = flow_of(START_END + gate, "s>g g>a[x<1] g>e a>e")
    assert said(gate, "s>g g>a[x<2] g>e a>e", before) == [
        "连线“排他网关 → 审查”的条件由“x<1”改为“x<2”。"
    ]

    def timed(days: int) -> str:
        return (
            '<userTask id="a" name="审查"/><boundaryEvent id="t" attachedToRef="a">'
            f"<timerEventDefinition><timeDuration {FORMAL}>P{days}D</timeDuration>"
            "</timerEventDefinition></boundaryEvent>"
        )

    before = flow_of(START_END + timed(3), "s>a a>e t>e")
    assert said(timed(5), "s>a a>e t>e", before) == [
        "边界事件“边界事件”的触发条件由“timer duration P3D”改为“timer duration P5D”。"
    ]


def test_what_was_added_is_removed_the_other_way_round() -> None:
    after = flow_of(START_END + '<userTask id="a" name="审查"/><userTask id="b"/>', "s>a a>b b>e")
    there = [(one.kind, one.element) for one in compare_flows(PLAIN, after)]
    back = [(one.kind, one.element) for one in compare_flows(after, PLAIN)]
    assert there == [
        ("added", "b"),
        ("connected", "a_b"),
        ("connected", "b_e"),
        ("disconnected", "a_e"),
    ]
    opposite = {"added": "removed", "connected": "disconnected", "disconnected": "connected"}
    assert sorted(back) == sorted((opposite[kind], element) for kind, element in there)


NAMES = st.lists(st.sampled_from("abcdfgh"), min_size=1, max_size=7, unique=True)


@given(NAMES, NAMES)
def test_elements_added_and_removed_are_the_difference_of_the_two(
    first: list[str], second: list[str]
) -> None:
    old, new = (chain(names) for names in (first, second))
    found = compare_flows(old, new)
    assert [one.element for one in found if one.kind == "added"] == [
        name for name in second if name not in first
    ]
    assert {one.element for one in found if one.kind == "removed"} == set(first) - set(second)
    assert (found == ()) == (first == second)


def chain(names: list[str]) -> object:
    places = ["s", *names, "e"]
    flows = " ".join(f"{a}>{b}" for a, b in pairwise(places))
    return flow_of(START_END + "".join(f'<userTask id="{name}"/>' for name in names), flows)

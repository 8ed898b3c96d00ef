"""Flows that follow all the rules and still stick, circle or run twice are found beforehand."""

import pytest

from shuzheng.support.workflow.rules import check_flow
from tests.support.workflow.flow_drawing import drawing

START_END = '<startEvent id="s"/><endEvent id="e"/>'


def gate(kind: str, key: str, default: str = "") -> str:
    return f'<{kind}Gateway id="{key}"' + (f' default="{default}"/>' if default else "/>")


def tasks(*names: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in names)


def warnings(body: str, flows: str) -> list[tuple[str, str]]:
    problems = check_flow(drawing(START_END + body, flows))
    assert {problem.severity for problem in problems} <= {"warning"}
    return [(problem.code, problem.element) for problem in problems]


def test_one_of_several_branches_never_fills_a_parallel_join() -> None:
    body = gate("exclusive", "f", "f_b") + gate("parallel", "j") + tasks("a", "b")
    assert warnings(body, "s>f f>a[x] f>b a>j b>j j>e") == [("deadlock", "j")]


def test_some_of_several_branches_may_not_fill_a_parallel_join() -> None:
    body = gate("inclusive", "f", "f_b") + gate("parallel", "j") + tasks("a", "b")
    assert warnings(body, "s>f f>a[x] f>b a>j b>j j>e") == [("deadlock", "j")]


def test_parallel_branches_that_are_not_joined_run_the_rest_twice() -> None:
    body = gate("parallel", "f") + gate("exclusive", "j") + tasks("a", "b", "c")
    found = warnings(body, "s>f f>a f>b a>j b>j j>c c>e")
    assert ("not-synchronised", "c") in found
    assert not [code for code, _ in found if code == "deadlock"]


def test_a_circle_without_way_out_is_found() -> None:
    body = gate("exclusive", "g", "g_a") + tasks("a", "b")
    found = warnings(body, "s>g g>e[x] g>a a>b b>a")
    assert ("never-ends", "a") in found
    assert ("never-ends", "b") in found


def test_a_boundary_event_that_skips_a_join_is_found() -> None:
    body = (
        gate("parallel", "f") + gate("parallel", "j") + tasks("a", "b", "late")
        + '<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition><timeDuration '
        'xsi:type="tFormalExpression">P1D</timeDuration></timerEventDefinition></boundaryEvent>'
    )  # fmt: skip
    assert ("deadlock", "j") in warnings(body, "s>f f>a f>b a>j b>j j>e t>late late>e")


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
def test_well_paired_gateways_are_left_in_peace(kind: str) -> None:
    body = gate(kind, "f") + gate(kind, "j") + tasks("a", "b")
    assert warnings(body, "s>f f>a f>b a>j b>j j>e") == []


def test_an_inclusive_pair_with_a_return_loop_is_left_in_peace() -> None:
    body = (
        tasks("accept", "correct", "a", "b") + gate("exclusive", "g", "g_f")
        + gate("inclusive", "f", "f_b") + gate("inclusive", "j")
    )  # fmt: skip
    flows = "s>accept accept>g g>correct[x] correct>accept g>f f>a[y] f>b a>j b>j j>e"
    assert warnings(body, flows) == []


def test_a_flow_with_very_many_ways_is_looked_at_in_bounded_time() -> None:
    names = [f"t{index}" for index in range(12)]
    flows = ["s>f", "j>e", *(f"f>{name} {name}>j" for name in names)]
    body = gate("parallel", "f") + gate("parallel", "j") + tasks(*names)
    assert warnings(body, " ".join(flows)) == []

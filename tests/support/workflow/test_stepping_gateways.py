"""Tokens at gateways: one way, all ways, those that hold; joins wait for what was taken."""

import pytest

from shuzheng.support.workflow import rules
from tests.support.workflow.flow_drawing import Case, flow_of
from tests.support.workflow.step_drawing import START_END, gateway, tasks

EXCLUSIVE = START_END + gateway("exclusive", "g", "g_b") + tasks("a", "b")


@pytest.mark.parametrize(("size", "place"), [(5, "a"), (1, "b")])
def test_an_exclusive_gateway_takes_what_holds_or_the_default(size: int, place: str) -> None:
    flow = flow_of(EXCLUSIVE, "s>g g>a[size_>_3] g>b a>e b>e")
    assert Case(flow, size=size).places == [place]


def test_a_condition_nobody_can_judge_is_refused() -> None:
    flow = flow_of(EXCLUSIVE, "s>g g>a[size_>_3] g>b a>e b>e")
    with pytest.raises(rules.ConditionUndecided) as refusal:
        Case(flow)
    assert refusal.value.facts == {"element": "g_a", "text": "size > 3", "value": None}


@pytest.mark.parametrize("kind", ["exclusive", "inclusive"])
def test_a_gateway_without_an_open_path_is_refused(kind: str) -> None:
    body = START_END + gateway(kind, "g") + tasks("a", "b")
    flow = flow_of(body, "s>g g>a[size_>_3] g>b[size_>_4] a>e b>e")
    with pytest.raises(rules.NoPathTaken) as refusal:
        Case(flow, size=1)
    assert refusal.value.facts == {"element": "g"}


PARALLEL = START_END + gateway("parallel", "f") + gateway("parallel", "j") + tasks("a", "b", "c")


def test_a_parallel_join_waits_for_every_branch() -> None:
    case = Case(flow_of(PARALLEL, "s>f f>a f>b a>j b>j j>c c>e"))
    assert case.places == ["a", "b"]
    assert case.complete("b").places == ["a", "j"]
    assert case.complete("a").places == ["c"]
    assert case.complete("c").ended == "completed"


def test_a_join_that_can_never_open_is_seen_as_stuck() -> None:
    body = START_END + gateway("exclusive", "f", "f_b") + gateway("parallel", "j") + tasks("a", "b")
    case = Case(flow_of(body, "s>f f>a[x] f>b a>j b>j j>e"), x=True)
    assert not case.state.is_stuck
    case.complete("a")
    assert (case.places, case.state.is_stuck, case.ended) == (["j"], True, "")


INCLUSIVE = (
    START_END + gateway("inclusive", "f", "f_c") + gateway("inclusive", "j") + tasks(*"abcd")
)


@pytest.mark.parametrize(
    ("chosen", "places"), [("ab", ["a", "b"]), ("a", ["a"]), ("b", ["b"]), ("", ["c"])]
)
def test_an_inclusive_join_waits_only_for_branches_taken(chosen: str, places: list[str]) -> None:
    flow = flow_of(INCLUSIVE, "s>f f>a[a] f>b[b] f>c a>j b>j c>j j>d d>e")
    case = Case(flow, a="a" in chosen, b="b" in chosen)
    assert case.places == places
    for place in places[:-1]:
        assert "j" in case.complete(place).places
    assert case.complete(places[-1]).places == ["d"]


def test_flows_out_of_a_task_are_all_taken_when_open() -> None:
    case = Case(flow_of(START_END + tasks("a", "b", "c"), "s>a a>b a>c[no] b>e c>e"), no=False)
    assert case.complete("a").places == ["b"]

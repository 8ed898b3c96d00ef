"""Where no case is placed by itself an official says where it goes on; no step is skipped."""

from collections.abc import Collection

import pytest

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import Flow, State
from shuzheng.support.workflow.rules.migration import (
    ChoiceImpossible,
    Passage,
    StepsLeftOut,
    migrate,
)
from tests.support.workflow.flow_drawing import flow_of
from tests.support.workflow.redrawing import complete, finish, refused, tasks

ENDS = '<startEvent id="s"/><endEvent id="e"/>'


def simple(names: str, flows: str) -> Flow:
    gates = '<parallelGateway id="f"/><parallelGateway id="j"/>' if ">f" in flows else ""
    return flow_of(ENDS + gates + tasks(names), flows)


def ways(old: Flow, new: Flow, state: State, done: Collection[str] = ()) -> tuple[str, ...]:
    """Return what may be chosen about the one stay there is."""
    (stay,) = refused(old, new, state)
    return Passage(old, new).options(state, stay, variables={}, done=done)


def test_an_official_says_where_a_step_that_is_gone_goes_on() -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("x b", "s>x x>b b>e")
    state = rules.start(old, variables={}).state
    assert ways(old, new, state) == ("x",)
    moved = migrate(old, new, state, variables={}, choices={"a": "x"})
    assert [type(one).__name__ for one in moved.effects] == ["CloseTask", "OpenTask"]
    assert [(one.element, one.target, one.code) for one in moved.moves] == [("a", "x", "chosen")]
    assert finish(new, moved.state) == ["x", "b"]


def test_a_choice_that_is_no_step_is_refused() -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("x b", "s>x x>b b>e")
    state = rules.start(old, variables={}).state
    for target in ("e", "s", "nowhere"):
        with pytest.raises(ChoiceImpossible):
            migrate(old, new, state, variables={}, choices={"a": target})


def test_a_choice_past_a_step_that_is_not_done_is_refused_by_name() -> None:
    old = simple("a b", "s>a a>b b>e")
    new = flow_of(ENDS + '<userTask id="x" name="审查"/><userTask id="b"/>', "s>x x>b b>e")
    state = rules.start(old, variables={}).state
    with pytest.raises(StepsLeftOut) as refusal:
        migrate(old, new, state, variables={}, choices={"a": "b"})
    assert refusal.value.code == "workflow.steps-left-out"
    assert "转到“人工任务”就会跳过这件办件还没有办的“审查”。" in str(refusal.value)


def test_past_what_a_case_has_done_it_may_be_put() -> None:
    old, new = simple("a b c", "s>a a>b b>c c>e"), simple("a c", "s>a a>c c>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state, {"a"}) == ("a", "c")
    assert ways(old, new, state) == ("a",)


def test_a_step_added_on_the_way_holds_a_choice_back() -> None:
    old, new = simple("a b c", "s>a a>b b>c c>e"), simple("a more c", "s>a a>more more>c c>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state, {"a"}) == ("a", "more")


def test_behind_a_join_lies_all_that_it_waits_for() -> None:
    old = simple("a b z", "s>f f>a f>b a>j b>j j>z z>e")
    new = simple("x b z", "s>f f>x f>b x>j b>j j>z z>e")
    state = rules.start(old, variables={}).state
    assert ways(old, new, state) == ("x", "b")
    assert ways(old, new, state, {"b"}) == ("x", "b")


@pytest.mark.parametrize(("large", "found"), [(True, ("rule",)), (False, ("look",))])
def test_only_ways_that_the_cases_data_open_count(*, large: bool, found: tuple[str, ...]) -> None:
    gate = ENDS + '<exclusiveGateway id="g" default="g_look"/><exclusiveGateway id="h"/>'
    old = flow_of(ENDS + tasks("a"), "s>a a>e")
    new = flow_of(gate + tasks("look rule"), "s>g g>look g>h[large] look>h h>rule rule>e")
    state = rules.start(old, variables={}).state
    (stay,) = refused(old, new, state)
    assert Passage(old, new).options(state, stay, variables={"large": large}) == found


def test_a_step_that_waits_beside_another_is_not_passed_until_it_has_come() -> None:
    late = (
        '<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition>'
        '<timeDuration xsi:type="tFormalExpression">P9D</timeDuration>'
        "</timerEventDefinition></boundaryEvent>"
    )
    old = flow_of(ENDS + tasks("x"), "s>x x>e")
    new = flow_of(ENDS + tasks("a b") + late, "s>a a>e t>b b>e")
    state = rules.start(old, variables={}).state
    assert ways(old, new, state) == ("a",)
    assert ways(old, new, state, {"t"}) == ("a", "b")


@pytest.mark.parametrize(("target", "left"), [("a", ["b", "a"]), ("f", ["b"])])
def test_an_official_says_whether_a_branch_is_done_already(target: str, left: list[str]) -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("a b", "s>f f>a f>b a>j b>j j>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state, {"a"}) == ("a", "f")
    moved = migrate(old, new, state, variables={}, choices={"a": target}, done={"a"})
    assert finish(new, moved.state) == left


def test_a_branch_that_is_not_done_does_not_count_as_done() -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("a b", "s>f f>a f>b a>j b>j j>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state) == ("a",)
    with pytest.raises(StepsLeftOut):
        migrate(old, new, state, variables={}, choices={"a": "f"})

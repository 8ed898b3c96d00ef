"""Running cases move to a new version wholly or not at all, and skip nothing that was added."""

import pytest

from shuzheng.support.workflow.rules import (
    CancelTimer,
    Flow,
    OpenTask,
    SetTimer,
    State,
    TaskCompleted,
    TimerFired,
    advance,
)
from shuzheng.support.workflow.rules.migration import (
    Group,
    MigrationAmbiguous,
    group_of,
    migrate,
    plan_migration,
)
from tests.support.workflow.flow_drawing import FORMAL, Case, flow_of

START_END = '<startEvent id="s"/><endEvent id="e"/>'
GATES = '<parallelGateway id="f"/><parallelGateway id="j"/>'


def tasks(*names: str) -> str:
    return "".join(f'<userTask id="{name}" name="{name}"/>' for name in names)


def drawn(names: str, flows: str, more: str = "") -> Flow:
    return flow_of(START_END + tasks(*names.split()) + more, flows)


def places(state: State) -> list[str]:
    return sorted(token.element for token in state.tokens.values())


def finish(flow: Flow, state: State) -> list[str]:
    """Complete the oldest task again and again; return the order of steps to the end."""
    order = []
    while not state.is_ended:
        assert len(order) < 50
        key, token = next((k, t) for k, t in state.tokens.items() if t.role == "task")
        order.append(token.element)
        state = advance(flow, state, TaskCompleted(key), variables={}).state
    return order


TWO = drawn("a b", "s>a a>b b>e")
PARALLEL = drawn("a b z", "s>f f>a f>b a>j b>j j>z z>e", GATES)


def test_a_step_added_further_on_is_met() -> None:
    new = drawn("a c b", "s>a a>c c>b b>e")
    moved = migrate(TWO, new, Case(TWO).state, variables={})
    assert moved.effects == ()
    assert finish(new, moved.state) == ["a", "c", "b"]


def test_a_token_keeps_its_id_and_its_open_task() -> None:
    case = Case(TWO)
    new = drawn("a c b", "s>a a>c c>b b>e")
    assert migrate(TWO, new, case.state, variables={}).state.tokens == case.state.tokens


def test_a_branch_added_to_a_parallel_block_not_yet_left_is_begun() -> None:
    new = drawn("a b c z", "s>f f>a f>b f>c a>j b>j c>j j>z z>e", GATES)
    case = Case(PARALLEL)
    case.complete("a")
    moved = migrate(PARALLEL, new, case.state, variables={})
    assert [effect.element for effect in moved.effects if isinstance(effect, OpenTask)] == ["c"]
    assert places(moved.state) == ["b", "c", "j"]
    assert [(one.target, one.code) for one in moved.moves] == [
        ("b", "same"),
        ("j", "rejoined"),
        ("c", "added"),
    ]
    assert finish(new, moved.state) == ["b", "c", "z"]


def test_a_branch_added_to_a_block_already_left_is_not_begun() -> None:
    new = drawn("a b c z", "s>f f>a f>b f>c a>j b>j c>j j>z z>e", GATES)
    case = Case(PARALLEL)
    case.complete("a")
    case.complete("b")
    moved = migrate(PARALLEL, new, case.state, variables={})
    assert (places(moved.state), moved.effects) == (["z"], ())


def test_a_step_added_before_a_join_is_done_though_its_branch_was_finished() -> None:
    new = drawn("a c b z", "s>f f>a f>b a>c c>j b>j j>z z>e", GATES)
    case = Case(PARALLEL)
    case.complete("a")
    moved = migrate(PARALLEL, new, case.state, variables={})
    assert places(moved.state) == ["b", "c"]
    assert "replayed" in {one.code for one in moved.moves}
    assert finish(new, moved.state) == ["b", "c", "z"]


def test_a_step_drawn_into_a_new_parallel_block_gets_its_companion() -> None:
    new = drawn("a c b", "s>f f>a f>c a>j c>j j>b b>e", GATES)
    moved = migrate(TWO, new, Case(TWO).state, variables={})
    assert places(moved.state) == ["a", "c"]
    assert finish(new, moved.state) == ["a", "c", "b"]


def test_steps_made_parallel_that_may_be_done_already_are_ambiguous() -> None:
    new = drawn("a b", "s>f f>a f>b a>j b>j j>e", GATES)
    case = Case(TWO)
    case.complete("a")
    with pytest.raises(MigrationAmbiguous) as refusal:
        migrate(TWO, new, case.state, variables={})
    assert [(one.element, one.code) for one in refusal.value.stays] == [("f", "branch")]


def test_parallel_steps_drawn_one_after_the_other_into_one_branch_are_ambiguous() -> None:
    new = drawn("a b c z", "s>f f>a a>b b>j f>c c>j j>z z>e", GATES)
    case = Case(PARALLEL)
    for done in ("", "b"):
        if done:
            case.complete(done)
        with pytest.raises(MigrationAmbiguous) as refusal:
            migrate(PARALLEL, new, case.state, variables={})
        assert ("a", "crowded") in {(one.element, one.code) for one in refusal.value.stays}


def test_a_step_that_is_gone_keeps_the_case_where_it_is() -> None:
    case = Case(TWO)
    before = case.state.to_json()
    with pytest.raises(MigrationAmbiguous) as refusal:
        migrate(TWO, drawn("x b", "s>x x>b b>e"), case.state, variables={})
    assert [(one.element, one.code) for one in refusal.value.stays] == [("a", "removed")]
    assert case.state.to_json() == before


def test_a_step_that_became_something_else_stays() -> None:
    new = flow_of(START_END + '<manualTask id="a"/>' + tasks("b"), "s>a a>b b>e")
    with pytest.raises(MigrationAmbiguous) as refusal:
        migrate(TWO, new, Case(TWO).state, variables={})
    assert refusal.value.stays[0].why == "这一步的类型变了（人工任务 → 手工任务）。"


def test_a_step_with_another_id_but_the_same_name_is_found() -> None:
    new = flow_of(START_END + '<userTask id="a2" name="a"/>' + tasks("b"), "s>a2 a2>b b>e")
    moved = migrate(TWO, new, Case(TWO).state, variables={})
    assert [(one.element, one.target, one.code) for one in moved.moves] == [("a", "a2", "renamed")]
    assert finish(new, moved.state) == ["a2", "b"]


def timer(cancel: str = "false") -> str:
    return (
        f'<boundaryEvent id="t" attachedToRef="a" cancelActivity="{cancel}"><timerEventDefinition>'
        f"<timeDuration {FORMAL}>P9D</timeDuration></timerEventDefinition></boundaryEvent>"
    )


def test_boundary_events_come_and_go_with_the_drawing() -> None:
    new = drawn("a b late", "s>a a>b b>e t>late late>e", timer())
    moved = migrate(TWO, new, Case(TWO).state, variables={})
    (effect,) = moved.effects
    assert isinstance(effect, SetTimer)
    assert effect.element == "t"
    back = migrate(new, TWO, moved.state, variables={})
    assert back.effects == (CancelTimer(effect.token),)
    assert places(back.state) == ["a"]


def test_a_timer_that_has_fired_is_not_set_again() -> None:
    old = drawn("a b late", "s>a a>b b>e t>late late>e", timer())
    new = drawn("a c b late", "s>a a>c c>b b>e t>late late>e", timer())
    case = Case(old)
    waiting = migrate(old, new, case.state, variables={})
    assert (waiting.effects, places(waiting.state)) == ((), ["a", "t"])
    case.tell(TimerFired(case.token("t")))
    fired = migrate(old, new, case.state, variables={})
    assert (fired.effects, places(fired.state)) == ((), ["a", "late"])


def test_a_plan_says_group_by_group_who_goes_where_and_who_stays() -> None:
    new = drawn("b c", "s>b b>c c>e")
    first, second = Case(TWO), Case(TWO)
    second.complete("a")
    plans = plan_migration(TWO, new, [Group(7, first.state), Group(5, second.state)])
    assert [(plan.places, plan.count) for plan in plans] == [
        ((("a", "task"),), 7),
        ((("b", "task"),), 5),
    ]
    assert [one.code for one in plans[0].stays] == ["removed"]
    assert [(one.element, one.target, one.code) for one in plans[1].moves] == [("b", "b", "same")]
    assert group_of(first.state) != group_of(second.state)


def test_an_ended_case_has_nowhere_to_go() -> None:
    case = Case(TWO)
    case.complete("a")
    case.complete("b")
    moved = migrate(TWO, drawn("x", "s>x x>e"), case.state, variables={})
    assert moved.state == case.state
    assert moved.effects == ()


@pytest.mark.parametrize(("large", "expected"), [(True, ["b", "c"]), (False, ["b"])])
def test_a_branch_added_to_a_choice_is_begun_if_its_condition_holds(
    *, large: bool, expected: list[str]
) -> None:
    gates = '<inclusiveGateway id="f" default="f_a"/><inclusiveGateway id="j"/>'
    old = drawn("a b", "s>f f>a f>b[true] a>j b>j j>e", gates)
    new = drawn("a b c", "s>f f>a f>b[true] f>c[large] a>j b>j c>j j>e", gates)
    moved = migrate(old, new, Case(old).state, variables={"large": large})
    assert places(moved.state) == expected

"""Random flows, changed at random, with cases anywhere in them: each lands, nothing is skipped."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import Flow, State
from shuzheng.support.workflow.rules.migration import (
    ChoiceImpossible,
    MigrationAmbiguous,
    Passage,
    Stay,
    StepsLeftOut,
    migrate,
    migrate_alike,
)
from tests.support.workflow.flow_drawing import flow_of
from tests.support.workflow.redrawing import (
    FLAGS,
    FLOWS,
    SHAPES,
    Part,
    add,
    assert_whole,
    complete,
    drawn,
    finish,
    named,
    open_tasks,
    play,
    refused,
    steps_for,
    tasks,
)


@settings(max_examples=200, deadline=None)
@given(FLOWS, SHAPES, st.lists(st.integers(0, 5), max_size=8), st.data())
def test_a_case_moves_whole_or_stays_whatever_was_redrawn(
    part: Part, other: Part, picks: list[int], data: st.DataObject
) -> None:
    """The other flow shares names with the first, at other places and of other kinds."""
    old, new = drawn(part), drawn(named(other))
    state, done = play(old, picks)
    before = json.dumps(state.to_json())
    try:
        moved = migrate(old, new, state, variables=FLAGS)
    except MigrationAmbiguous as refusal:
        settle(old, new, state, done, refusal.stays, data)
        return
    finally:
        assert json.dumps(state.to_json()) == before
    assert_whole(new, moved.state)
    assert_effects(state, moved.state, moved.effects)
    finish(new, moved.state)


def settle(
    old: Flow,
    new: Flow,
    state: State,
    done: list[str],
    stays: tuple[Stay, ...],
    data: st.DataObject,
) -> None:
    """What an official chooses from the options moves the case, or is refused in words."""
    choices: dict[str, str] = {}
    for stay in stays:
        possible = Passage(old, new).options(state, stay, variables=FLAGS, done=done)
        if stay.choose and possible:
            choices[stay.choose] = data.draw(st.sampled_from(possible))
    try:
        moved = migrate(old, new, state, variables=FLAGS, choices=choices, done=done)
    except (MigrationAmbiguous, ChoiceImpossible, StepsLeftOut):
        return
    assert_whole(new, moved.state)
    assert_effects(state, moved.state, moved.effects)
    for _ in range(40):
        tasks = open_tasks(moved.state)
        if not tasks:
            break
        moved = replace(moved, state=complete(new, moved.state, tasks[0]))


def assert_effects(before: State, after: State, effects: tuple[rules.Effect, ...]) -> None:
    """What is open outside is what waits inside."""
    opened = {one.token for one in effects if isinstance(one, rules.OpenTask)}
    closed = {one.token for one in effects if isinstance(one, rules.CloseTask)}
    assert (set(open_tasks(before)) | opened) - closed == set(open_tasks(after))


@settings(max_examples=100, deadline=None)
@given(FLOWS, st.lists(st.integers(0, 5), max_size=8), st.data())
def test_what_is_said_of_all_cases_in_a_state_holds_for_each(
    part: Part, picks: list[int], data: st.DataObject
) -> None:
    old, new = drawn(part), drawn(add(part, data.draw(steps_for(part))))
    state, _ = play(old, picks)
    alike, stays = None, None
    try:
        alike = migrate_alike(old, new, state)
    except MigrationAmbiguous as refusal:
        stays = refusal.stays
    if stays is not None:
        assert refused(old, new, state) == stays
    elif alike is not None:
        assert migrate(old, new, state, variables=FLAGS) == alike


def test_a_move_that_asks_a_condition_is_not_said_of_all() -> None:
    gates = '<inclusiveGateway id="f" default="f_a"/><inclusiveGateway id="j"/>'
    ends = '<startEvent id="s"/><endEvent id="e"/>'
    old = flow_of(ends + gates + tasks("a b"), "s>f f>a f>b[true] a>j b>j j>e")
    new = flow_of(ends + gates + tasks("a b c"), "s>f f>a f>b[true] f>c[large] a>j b>j c>j j>e")
    state = rules.start(old, variables={}).state
    assert migrate_alike(old, new, state) is None
    assert len(migrate(old, new, state, variables={"large": True}).effects) == 1

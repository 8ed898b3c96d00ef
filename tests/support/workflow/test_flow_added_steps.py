"""A step added to a random flow is met by every case that has not passed it."""

from collections import Counter
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shuzheng.support.workflow.rules import State
from shuzheng.support.workflow.rules.migration import MigrationAmbiguous, Stay, migrate
from tests.support.workflow.redrawing import (
    FLAGS,
    FLOWS,
    Part,
    Step,
    add,
    assert_whole,
    chosen,
    drawn,
    finish,
    play,
    steps_for,
)


def done_blocks(part: Part, done: set[str]) -> bool:
    """Say whether all that is to be done of a block has been done."""
    if part.kind == "task":
        return part.name in done
    return all(done_blocks(one, done) for one in chosen(part))


def is_met(part: Part, step: Step, done: set[str]) -> bool:
    """Say whether a case that has done so much still comes past the step's place.

    The place after a block is passed when the case has gone on beyond it, the place before it when
    it has begun; a finished branch that waits for the others has not gone on.
    """
    path = path_to(part, step.place)
    for outer, inner in pairwise(path):
        if inner not in chosen(outer):
            return False
    if step.where == "beside":
        return not done_blocks(path[-1], done)
    if step.where == "before":
        return not has_begun(path, done)
    return not is_left(path, done)


def path_to(part: Part, name: str) -> list[Part]:
    if part.name == name:
        return [part]
    for one in part.parts:
        found = path_to(one, name)
        if found:
            return [part, *found]
    return []


def has_begun(path: list[Part], done: set[str]) -> bool:
    """A block begins with the block around it, or after the one before it in a sequence."""
    if len(path) == 1:
        return True
    outer, inner = path[-2:]
    index = outer.parts.index(inner)
    if outer.kind == "sequence" and index:
        return all(done_blocks(one, done) for one in outer.parts[:index])
    return has_begun(path[:-1], done)


def is_left(path: list[Part], done: set[str]) -> bool:
    """A case has left a block when it is done and something else has begun because of it."""
    if not done_blocks(path[-1], done):
        return False
    if len(path) == 1:
        return True
    outer, inner = path[-2:]
    if outer.kind == "sequence" and outer.parts[-1] is not inner:
        return True
    return is_left(path[:-1], done)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_an_added_step_is_met_by_every_case_that_has_not_passed_it(data: st.DataObject) -> None:
    part = data.draw(FLOWS)
    step = data.draw(steps_for(part))
    old, new = drawn(part), drawn(add(part, step))
    picks = data.draw(st.lists(st.integers(0, 5), max_size=12))
    state, before = play(old, picks)
    assume(not state.is_ended)
    whole = finish(old, state)
    try:
        moved = migrate(old, new, state, variables=FLAGS)
    except MigrationAmbiguous as refusal:
        assert_only_in_a_finished_branch(state, refusal.stays)
        return
    assert_whole(new, moved.state)
    after = Counter(finish(new, moved.state))
    wanted = Counter(whole)
    wanted["added"] += is_met(part, step, set(before))
    assert after == +wanted


def assert_only_in_a_finished_branch(state: State, stays: tuple[Stay, ...]) -> None:
    """Of a branch that has come to its join it may be unknown which way it went inside."""
    joins = {token.element for token in state.tokens.values() if token.role == "join"}
    assert {(stay.code, stay.element) for stay in stays} <= {("join", join) for join in joins}

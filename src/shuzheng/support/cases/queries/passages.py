"""What becomes of a case under another version, worked out once for all that stand alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shuzheng.support.cases.models import FlowStep
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow import rules as engine
from shuzheng.support.workflow.rules import State, WorkflowRefusal
from shuzheng.support.workflow.rules.migration import Move, Passage, Stay, done_in, stays_of

PASSAGES_AT_ONCE = 64
STATES_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Alike:
    """Cases in this state get that state, and nothing is to be done for them.

    ``renamed`` are the elements that tokens stand at now, where they are called otherwise.
    """

    state: Mapping[str, Any]
    moves: tuple[Move, ...]
    renamed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stays:
    """Cases in this state stay."""

    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Cases in this state move one by one: their data decide, or something is to be done."""


@lru_cache(maxsize=PASSAGES_AT_ONCE)
def passage_between(before: int, after: int) -> Passage:
    """Return the way between two versions, by their ids."""
    return Passage(flows.get_flow_version(before).flow, flows.get_flow_version(after).flow)


@lru_cache(maxsize=STATES_AT_ONCE)
def what_becomes_of(before: int, after: int, state: str) -> Alike | Stays | Each:
    """Return what becomes of all cases in a state, given as PostgreSQL writes it as text."""
    stands = State.from_json(json.loads(state))
    try:
        moved = passage_between(before, after).migrate_alike(stands)
    except WorkflowRefusal as refusal:
        return Stays(stays_of(refusal))
    if moved is None or moved.effects or engine.awaited(moved.state) != engine.awaited(stands):
        return Each()
    return Alike(moved.state.to_json(), moved.moves, renamed(stands, moved.state))


def renamed(before: State, after: State) -> dict[str, str]:
    """Return the elements of tokens that stand at an element of another name now."""
    return {
        key: token.element
        for key, token in after.tokens.items()
        if key in before.tokens and before.tokens[key].element != token.element
    }


def steps_done(case: int, after: int) -> frozenset[str]:
    """Return the steps of a version that a case has done, by the id of each, whatever its own."""
    target = flows.get_flow_version(after).flow
    done: set[str] = set()
    steps = FlowStep.objects.filter(case=case).order_by("pk")
    for version, told in steps.values_list("flow", "told"):
        taken = [key for entry in told for key in entry.get("t", ())]
        done |= set(done_in(flows.get_flow_version(version).flow, target, taken))
    return frozenset(done)

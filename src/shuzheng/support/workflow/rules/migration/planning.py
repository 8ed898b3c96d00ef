"""What publishing a new version would do to the running cases, group by group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shuzheng.support.workflow.rules.graph import Flow
from shuzheng.support.workflow.rules.migration.migrating import Passage
from shuzheng.support.workflow.rules.migration.moves import (
    MigrationAmbiguous,
    Move,
    Stay,
    stay_refused,
)
from shuzheng.support.workflow.rules.refusals import WorkflowRefusal
from shuzheng.support.workflow.rules.state import State

Places = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that stand at the same places: how many, and one of them."""

    count: int
    state: State
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What would happen to a group: it moves, or stays for these reasons."""

    places: Places
    count: int
    moves: tuple[Move, ...]
    stays: tuple[Stay, ...]


def group_of(state: State) -> Places:
    """Return what cases of one group have in common: the places and what they wait for."""
    return tuple(sorted((token.element, token.role) for token in state.tokens.values()))


def plan_migration(old: Flow, new: Flow, groups: Iterable[Group]) -> tuple[GroupPlan, ...]:
    """Return where each group would go and why; nothing is changed."""
    passage = Passage(old, new)
    return tuple(plan_group(passage, group) for group in groups)


def merge(plans: Iterable[GroupPlan]) -> tuple[GroupPlan, ...]:
    """Put groups together that stand at the same places and go the same way, the largest first."""
    counts: dict[tuple[Places, tuple[Move, ...], tuple[Stay, ...]], int] = {}
    for plan in plans:
        alike = (plan.places, plan.moves, plan.stays)
        counts[alike] = counts.get(alike, 0) + plan.count
    merged = [
        GroupPlan(places, count, moves, stays) for (places, moves, stays), count in counts.items()
    ]
    return tuple(sorted(merged, key=lambda plan: -plan.count))


def plan_group(passage: Passage, group: Group) -> GroupPlan:
    """Return where one group would go and why."""
    try:
        moved = passage.migrate(group.state, variables=group.variables)
    except WorkflowRefusal as refusal:
        return _refused(group, refusal)
    return GroupPlan(group_of(group.state), group.count, moved.moves, ())


def plan_alike(passage: Passage, group: Group) -> GroupPlan | None:
    """Return where a group goes whatever its variables are, or nothing if it rests on them."""
    try:
        moved = passage.migrate_alike(group.state)
    except WorkflowRefusal as refusal:
        return _refused(group, refusal)
    return None if moved is None else GroupPlan(group_of(group.state), group.count, moved.moves, ())


def _refused(group: Group, refusal: WorkflowRefusal) -> GroupPlan:
    return GroupPlan(group_of(group.state), group.count, (), stays_of(refusal))


def stays_of(refusal: WorkflowRefusal) -> tuple[Stay, ...]:
    """Return why a case stays that cannot be moved."""
    if isinstance(refusal, MigrationAmbiguous):
        return refusal.stays
    return (stay_refused(refusal),)

"""What bringing the running cases of a flow to a version, or to a draft, would do."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from shuzheng.policy.refusals import Sentence
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow.rules import Flow, State, read_flow
from shuzheng.support.workflow.rules.comparing import name_of
from shuzheng.support.workflow.rules.migration import (
    Group,
    GroupPlan,
    Move,
    Passage,
    Stay,
    group_of,
    in_names,
    merge,
    plan_alike,
    plan_group,
)

ONE_BY_ONE = 2_000
"""Of cases whose own data decide, more than this in one state are left undecided in a plan."""
_STATES = """
    SELECT c.flow_id, c.flow_state::text, count(*)
    FROM cases_case c JOIN workflow_flowversion v ON v.id = c.flow_id
    WHERE v.key = %s AND c.flow_id <> %s AND c.closed_at IS NULL
    GROUP BY c.flow_id, c.flow_state::text ORDER BY c.flow_id
"""
_VARIABLES = """
    SELECT variables::text FROM cases_case
    WHERE flow_id = %s AND flow_state::text = %s AND closed_at IS NULL ORDER BY id LIMIT %s
"""
UNDECIDED = Move("", "", "undecided")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token stands: the element, its name, and the role as in ``workflow``."""

    element: str
    name: str | Sentence
    role: str


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """Where a token goes and why; without ``name`` it is new, without ``target_name`` it ends."""

    name: str | Sentence
    target_name: str | Sentence
    code: str
    sentence: Sentence

    @property
    def why(self) -> str:
        """Why, in Chinese."""
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class PlannedStay:
    """Why cases stay, and at which step."""

    name: str | Sentence
    code: str
    sentence: Sentence

    @property
    def why(self) -> str:
        """Why, in Chinese."""
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Cases that stand at the same places and go the same way.

    Attributes:
        version: number of the version they run under.
        places: empty for cases whose flow has not begun; they change versions as they are.
    """

    version: int
    places: tuple[Place, ...]
    count: int
    moves: tuple[PlannedMove, ...]
    stays: tuple[PlannedStay, ...]


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What would become of the running cases of a flow, the largest groups of a version first."""

    key: str
    groups: tuple[PlannedGroup, ...]

    @property
    def total(self) -> int:
        """How many cases run under other versions."""
        return sum(group.count for group in self.groups)

    @property
    def staying(self) -> int:
        """How many of them would stay."""
        return sum(group.count for group in self.groups if group.stays)


def plan_migration(version: int) -> MigrationPlan:
    """Return what bringing the running cases of a flow to this version would do.

    Raises:
        FlowNotFound: there is no such version.
    """
    target = flows.get_flow_version(version)
    return MigrationPlan(target.key, tuple(_groups(target.key, target.id, target.flow)))


def plan_draft(draft: int) -> MigrationPlan:
    """Return what publishing a draft would do to the running cases of its flow.

    Raises:
        DraftUnknown: there is no such draft.
        FlowInvalid: the drawing cannot be read as a flow yet.
    """
    found = flows.get_draft(draft)
    flow = read_flow(found.xml, process=found.process)
    return MigrationPlan(found.row.key, tuple(_groups(found.row.key, 0, flow)))


def _groups(key: str, target: int, new: Flow) -> Iterator[PlannedGroup]:
    with connection.cursor() as cursor:
        cursor.execute(_STATES, [key, target])
        states = list(cursor.fetchall())
    for flow_id in dict.fromkeys(row[0] for row in states):
        before = flows.get_flow_version(flow_id)
        passage = Passage(before.flow, new)
        of_version = [row for row in states if row[0] == flow_id]
        plans = [plan for row in of_version for plan in _plans(passage, *row)]
        for plan in merge(plans):
            yield _shown(passage, before.version, plan)


def _plans(passage: Passage, flow_id: int, text: str | None, count: int) -> Iterator[GroupPlan]:
    if text is None:
        yield GroupPlan((), count, (), ())
        return
    group = Group(count, State.from_json(json.loads(text)))
    alike = plan_alike(passage, group)
    if alike is not None:
        yield alike
        return
    variables = _variables(flow_id, text)
    for each in variables:
        yield plan_group(passage, Group(1, group.state, each))
    if count > len(variables):
        yield GroupPlan(group_of(group.state), count - len(variables), (UNDECIDED,), ())


def _variables(flow_id: int, text: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_VARIABLES, [flow_id, text, ONE_BY_ONE])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def _shown(passage: Passage, version: int, plan: GroupPlan) -> PlannedGroup:
    def named(flow: Flow, element: str) -> str | Sentence:
        node = flow.nodes.get(element)
        return name_of(node) if node else ""

    def why(one: Move | Stay) -> Sentence:
        return in_names(one.sentence, passage.versions.new)

    old, new = passage.versions.old, passage.versions.new
    return PlannedGroup(
        version=version,
        places=tuple(Place(element, named(old, element), role) for element, role in plan.places),
        count=plan.count,
        moves=tuple(
            PlannedMove(named(old, one.element), named(new, one.target), one.code, why(one))
            for one in plan.moves
        ),
        stays=tuple(
            PlannedStay(named(old, one.element) or named(new, one.element), one.code, why(one))
            for one in plan.stays
        ),
    )

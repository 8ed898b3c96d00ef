"""Which flows begin by themselves at present: matters nobody applies for, and their flows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.cases.rules.start_checks import Use, messages_begun_by_several, problems_of
from shuzheng.support.matters.queries import list_unoffered, list_with_flow
from shuzheng.support.matters.rules import Matter, Revision
from shuzheng.support.workflow.queries import FlowVersion, get_flows
from shuzheng.support.workflow.rules import Flow, FlowProblem


@dataclass(frozen=True, slots=True)
class Starter:
    """A matter in force that nobody applies for, with its flow in force."""

    revision_id: int
    matter: Matter
    version: FlowVersion


def list_starters(*, at: datetime) -> tuple[Starter, ...]:
    """Return what may begin by itself, by key; a flow that was withdrawn begins nothing."""
    return _starters(list_unoffered(on=get_calendar().local_day(at)))


def get_starter(matter: str, *, at: datetime) -> Starter | None:
    """Return what begins cases of that matter, nothing if it is not in force."""
    revisions = list_unoffered(on=get_calendar().local_day(at))
    return next(iter(_starters(each for each in revisions if each.key == matter)), None)


def list_start_problems(key: str, flow: Flow) -> tuple[FlowProblem, ...]:
    """Return what keeps a drawing from being published as the flow of that key: its starts."""
    users = list_with_flow(key)
    begun = {each.matter.key: each.version.flow for each in _starters(list_unoffered(on=date.max))}
    own = {each.key: flow for each in users if each.key in begun}
    shared = messages_begun_by_several({**begun, **own})
    found = (*problems_of(flow, map(_use, users)),)
    return (*found, *(problem for matter, problem in shared if matter in own))


def _use(revision: Revision) -> Use:
    matter = revision.matter
    if matter is None:
        return Use(revision.key, revision.title, is_offered=True, has_entries=False)
    return Use(matter.key, matter.title, matter.offered, bool(matter.opened_by))


def _starters(revisions: Iterable[Revision]) -> tuple[Starter, ...]:
    matters = [(each.id, each.matter) for each in revisions if each.matter]
    versions = get_flows(matter.flow for _, matter in matters) if matters else {}
    return tuple(
        Starter(revision, matter, versions[matter.flow])
        for revision, matter in matters
        if matter.flow in versions
    )

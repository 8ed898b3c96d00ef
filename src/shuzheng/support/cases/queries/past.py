"""A case as it was at a moment: played again from its steps, with the rules of that moment."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Q

from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.refusals import Sentence
from shuzheng.support.cases.models import Case, FlowStep, Task
from shuzheng.support.cases.rules import DUE_MOVED
from shuzheng.support.cases.rules.history import HistoryUnknown, Played, Step, play
from shuzheng.support.cases.rules.states import label
from shuzheng.support.decisions.queries import Run, list_runs_of_case
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.workflow import rules as engine
from shuzheng.support.workflow.queries import FlowVersion, get_flow_version
from shuzheng.support.workflow.rules.comparing import name_of
from shuzheng.support.workflow.rules.state import JOIN


@dataclass(frozen=True, slots=True)
class Place:
    """Where the flow stood: the element drawn, its name, what it waited for.

    Attributes:
        came: of a place that waits for several branches, how many had come; 0 elsewhere.
    """

    element: str
    name: str | Sentence
    role: str
    came: int = 0


@dataclass(frozen=True, slots=True)
class TaskThen:
    """A task that was open at the moment; of a member, with the member's title."""

    name: str
    title: str
    post: str
    for_applicant: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class DueThen:
    """A period that ran, with the last day it had at the moment."""

    kind: str
    due_on: date


@dataclass(frozen=True, slots=True)
class CaseAt:
    """A case at a moment; no personal data.

    Attributes:
        variables: the recorded data that the flow's conditions read.
        flow: the version it ran under then.
        decisions: the runs of tables until then, each with the version that decided.
        members: number and title of each case its flow had opened.
        opens: the state that the flow's pure engine reached when its steps were played again.
    """

    number: str
    title: str
    at: datetime
    state: str
    state_label: str
    flow_key: str
    flow_title: str
    flow_version: int
    matter_version: int
    places: tuple[Place, ...]
    tasks: tuple[TaskThen, ...]
    dues: tuple[DueThen, ...]
    variables: Mapping[str, Any]
    decisions: tuple[Run, ...]
    members: tuple[tuple[str, str], ...]
    opens: engine.State


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the history of a case, for a list."""

    id: int
    at: datetime
    actor: str
    state_label: str
    what: tuple[str, ...]


def case_at(number: str, moment: datetime, *, step: int | None = None) -> CaseAt:
    """Return a case as it was right after everything that happened up to the moment.

    The flow is played again from its kept steps under the versions of that time.

    Args:
        step: the last step to look at, where several happened in one moment.

    Raises:
        HistoryUnknown: there is no such case, or its flow had not begun.
    """
    case = Case.objects.defer("form_encrypted").filter(number=number).first()
    kept = FlowStep.objects.filter(case=case).order_by("pk")
    rows = _until(moment, kept if step is None else kept.filter(pk__lte=step)) if case else []
    played = play(map(_step, rows), _flow) if rows else None
    if case is None or played is None:
        raise HistoryUnknown(number=number)
    return _case_at(case, moment, rows[-1].state, played, get_flow_version(played.flow))


def _until(moment: datetime, rows: Iterable[FlowStep]) -> list[FlowStep]:
    """Return the steps before the first later one: a history is played whole or not at all."""
    return list(takewhile(lambda row: row.at <= moment, rows))


def _step(row: FlowStep) -> Step:
    return Step(row.flow_id, row.told, row.snapshot)


def _flow(version: int) -> engine.Flow:
    return get_flow_version(version).flow


def _case_at(
    case: Case, moment: datetime, state: str, played: Played, version: FlowVersion
) -> CaseAt:
    until = [run for run in list_runs_of_case(case.number) if run.decided_at <= moment]
    members = Case.objects.filter(
        Q(root=case, parent=None) | Q(parent=case), created_at__lte=moment
    )
    return CaseAt(
        number=case.number,
        title=case.title,
        at=moment,
        state=state,
        state_label=label(state),
        flow_key=version.key,
        flow_title=version.title,
        flow_version=version.version,
        matter_version=get_revision(case.revision_id).version,
        places=tuple(_places(played.state, version.flow)),
        tasks=tuple(_tasks(case, moment)),
        dues=tuple(_dues(case, moment)),
        variables=played.variables,
        decisions=tuple(until),
        members=tuple(members.order_by("pk").values_list("number", "title")),
        opens=played.state,
    )


def _places(state: engine.State, flow: engine.Flow) -> Iterator[Place]:
    came = Counter(token.element for token in state.tokens.values() if token.role == JOIN)
    seen: set[str] = set()
    for token in state.tokens.values():
        if token.role != JOIN or token.element not in seen:
            seen.add(token.element)
            name = name_of(flow.nodes[token.element])
            yield Place(token.element, name, token.role, came[token.element])


def _tasks(case: Case, moment: datetime) -> Iterator[TaskThen]:
    """Yield the tasks that were open then, of a bundle those of its members too."""
    of_family = Q(case=case) | Q(case__root=case) | Q(case__parent=case)
    open_then = Task.objects.filter(of_family, Q(done_at=None) | Q(done_at__gt=moment))
    for task in open_then.filter(opened_at__lte=moment).select_related("case").order_by("pk"):
        title = "" if task.case_id == case.pk else task.case.title
        yield TaskThen(task.name, title, task.post, task.for_applicant, task.opened_at)


def _dues(case: Case, moment: datetime) -> Iterator[DueThen]:
    """Yield the periods that ran then; the journal says from which day a later move took them."""
    moved = [
        entry
        for entry in list_entries_of_subject(f"case:{case.number}")
        if entry.kind == DUE_MOVED.name and entry.at > moment
    ]
    running = case.clocks.filter(
        Q(stopped_at=None) | Q(stopped_at__gt=moment),
        started_on__lte=get_calendar().local_day(moment),
    )
    for clock in running.order_by("pk"):
        yield DueThen(clock.kind, _due_before(clock.kind, moved) or clock.due_on)


def _due_before(kind: str, moved: Iterable[Entry]) -> date | None:
    for entry in moved:
        if entry.facts.get("clock") == kind:
            return date.fromisoformat(str(entry.facts["from_on"]))
    return None


def list_steps(number: str) -> tuple[StepRow, ...]:
    """Return the steps of a case in their order, each with the elements that something came to."""
    rows = FlowStep.objects.filter(case__number=number).order_by("pk")
    return tuple(_listed(list(rows)))


def _listed(rows: list[FlowStep]) -> Iterator[StepRow]:
    before: Played | None = None
    for row in rows:
        what: list[str] = []
        if row.snapshot is not None:
            before = play([Step(row.flow_id, (), row.snapshot)], _flow)
        for entry in row.told:
            what += _said(before, entry)
            before = _played(before, row.flow_id, entry)
        yield StepRow(row.pk, row.at, row.actor, label(row.state), tuple(what))


def _played(before: Played | None, flow: int, entry: Mapping[str, Any]) -> Played | None:
    if before is None:
        return None
    whole = {"state": before.state.to_json(), "variables": before.variables}
    return play([Step(flow, [entry], whole)], _flow)


def _said(before: Played | None, entry: Mapping[str, Any]) -> list[str]:
    """Return the name of the element an event came to; a signal or message says its own."""
    if "e" not in entry or len(entry["e"]) < 2:  # noqa: PLR2004 - an event and its token
        return []
    kind, subject, *_ = entry["e"]
    token = before.state.tokens.get(str(subject)) if before else None
    if token is None or before is None:
        return [str(subject)] if kind in {"message", "signal"} else []
    node = _flow(before.flow).nodes[token.element]
    return [str(name_of(node))]

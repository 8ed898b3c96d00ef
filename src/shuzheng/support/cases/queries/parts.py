"""The parts of a case as they leave the room: frozen, and without personal data."""

from collections.abc import Mapping
from typing import Any

from shuzheng.policy.periods import Period
from shuzheng.support.cases.models import Case, Clock, Ruling, Task
from shuzheng.support.cases.queries.lighting import LightOf
from shuzheng.support.cases.queries.rows import (
    ClockRow,
    ExtensionRow,
    RemedyRow,
    RulingRow,
    SuspensionRow,
    TaskStep,
)
from shuzheng.support.cases.rules.public_hearings import GROUNDS
from shuzheng.support.cases.rules.remedies import KINDS, RESULTS, RemedyKind
from shuzheng.support.matters.queries import get_revision


def clock_of(clock: Clock, light_of: LightOf) -> ClockRow:
    """Return a period with its words and light."""
    citation = clock.period.get("citation") or {}
    return ClockRow(
        kind=clock.kind,
        amount=clock.period["amount"],
        unit=clock.period["unit"],
        started_on=clock.started_on,
        due_on=clock.due_on,
        is_provisional=clock.is_provisional,
        is_running=clock.stopped_at is None,
        reference=reference(citation),
        light=light_of(clock.due_on if clock.stopped_at is None else None),
    )


def reference(citation: Mapping[str, Any]) -> str:
    """Return a stored citation as it is printed; empty for none."""
    if not citation:
        return ""
    law, version = citation["law"], citation["version"]
    return f"《{law}》({version}){citation['article']}{citation.get('paragraph', '')}"


def suspension_of(row: Any) -> SuspensionRow:
    """Return time left out of a period."""
    return SuspensionRow(
        kind=row.kind,
        reason=row.reason,
        reference=reference(row.citation),
        expected_working_days=row.expected_working_days,
        from_on=row.from_on,
        to_on=row.to_on,
        result=row.result,
    )


def extension_of(row: Any) -> ExtensionRow:
    """Return an extension that was asked for."""
    return ExtensionRow(
        words=Period.model_validate(row.period).words,
        reasons=row.reasons,
        reference=reference(row.citation),
        state=row.state,
        asked_at=row.asked_at,
        decided_name=row.decided_name,
        decided_at=row.decided_at,
        decision=row.decision,
    )


def step_of(task: Task) -> TaskStep:
    """Return a task."""
    return TaskStep(
        id=task.pk,
        name=task.name,
        post=task.post,
        for_applicant=task.for_applicant,
        state=task.state,
        due_on=task.due_on,
        opened_at=task.opened_at,
        done_at=task.done_at,
        done_name=task.done_name,
        claimed_name=task.claimed_name,
        escalated_to=task.escalated_to,
    )


def ruling_of(row: Ruling) -> RulingRow:
    """Return a department's decision."""
    return RulingRow(
        number=row.case.number,
        title=row.case.title,
        department=row.department,
        is_granted=row.is_granted,
        reasons=row.reasons,
        reference=reference(row.citation),
        remedies=row.remedies,
        ruled_name=row.ruled_name,
        ruled_on=row.ruled_on,
        published_at=row.published_at,
        published_holder=row.published_holder,
        title_en=get_revision(row.case.revision_id).title_en,
    )


def correction_of(row: Any) -> Mapping[str, Any]:
    """Return what was to be corrected, and by when."""
    return {
        "items": row.items,
        "asked_at": row.asked_at,
        "deadline_on": row.deadline_on,
        "answered_at": row.answered_at,
    }


def to_follow_of(case: Case) -> Mapping[str, Any] | None:
    """Return what may follow after acceptance; nothing if nothing may."""
    row = getattr(case, "to_follow", None)
    if row is None:
        return None
    return {
        "materials": row.materials,
        "deadline_on": row.deadline_on,
        "delivered_at": row.delivered_at,
        "outcome": row.outcome,
        "reasons": row.reasons,
    }


def commitment_check_of(case: Case) -> Mapping[str, Any] | None:
    """Return how the check of a commitment stands; nothing if there is none."""
    row = getattr(case, "commitment_check", None)
    if row is None:
        return None
    bar = getattr(case, "commitment_bar", None)
    return {
        "state": row.state,
        "check_by_on": row.check_by_on,
        "reference": reference(row.citation),
        "officers": row.officers,
        "findings": row.findings,
        "checked_on": row.checked_on,
        "faults": row.faults,
        "rectify_by_on": row.rectify_by_on,
        "is_barred": bar is not None and bar.ended_at is None,
    }


def hearing_of(case: Case) -> Mapping[str, Any] | None:
    """Return how a hearing stands; nothing if nobody was told of one and none was ordered."""
    row = getattr(case, "hearing", None)
    if row is None:
        return None
    return {
        "reasons": row.reasons,
        "reference": reference(row.citation),
        "ask_by_on": row.ask_by_on,
        "asked_by": row.asked_by,
        "asked_on": row.asked_on,
        "hold_by_on": row.hold_by_on,
        "id": row.pk,
        "ground": GROUNDS.get(row.ground, ""),
        "subject": row.subject,
        "held_on": row.held_on,
        "begins": row.begins,
        "place": row.place,
        "joining": row.joining,
        "chair": row.chair,
        "attendants": row.attendants,
        "is_held": row.recorded_at is not None,
    }


def remedy_of(row: Any) -> RemedyRow:
    """Return a remedy sought against the decision."""
    return RemedyRow(
        id=row.pk,
        kind=KINDS[RemedyKind(row.kind)],
        organ=row.organ,
        reference=row.reference,
        sought_on=row.sought_on,
        result=RESULTS.get(row.result, ""),
        result_on=row.result_on,
        consequence=row.consequence,
    )


def visit_plan_of(row: Any) -> Mapping[str, Any]:
    """Return when a site visit is to be."""
    return {
        "planned_on": row.planned_on,
        "begins_at": row.begins_at,
        "planned_name": row.planned_name,
    }


def visit_of(row: Any) -> Mapping[str, Any]:
    """Return what a site visit found and who was there."""
    return {
        "visited_on": row.visited_on,
        "participants": row.participants,
        "findings": row.findings,
        "recorded_by": row.recorded_account,
        "recorded_name": row.recorded_name,
        "confirmed_name": row.confirmed_name,
        "confirmed_at": row.confirmed_at,
    }

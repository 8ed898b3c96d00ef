"""How far a case is: what happened, what is next, by when, who has it. No personal data."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shuzheng.policy.periods import Period
from shuzheng.support.cases.models import Case, Clock, Ruling, Suspension, Task
from shuzheng.support.cases.queries.lighting import LightOf, lights
from shuzheng.support.cases.queries.rows import (
    CaseRow,
    ClockRow,
    ExtensionRow,
    Progress,
    RemedyRow,
    RulingRow,
    SuspensionRow,
    TaskStep,
)
from shuzheng.support.cases.rules.remedies import KINDS, RESULTS, RemedyKind
from shuzheng.support.cases.rules.states import label
from shuzheng.support.matters.queries import get_revision

LISTED = (
    *("id", "number", "root_number", "title", "department", "state", "applicant_masked"),
    *("created_at", "submitted_at", "closed_at", "next_due_on", "is_suspended", "revision_id"),
    "helper_account",
)
"""What a line of a list shows; rows are fetched, not models: a model costs ten times as much."""
_ONE = ("ruling", "visit", "rating", "commitment_check", "commitment_bar", "hearing")
_PARTS = ("clocks", "suspensions", "extensions", "remedies", "tasks", "corrections")


def get_progress(number: str, *, today: date) -> Progress | None:
    """Return a case with its members, or nothing if there is none; the caller checks who asks."""
    case = _whole().filter(number=number).first()
    return _progress(case, lights(today)) if case else None


def get_state(number: str) -> str:
    """Return the state of a case, empty if there is none; the caller checks who asks."""
    return Case.objects.filter(number=number).values_list("state", flat=True).first() or ""


def list_cases_of_person(person: str, *, today: date, limit: int = 100) -> tuple[CaseRow, ...]:
    """Return a person's own applications, newest first."""
    if not person:
        return ()
    cases = Case.objects.filter(applicant_person=person, root__isnull=True).order_by("-pk")
    return list_rows(cases[:limit], today=today)


def list_rows(cases: QuerySet[Case], *, today: date) -> tuple[CaseRow, ...]:
    """Return cases as the lines of a list, in their order."""
    light_of = lights(today)
    rows = with_time(cases).values_list(*LISTED, named=True)
    return tuple(case_row(each, light_of) for each in rows)


def list_published_rulings(
    *, before: datetime | None = None, limit: int = 50
) -> tuple[RulingRow, ...]:
    """Return what was decided and made public, newest first (行政许可法 第四十条)."""
    rows = Ruling.objects.filter(published_at__isnull=False).select_related("case")
    if before is not None:
        rows = rows.filter(published_at__lt=before)
    return tuple(_ruling(row) for row in rows.order_by("-published_at")[:limit])


def _whole() -> Any:
    cases = with_time(Case.objects.all())
    members = cases.select_related(*_ONE).prefetch_related(*_PARTS)
    return cases.select_related("root", *_ONE, "to_follow").prefetch_related(
        *_PARTS, Prefetch("members", queryset=members)
    )


def with_time(cases: QuerySet[Case]) -> QuerySet[Any]:
    """Fetch with each case its bundle's number, its nearest limit, and whether its clock stands."""
    running = Clock.objects.filter(case=OuterRef("pk"), stopped_at__isnull=True)
    standing = Suspension.objects.filter(case=OuterRef("pk"), to_at__isnull=True)
    return cases.annotate(
        root_number=Coalesce("root__number", "number"),
        next_due_on=Subquery(running.order_by("due_on").values("due_on")[:1]),
        is_suspended=Exists(standing),
    )


def case_row(case: Any, light_of: LightOf) -> CaseRow:
    """Return a case, fetched with its time, as a line of a list."""
    return CaseRow(
        id=case.id,
        number=case.number,
        root_number=case.root_number,
        title=case.title,
        department=case.department,
        state=case.state,
        state_label=label(case.state),
        applicant_masked=case.applicant_masked,
        created_at=case.created_at,
        submitted_at=case.submitted_at,
        closed_at=case.closed_at,
        due_on=case.next_due_on,
        light=light_of(case.next_due_on),
        is_suspended=case.is_suspended,
        title_en=get_revision(case.revision_id).title_en,
        is_helped=bool(case.helper_account),
    )


def _progress(case: Case, light_of: LightOf) -> Progress:
    correction = next(iter(case.corrections.all()), None)
    visit = getattr(case, "visit", None)
    rating = getattr(case, "rating", None)
    ruling = getattr(case, "ruling", None)
    return Progress(
        case=case_row(case, light_of),
        applicant_person=case.applicant_person,
        matters=tuple(case.variables.get("matters", ())),
        variables=case.variables,
        members=tuple(_progress(each, light_of) for each in _members(case)),
        clocks=tuple(_clock(each, light_of) for each in _in_order(case.clocks)),
        suspensions=tuple(_suspension(each) for each in _in_order(case.suspensions)),
        remedies=tuple(_remedy(each) for each in _in_order(case.remedies)),
        extensions=tuple(_extension(each) for each in _in_order(case.extensions)),
        tasks=tuple(_step(each) for each in _in_order(case.tasks)),
        ruling=_ruling(ruling) if ruling else None,
        correction=_correction(correction) if correction else None,
        to_follow=_to_follow(case),
        commitment_check=_commitment_check(case),
        hearing=_hearing(case),
        visit=_visit(visit) if visit else None,
        rating=rating.level if rating else None,
        revision_id=case.revision_id,
        flow_id=case.flow_id,
        receipt_code=case.receipt_code,
        archived_sha256=case.archived_sha256,
    )


def _members(case: Case) -> list[Any]:
    return _in_order(case.members) if case.root_id is None else []


def _in_order(rows: Any) -> list[Any]:
    """Return what was fetched with the case by age; a query's order would fetch it again."""
    return sorted(rows.all(), key=lambda row: row.pk)


def _clock(clock: Clock, light_of: LightOf) -> ClockRow:
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


def _suspension(row: Any) -> SuspensionRow:
    return SuspensionRow(
        kind=row.kind,
        reason=row.reason,
        reference=reference(row.citation),
        expected_working_days=row.expected_working_days,
        from_on=row.from_on,
        to_on=row.to_on,
        result=row.result,
    )


def _extension(row: Any) -> ExtensionRow:
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


def _step(task: Task) -> TaskStep:
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
    )


def _ruling(row: Ruling) -> RulingRow:
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


def _correction(row: Any) -> Mapping[str, Any]:
    return {
        "items": row.items,
        "asked_at": row.asked_at,
        "deadline_on": row.deadline_on,
        "answered_at": row.answered_at,
    }


def _to_follow(case: Case) -> Mapping[str, Any] | None:
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


def _commitment_check(case: Case) -> Mapping[str, Any] | None:
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


def _hearing(case: Case) -> Mapping[str, Any] | None:
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
        "held_on": row.held_on,
        "place": row.place,
        "chair": row.chair,
        "attendants": row.attendants,
        "is_held": row.recorded_at is not None,
    }


def _remedy(row: Any) -> RemedyRow:
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


def _visit(row: Any) -> Mapping[str, Any]:
    return {
        "visited_on": row.visited_on,
        "participants": row.participants,
        "findings": row.findings,
        "recorded_by": row.recorded_account,
        "recorded_name": row.recorded_name,
        "confirmed_name": row.confirmed_name,
        "confirmed_at": row.confirmed_at,
    }

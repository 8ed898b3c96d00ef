"""How far a case is: what happened, what is next, by when, who has it. No personal data."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from shuzheng.support.cases.models import Case, Ruling
from shuzheng.support.cases.queries.lighting import LightOf, lights
from shuzheng.support.cases.queries.lists import case_row, with_time
from shuzheng.support.cases.queries.parts import (
    clock_of,
    commitment_check_of,
    correction_of,
    extension_of,
    hearing_of,
    remedy_of,
    ruling_of,
    step_of,
    suspension_of,
    to_follow_of,
    visit_of,
    visit_plan_of,
)
from shuzheng.support.cases.queries.rows import (
    Progress,
    RulingRow,
)

_ONE = ("ruling", "visit", "rating", "commitment_check", "commitment_bar", "hearing", "visit_plan")
_PARTS = ("clocks", "suspensions", "extensions", "remedies", "tasks", "corrections")


def get_progress(number: str, *, today: date) -> Progress | None:
    """Return a case with its members, or nothing if there is none; the caller checks who asks."""
    case = _whole().filter(number=number).first()
    return _progress(case, lights(today)) if case else None


def get_state(number: str) -> str:
    """Return the state of a case, empty if there is none; the caller checks who asks."""
    return Case.objects.filter(number=number).values_list("state", flat=True).first() or ""


def list_published_rulings(
    *, before: datetime | None = None, limit: int = 50
) -> tuple[RulingRow, ...]:
    """Return what was decided and made public, newest first (行政许可法 第四十条)."""
    rows = Ruling.objects.filter(published_at__isnull=False).select_related("case")
    if before is not None:
        rows = rows.filter(published_at__lt=before)
    return tuple(ruling_of(row) for row in rows.order_by("-published_at")[:limit])


def _whole() -> Any:
    cases = with_time(Case.objects.all())
    members = cases.select_related(*_ONE).prefetch_related(*_PARTS)
    return cases.select_related("root", *_ONE, "to_follow").prefetch_related(
        *_PARTS, Prefetch("members", queryset=members)
    )


def _progress(case: Case, light_of: LightOf) -> Progress:
    correction = next(iter(case.corrections.all()), None)
    visit = getattr(case, "visit", None)
    plan = getattr(case, "visit_plan", None)
    rating = getattr(case, "rating", None)
    ruling = getattr(case, "ruling", None)
    return Progress(
        case=case_row(case, light_of),
        applicant_person=case.applicant_person,
        matters=tuple(case.variables.get("matters", ())),
        variables=case.variables,
        members=tuple(_progress(each, light_of) for each in _members(case)),
        clocks=tuple(clock_of(each, light_of) for each in _in_order(case.clocks)),
        suspensions=tuple(suspension_of(each) for each in _in_order(case.suspensions)),
        remedies=tuple(remedy_of(each) for each in _in_order(case.remedies)),
        extensions=tuple(extension_of(each) for each in _in_order(case.extensions)),
        tasks=tuple(step_of(each) for each in _in_order(case.tasks)),
        ruling=ruling_of(ruling) if ruling else None,
        correction=correction_of(correction) if correction else None,
        to_follow=to_follow_of(case),
        commitment_check=commitment_check_of(case),
        hearing=hearing_of(case),
        visit=visit_of(visit) if visit else None,
        visit_plan=visit_plan_of(plan) if plan else None,
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

"""Cases as the lines of a list: rows, not models."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shuzheng.support.cases.models import Case, Clock, Suspension
from shuzheng.support.cases.queries.lighting import LightOf, lights
from shuzheng.support.cases.queries.rows import CaseRow
from shuzheng.support.cases.rules.states import State, label
from shuzheng.support.matters.queries import get_revision

LISTED = (
    *("id", "number", "root_number", "title", "department", "state", "applicant_masked"),
    *("created_at", "submitted_at", "closed_at", "next_due_on", "is_suspended", "revision_id"),
    "helper_account",
)
"""What a line of a list shows; rows are fetched, not models, which cost several times as much."""


def list_cases_of_person(person: str, *, today: date, limit: int = 100) -> tuple[CaseRow, ...]:
    """Return a person's own applications, newest first."""
    if not person:
        return ()
    cases = Case.objects.filter(applicant_person=person, root__isnull=True).order_by("-pk")
    return list_rows(cases[:limit], today=today)


def list_drafts_of_person(person: str, *, bundle: str, today: date) -> tuple[CaseRow, ...]:
    """Return a person's applications for a bundle that are not handed in yet, newest first."""
    if not person:
        return ()
    cases = Case.objects.filter(
        applicant_person=person, matter=bundle, state=State.DRAFT, root__isnull=True
    )
    return list_rows(cases.order_by("-pk"), today=today)


def list_rows(cases: QuerySet[Case], *, today: date) -> tuple[CaseRow, ...]:
    """Return cases as the lines of a list, in their order."""
    light_of = lights(today)
    return tuple(case_row(each, light_of) for each in lines_of(cases))


def lines_of(cases: QuerySet[Case]) -> "QuerySet[Case, Any]":
    """Fetch of each case what a line of a list shows."""
    return with_time(cases).values_list(*LISTED, named=True)


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

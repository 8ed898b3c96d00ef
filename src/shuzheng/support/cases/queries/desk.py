"""What a post has to do, and what its department has in hand; pages by key, never by offset."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from shuzheng.infrastructure.database.queries import Parameter, Prepared
from shuzheng.support.cases.models import Case, HandOver, Suspension, Task
from shuzheng.support.cases.queries.lighting import LightOf, lights
from shuzheng.support.cases.queries.lists import case_row, lines_of, list_rows
from shuzheng.support.cases.queries.rows import CaseRow
from shuzheng.support.cases.rules import Light
from shuzheng.support.matters.queries import get_revision

MOST_COUNTED = 1000
AFTER_ALL = 2**63 - 1
"""An id after all others."""
_COUNT = """
SELECT count(*) FROM (
    SELECT FROM cases_task WHERE state = 'open' AND post = %(post)s
    UNION ALL
    SELECT FROM cases_task WHERE state = 'open' AND escalated_to = %(post)s AND post <> %(post)s
    LIMIT %(most)s
) AS counted
"""
_SHOWN = (
    *("id", "name", "element", "duty", "post", "state", "due_on", "opened_at", "escalated_to"),
    *("claimed_name", "done_name", "done_at", "number", "root_number", "title", "is_suspended"),
    *("applicant_masked", "revision_id"),
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of an inbox."""

    id: int
    name: str
    element: str
    duty: str
    post: str
    state: str
    number: str
    root_number: str
    title: str
    applicant_masked: str
    due_on: date | None
    light: Light
    opened_at: datetime
    claimed_name: str
    done_name: str
    done_at: datetime | None
    escalated_to: str
    is_escalated: bool
    is_suspended: bool
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One grant that the supervising department is told of."""

    number: str
    title: str
    risk: str
    check_by_on: date | None
    handed_at: datetime
    received_by: str
    received_at: datetime | None
    title_en: str = ""


def list_inbox(*, post: str, today: date, limit: int = 50) -> tuple[TaskRow, ...]:
    """Return the open tasks of a post, what is due first on top."""
    if not post:
        return ()
    own = _open_tasks("post", limit).ask(post=post)
    raised = _open_tasks("escalated_to", limit).ask(post=post)
    rows = sorted(
        {task.id: task for task in (*own, *raised)}.values(),
        key=lambda task: (task.due_on or date.max, task.id),
    )
    light_of = lights(today)
    return tuple(_task_row(task, light_of) for task in rows[:limit])


@cache
def _open_tasks(column: str, limit: int) -> Prepared:
    tasks = Task.objects.filter(state="open", **{column: Parameter("post", CharField())})
    return Prepared(_lines(tasks).order_by(F("due_on").asc(nulls_last=True), "pk")[:limit])


def _lines(tasks: QuerySet[Task]) -> QuerySet[Task, Any]:
    """Fetch of each task and its case what a line shows, and whether the clock stands."""
    suspended = Suspension.objects.filter(case=OuterRef("case_id"), to_at__isnull=True)
    return tasks.annotate(
        number=F("case__number"),
        root_number=Coalesce("case__root__number", "case__number"),
        title=F("case__title"),
        applicant_masked=F("case__applicant_masked"),
        revision_id=F("case__revision_id"),
        is_suspended=Exists(suspended),
    ).values_list(*_SHOWN, named=True)


def count_inbox(*, post: str) -> int:
    """Return how many open tasks a post has, counted to a thousand at most."""
    if not post:
        return 0
    # One after the other: with OR the whole inbox is read before the limit holds.
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"post": post, "most": MOST_COUNTED})
        return int(cursor.fetchone()[0])


def get_task(task_id: int, *, today: date) -> TaskRow | None:
    """Return a task, whatever its state; nothing if there is none."""
    task = _lines(Task.objects.filter(pk=task_id)).first()
    return _task_row(task, lights(today)) if task else None


def list_cases(
    *, department: str, today: date, before: int = AFTER_ALL, limit: int = 50
) -> tuple[CaseRow, ...]:
    """Return the cases of a department, newest first; ``before`` is the id of the last row seen."""
    light_of = lights(today)
    rows = _submitted(limit).ask(department=department, before=before)
    return tuple(case_row(each, light_of) for each in rows)


@cache
def _submitted(limit: int) -> Prepared:
    cases = Case.objects.filter(
        department=Parameter("department", CharField()),
        pk__lt=Parameter("before", BigIntegerField()),
    ).exclude(state="draft")
    return Prepared(lines_of(cases.order_by("-pk")[:limit]))


def find_cases(
    *, department: str, number: str, today: date, limit: int = 50
) -> tuple[CaseRow, ...]:
    """Return the cases of a department whose number begins so, newest first."""
    cases = Case.objects.filter(department=department, number__startswith=number)
    return list_rows(cases.exclude(state="draft").order_by("-pk")[:limit], today=today)


def list_hand_overs(*, department: str, limit: int = 100) -> tuple[HandOverRow, ...]:
    """Return what was handed over to a department, unsigned first."""
    rows = (
        HandOver.objects.filter(department=department)
        .select_related("case")
        .order_by(F("received_at").asc(nulls_first=True), "-pk")[:limit]
    )
    return tuple(
        HandOverRow(
            number=row.case.number,
            title=row.case.title,
            risk=str(row.facts.get("risk", "")),
            check_by_on=row.check_by_on,
            handed_at=row.handed_at,
            received_by=row.received_by,
            received_at=row.received_at,
            title_en=get_revision(row.case.revision_id).title_en,
        )
        for row in rows
    )


def _task_row(task: Any, light_of: LightOf) -> TaskRow:
    return TaskRow(
        id=task.id,
        name=task.name,
        element=task.element,
        duty=task.duty,
        post=task.post,
        state=task.state,
        number=task.number,
        root_number=task.root_number,
        title=task.title,
        applicant_masked=task.applicant_masked,
        due_on=task.due_on,
        light=light_of(task.due_on),
        opened_at=task.opened_at,
        claimed_name=task.claimed_name,
        done_name=task.done_name,
        done_at=task.done_at,
        escalated_to=task.escalated_to,
        is_escalated=bool(task.escalated_to),
        is_suspended=task.is_suspended,
        title_en=get_revision(task.revision_id).title_en,
    )

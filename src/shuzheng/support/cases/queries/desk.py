"""What a post has to do, and what its department has in hand; pages by key, never by offset."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from shuzheng.support.cases.models import Case, HandOver, Suspension, Task
from shuzheng.support.cases.queries.lighting import LightOf, lights
from shuzheng.support.cases.queries.lists import list_rows
from shuzheng.support.cases.queries.rows import CaseRow
from shuzheng.support.cases.rules import Light
from shuzheng.support.matters.queries import get_revision

MOST_COUNTED = 1000
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


def list_inbox(
    *, post: str, today: date, after: tuple[date, int] | None = None, limit: int = 50
) -> tuple[TaskRow, ...]:
    """Return the open tasks of a post, what is due first on top.

    Args:
        after: due date and id of the last row seen, for the next page.
    """
    if not post:
        return ()
    own = _page(Task.objects.filter(state="open", post=post), after, limit)
    raised = _page(Task.objects.filter(state="open", escalated_to=post), after, limit)
    rows = sorted(
        {task.id: task for task in (*own, *raised)}.values(),
        key=lambda task: (task.due_on or date.max, task.id),
    )
    light_of = lights(today)
    return tuple(_task_row(task, light_of) for task in rows[:limit])


def _page(tasks: QuerySet[Task], after: tuple[date, int] | None, limit: int) -> list[Any]:
    if after is not None:
        due_on, pk = after
        tasks = tasks.filter(
            Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=pk) | Q(due_on__isnull=True)
        )
    return list(_lines(tasks).order_by(F("due_on").asc(nulls_last=True), "pk")[:limit])


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
    tasks = Task.objects.filter(state="open").order_by()
    # One after the other: with OR the whole inbox is read before the limit holds.
    own = tasks.filter(post=post)
    raised = tasks.filter(escalated_to=post).exclude(post=post)
    return own.values("pk").union(raised.values("pk"), all=True)[:MOST_COUNTED].count()


def get_task(task_id: int, *, today: date) -> TaskRow | None:
    """Return a task, whatever its state; nothing if there is none."""
    task = _lines(Task.objects.filter(pk=task_id)).first()
    return _task_row(task, lights(today)) if task else None


def list_cases(
    *,
    department: str,
    today: date,
    state: str = "",
    number: str = "",
    before: int | None = None,
    limit: int = 50,
) -> tuple[CaseRow, ...]:
    """Return the cases of a department, newest first; ``before`` is the id of the last row seen."""
    cases = Case.objects.filter(department=department).exclude(state="draft")
    if state:
        cases = cases.filter(state=state)
    if number:
        cases = cases.filter(number__startswith=number)
    if before is not None:
        cases = cases.filter(pk__lt=before)
    return list_rows(cases.order_by("-pk")[:limit], today=today)


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

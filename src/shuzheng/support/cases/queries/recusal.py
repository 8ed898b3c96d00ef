"""Who was recused, whose recusal waits, which visits wait for their second person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Recusal, Task, Visit


@dataclass(frozen=True, slots=True)
class RecusalRow:
    """Somebody is to be, was, or was not recused from a case."""

    id: int
    number: str
    title: str
    name: str
    post: str
    asked_kind: str
    grounds: str
    asked_at: datetime
    state: str
    reasons: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Handler:
    """Somebody who handles or handled a case, by one of the tasks they had."""

    task_id: int
    name: str
    task: str
    post: str


@dataclass(frozen=True, slots=True)
class VisitToConfirm:
    """A visit that one person recorded and no second has confirmed."""

    number: str
    title: str
    visited_on: date
    recorded_name: str


def list_recusals_of_case(number: str) -> tuple[RecusalRow, ...]:
    """Return the recusals asked for in a case, oldest first."""
    rows = Recusal.objects.filter(Q(case__number=number) | Q(case__members__number=number))
    return tuple(_row(row) for row in rows.select_related("case").distinct().order_by("pk"))


def list_recusals_to_decide(*, post: str, account: str) -> tuple[RecusalRow, ...]:
    """Return what waits for the decision of a post, but not what concerns the account itself."""
    below = [each.code for each in organisation.list_posts_below(post)]
    rows = Recusal.objects.filter(state="asked", post__in=below).exclude(account=account)
    return tuple(_row(row) for row in rows.select_related("case").order_by("pk"))


def list_handlers(number: str) -> tuple[Handler, ...]:
    """Return who has or had tasks of a case in hand, each once."""
    family = Q(case__number=number) | Q(case__root__number=number)
    tasks = Task.objects.filter(family, for_applicant=False).exclude(claimed_by="", done_by="")
    found: dict[str, Handler] = {}
    for task in tasks.order_by("pk"):
        name = task.claimed_name or task.done_name
        found.setdefault(
            task.claimed_by or task.done_by, Handler(task.pk, name, task.name, task.post)
        )
    return tuple(found.values())


def list_visits_to_confirm(*, department: str, account: str) -> tuple[VisitToConfirm, ...]:
    """Return the visits of a department's cases that somebody other than the account recorded."""
    rows = (
        Visit.objects.filter(confirmed_at__isnull=True, case__members__department=department)
        .exclude(recorded_account=account)
        .select_related("case")
    )
    return tuple(
        VisitToConfirm(row.case.number, row.case.title, row.visited_on, row.recorded_name)
        for row in rows.distinct().order_by("pk")[:50]
    )


def _row(row: Recusal) -> RecusalRow:
    return RecusalRow(
        id=row.pk,
        number=row.case.number,
        title=row.case.title,
        name=row.name,
        post=row.post,
        asked_kind=row.asked_kind,
        grounds=row.grounds,
        asked_at=row.asked_at,
        state=row.state,
        reasons=row.reasons,
        decided_at=row.decided_at,
    )

"""Who was recused, whose recusal waits, which visits wait for their second person."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import CharField, Q, QuerySet

from shuzheng.infrastructure.database.queries import Parameter, Prepared
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Recusal, Task, Visit

_SHOWN = ("name", "post", "asked_kind", "grounds", "asked_at", "state", "reasons", "decided_at")


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
    return tuple(RecusalRow(*row) for row in _lines(rows.distinct().order_by("pk")))


def list_recusals_to_decide(*, post: str, account: str) -> tuple[RecusalRow, ...]:
    """Return what waits for the decision of a post, but not what concerns the account itself."""
    below = tuple(each.code for each in organisation.list_posts_below(post))
    if not below:
        return ()
    return tuple(RecusalRow(*row) for row in _to_decide(below).ask(account=account))


@cache
def _to_decide(posts: tuple[str, ...]) -> Prepared:
    rows = Recusal.objects.filter(state="asked", post__in=posts)
    rows = rows.exclude(account=Parameter("account", CharField())).order_by("pk")
    return Prepared(_lines(rows))


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
    rows = _to_confirm().ask(department=department, account=account)
    return tuple(VisitToConfirm(*row[1:]) for row in rows)


@cache
def _to_confirm() -> Prepared:
    department = Parameter("department", CharField())
    rows = Visit.objects.filter(confirmed_at__isnull=True, case__members__department=department)
    rows = rows.exclude(recorded_account=Parameter("account", CharField())).distinct()
    shown = ("pk", "case__number", "case__title", "visited_on", "recorded_name")
    return Prepared(rows.order_by("pk").values_list(*shown, named=True)[:50])


def _lines(rows: QuerySet[Recusal]) -> "QuerySet[Recusal, Any]":
    return rows.values_list("pk", "case__number", "case__title", *_SHOWN, named=True)

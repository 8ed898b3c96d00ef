"""Who was recused, whose recusal waits, which visits wait for their second person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import CharField, Q, QuerySet

from shuzheng.infrastructure.database.queries import Parameter, Prepared
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Recusal, Task, Visit
from shuzheng.support.identity.queries import list_colleagues

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
    """Somebody who handles, handled or may come to handle a case, by one of its tasks.

    Attributes:
        account: of who may yet claim the task; empty where the task says who.
    """

    task_id: int
    name: str
    task: str
    post: str
    account: str = ""

    @property
    def key(self) -> str:
        """Return how a form names them."""
        return f"{self.task_id}:{self.account}" if self.account else str(self.task_id)


@dataclass(frozen=True, slots=True)
class VisitToConfirm:
    """A visit that one person recorded and no second has confirmed."""

    number: str
    title: str
    visited_on: date
    recorded_name: str


def list_recusals_of_case(number: str) -> tuple[RecusalRow, ...]:
    """Return the recusals asked for in a case, oldest first.

    They hold for the whole bundle; of one matter those are told whose post has part in it.
    """
    posts = Task.objects.filter(case__number=number, case__root__isnull=False).values("post")
    rows = Recusal.objects.filter(
        Q(case__number=number) | Q(case__members__number=number, post__in=posts)
    )
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


def list_handlers(number: str, *, at: datetime) -> tuple[Handler, ...]:
    """Return who has, had or may yet claim tasks of a case, each once; pending tasks first."""
    family = Q(case__number=number) | Q(case__root__number=number)
    tasks = Task.objects.filter(family, for_applicant=False).exclude(state="cancelled")
    found: dict[str, Handler] = {}
    for task in sorted(tasks, key=lambda each: (each.state != "open", each.pk)):
        for account, handler in _handlers(task, at):
            found.setdefault(account, handler)
    return tuple(found.values())


def _handlers(task: Task, at: datetime) -> Iterator[tuple[str, Handler]]:
    if account := task.claimed_by or task.done_by:
        name = task.claimed_name or task.done_name
        yield account, Handler(task.pk, name, task.name, task.post)
    elif task.state == "open":
        for row in list_colleagues(task.post, at=at):
            account = str(row.id)
            yield account, Handler(task.pk, row.display_name, task.name, task.post, account)


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

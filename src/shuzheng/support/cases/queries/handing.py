"""Who has what in hand, and to whom a task may go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Recusal, Task
from shuzheng.support.cases.queries.lighting import LightOf, lights
from shuzheng.support.cases.rules import Light
from shuzheng.support.identity.queries import list_colleagues
from shuzheng.support.matters.queries import get_revision


@dataclass(frozen=True, slots=True)
class HeldTask:
    """An open task with who has it in hand; ``holder`` is empty while nobody has claimed it."""

    id: int
    name: str
    duty: str
    post: str
    number: str
    title: str
    title_en: str
    due_on: date | None
    light: Light
    holder: str
    holder_name: str
    is_escalated: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose post is entitled to a task."""

    account: str
    name: str
    post: str


def get_held(task_id: int, *, today: date) -> HeldTask | None:
    """Return an open task of officials, or nothing."""
    task = _tasks().filter(pk=task_id).first()
    return _row(task, lights(today)) if task else None


def list_held(
    *, posts: Collection[str], holder: str, today: date, limit: int = 200
) -> tuple[HeldTask, ...]:
    """Return the open tasks of these posts, and what the holder has in hand, by holder and day."""
    below = _tasks().filter(post__in=posts)
    own = _tasks().filter(claimed_by=holder).exclude(claimed_by="")
    order = ("claimed_name", F("due_on").asc(nulls_last=True), "pk")
    light_of = lights(today)
    return tuple(_row(task, light_of) for task in (below | own).order_by(*order)[:limit])


def list_candidates(task_id: int, *, at: datetime) -> tuple[Candidate, ...]:
    """Return who may be given a task: on its own post first, then on others with its duty."""
    task = _tasks().filter(pk=task_id).first()
    if task is None:
        return ()
    entitled = organisation.list_posts_with_duty(task.duty, task.case.area) if task.duty else ()
    posts = dict.fromkeys([task.post, *(post.code for post in entitled)])
    found = {
        str(row.id): Candidate(str(row.id), row.display_name, post)
        for post in reversed(posts)
        for row in list_colleagues(post, at=at)
    }
    recused = Recusal.objects.filter(
        case=task.case.root_id or task.case_id, account__in=found, state="granted"
    )
    out = {task.claimed_by, *recused.values_list("account", flat=True)}
    return tuple(each for each in found.values() if each.account not in out)


def _tasks() -> Any:
    return Task.objects.filter(state="open", for_applicant=False).select_related("case")


def _row(task: Any, light_of: LightOf) -> HeldTask:
    return HeldTask(
        id=task.pk,
        name=task.name,
        duty=task.duty,
        post=task.post,
        number=task.case.number,
        title=task.case.title,
        title_en=get_revision(task.case.revision_id).title_en,
        due_on=task.due_on,
        light=light_of(task.due_on),
        holder=task.claimed_by,
        holder_name=task.claimed_name,
        is_escalated=bool(task.escalated_to),
    )

"""Who has what in hand: pass it on, take it over, give it back, with reasons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.vacancies import mark_of, vacancy_table, vacant_posts_of
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import number_in, page, signed_in, title_of
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.organisation.queries import get_post, list_posts_below
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.operations import Row
from shuzheng.support.cases.queries import (
    Candidate,
    HeldTask,
    get_held,
    get_task,
    list_candidates,
    list_held,
)
from shuzheng.support.cases.rules import TaskNotFound
from shuzheng.support.cases.rules.handing import REASSIGN_TASKS, can_do


@dataclass(frozen=True, slots=True)
class Hands:
    """What one person has in hand, or what nobody has claimed."""

    holder: str
    name: str
    table: Table
    candidates: tuple[Candidate, ...]


@signed_in
def colleagues(request: HttpRequest) -> HttpResponse:
    """List what one's people and oneself have in hand."""
    return _colleagues(request)


def _colleagues(
    request: HttpRequest, *, refusal: Invalid | None = None, done: tuple[Row, ...] = ()
) -> HttpResponse:
    actor = official_of(request)
    below = posts_below(actor)
    found = list_held(posts=below, holder=actor.account, today=today())
    context = {
        **frame(request),
        "groups": tuple(_groups(found)),
        "vacancies": vacancy_table(below),
        "handed": _handed(request),
        "done": [row for row in done if row.refusal is None],
        "refused": [row for row in done if row.refusal is not None],
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "desk/colleagues.html", context, 422 if refusal else 200)


def posts_below(actor: Actor) -> tuple[str, ...]:
    """Return the posts whose work the actor may give to others."""
    if not actor.may(REASSIGN_TASKS):
        return ()
    return tuple(post.code for post in list_posts_below(actor.post))


def may_hand(actor: Actor, task: HeldTask) -> bool:
    """Say whether the actor has the task in hand or stands above who has."""
    return task.holder == actor.account or task.post in posts_below(actor)


def _groups(tasks: tuple[HeldTask, ...]) -> Iterator[Hands]:
    vacant = vacant_posts_of(tasks)
    for (holder, name), rows in groupby(tasks, lambda row: (row.holder, row.holder_name)):
        held = tuple(rows)
        colleagues = list_candidates(held[0].id, at=timezone.now()) if holder else ()
        yield Hands(holder, name, _table(name, held, vacant), colleagues)


def _table(name: str, rows: tuple[HeldTask, ...], vacant: frozenset[str]) -> Table:
    return Table(
        name or gettext("未认领"),
        (gettext("任务"), gettext("办件"), gettext("期限")),
        [
            (
                Cell(
                    row.name,
                    href=reverse("desk:hand", args=[row.id]),
                    hint=mark_of(row, vacant),
                ),
                Cell(f"{title_of(row)} {row.number}"),
                _due(row),
            )
            for row in rows
        ],
        caption_hidden=True,
    )


def _due(row: HeldTask) -> Cell:
    if row.due_on is None:
        return Cell(gettext("无期限"))
    colour = row.light.colour
    words = f"{row.due_on.isoformat()} {gettext(row.light.word)}"
    return Cell(words, light="" if colour == "none" else colour)


def _handed(request: HttpRequest) -> HeldTask | None:
    number = number_in(request.GET.get("handed", ""))
    row = None if number is None else get_held(number, today=today())
    return row if row and _concerns(official_of(request), row) else None


def _concerns(actor: Actor, task: HeldTask) -> bool:
    """Say whether the actor may read who has a task now: one they, or a colleague, passed on."""
    return may_hand(actor, task) or get_post(task.post).department == actor.department


@signed_in
def hand(request: HttpRequest, task_id: int) -> HttpResponse:
    """Show who has a task and who may be given it."""
    return _hand(request, task_id)


def _hand(request: HttpRequest, task_id: int, refusal: Invalid | None = None) -> HttpResponse:
    actor = official_of(request)
    found = get_held(task_id, today=today())
    if found is None or not may_hand(actor, found):
        row = get_task(task_id, today=today())
        if row is not None and row.state != "open" and actor.post in {row.post, row.escalated_to}:
            return redirect("desk:case", number=row.number)
        raise TaskNotFound
    is_above = found.post in posts_below(actor)
    context = {
        **frame(request),
        "task": found,
        "candidates": list_candidates(task_id, at=timezone.now()),
        "may_take_over": is_above
        and found.holder != actor.account
        and can_do(found.duty, actor.permissions),
        "may_give_back": is_above and bool(found.holder),
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "desk/hand.html", context, 422 if refusal else 200)


def _change(
    request: HttpRequest, task_id: int, act: Callable[..., Any], **given: str
) -> HttpResponse:
    reasons = request.POST.get("reasons", "")
    by, at = official_of(request), timezone.now()
    try:
        act(task_id=task_id, reasons=reasons, by=by, at=at, **given)
    except Invalid as refusal:
        return _hand(request, task_id, refusal)
    return redirect(f"{reverse('desk:colleagues')}?handed={task_id}")


@signed_in
@require_POST
def take_over(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take the task into one's own hands; it is in one's inbox then."""
    return _change(request, task_id, cases.take_over_task)


@signed_in
@require_POST
def give_back(request: HttpRequest, task_id: int) -> HttpResponse:
    """Free what somebody has claimed."""
    return _change(request, task_id, cases.give_back_task)


@signed_in
@require_POST
def reassign(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give the task to a colleague."""
    return _change(request, task_id, cases.reassign_task, to=request.POST.get("to", ""))


@signed_in
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Pass everything somebody has in hand to a colleague; what could not go is named."""
    try:
        rows = cases.hand_over_tasks(
            holder=request.POST.get("holder", ""),
            to=request.POST.get("to", ""),
            reasons=request.POST.get("reasons", ""),
            by=official_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return _colleagues(request, refusal=refusal)
    return _colleagues(request, done=rows)

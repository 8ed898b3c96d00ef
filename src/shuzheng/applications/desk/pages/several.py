"""Several tasks of one kind at once: claim them, give the same opinion; each row says what came."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.work import NothingChosen
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import number_in, page, requires
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.operations import Row
from shuzheng.support.cases.queries import TaskRow, list_inbox
from shuzheng.support.cases.rules import READ_CASE, REVIEW_CASE
from shuzheng.support.cases.rules.several import MOST


@dataclass(frozen=True, slots=True)
class Alike:
    """Tasks of one kind on one matter."""

    key: str
    name: str
    title: str
    rows: tuple[TaskRow, ...]
    may_review: bool


@requires(READ_CASE)
def several(request: HttpRequest) -> HttpResponse:
    """Show the inbox by kind, each row to be picked."""
    return _shown(request)


def _shown(
    request: HttpRequest, *, refusal: Invalid | None = None, done: tuple[Row, ...] = ()
) -> HttpResponse:
    actor = official_of(request)
    rows = list_inbox(post=actor.post, today=today(), limit=MOST)
    context = {
        **frame(request),
        "groups": tuple(_alike(rows, actor)),
        "done": [row for row in done if row.refusal is None],
        "refused": [row for row in done if row.refusal is not None],
        "refusal": refusal,
        "typed": request.POST,
        "picked": set(_picked(request)) if refusal else set(),
    }
    return page(request, "desk/several.html", context, 422 if refusal else 200)


def _alike(rows: tuple[TaskRow, ...], actor: Actor) -> Iterator[Alike]:
    def kind(row: TaskRow) -> tuple[str, str]:
        return row.element, row.duty

    for (element, duty), group in groupby(sorted(rows, key=kind), kind):
        found = tuple(group)
        may_review = element == "review" and actor.may(REVIEW_CASE)
        key = f"{element}-{duty}".replace(":", "-")
        yield Alike(key, found[0].name, found[0].title, found, may_review)


def _picked(request: HttpRequest) -> list[int]:
    found = map(number_in, request.POST.getlist("task"))
    return [each for each in found if each is not None]


def _do(request: HttpRequest, act: Callable[[], tuple[Row, ...]]) -> HttpResponse:
    try:
        return _shown(request, done=act())
    except Invalid as refusal:
        return _shown(request, refusal=refusal)


@requires(READ_CASE)
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Take the picked tasks for oneself."""
    by, at, picked = official_of(request), timezone.now(), _picked(request)
    return _do(request, lambda: cases.claim_tasks(task_ids=picked, by=by, at=at))


@requires(REVIEW_CASE)
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Give one opinion on the picked tasks."""

    def act() -> tuple[Row, ...]:
        advice = {"grant": True, "refuse": False}.get(request.POST.get("advice", ""))
        if advice is None:
            raise NothingChosen
        return cases.review_matters(
            task_ids=_picked(request),
            advises_grant=advice,
            opinion=request.POST.get("opinion", ""),
            by=official_of(request),
            at=timezone.now(),
        )

    return _do(request, act)

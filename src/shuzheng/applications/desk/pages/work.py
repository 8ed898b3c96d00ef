"""One task and what can be done with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.file import file_context
from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.handing import may_hand
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.opinions import offered_texts, picked_text
from shuzheng.applications.desk.pages.vacancies import vacant_posts_of
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import page, signed_in
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries import TaskRow, get_held, get_task
from shuzheng.support.cases.queries.choices import list_choices
from shuzheng.support.cases.rules import TaskNotFound

HANDLING = gettext_noop("办理“{name}”")
TEMPLATES = {
    "receive": "desk/receive.html",
    "joint_visit": "desk/visit.html",
    "review": "desk/review.html",
    "rule": "desk/rule.html",
    "extension": "desk/extend.html",
    "consultation": "desk/advise.html",
    "to_follow": "desk/to_follow.html",
    "hearing": "desk/hearing_task.html",
    "hearing_order": "desk/hearing_order.html",
    "commitment_check": "desk/commitment_check.html",
    "revoke_grant": "desk/revoke_grant.html",
}


class NothingChosen(Invalid):
    """To grant or to refuse is said, never assumed."""

    code = "nothing-chosen"
    template = gettext_noop("请选择准予还是不予。")


@signed_in
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Show a task with the file it is about."""
    return shown(request, task_id)


def shown(request: HttpRequest, task_id: int, refusal: Invalid | None = None) -> HttpResponse:
    """Show a task, with why something was not done."""
    actor = official_of(request)
    row = _own(task_id, actor)
    if row.state != "open":
        return redirect("desk:case", number=row.number)
    file = file_context(request, row.number, purpose=HANDLING.format(name=row.name))
    texts = tuple(offered_texts(row, file["progress"], file["root"]))
    picked = picked_text(request.GET.get("text", ""), texts)
    context = {
        **frame(request),
        **file,
        "task": row,
        "is_vacant": row.post in vacant_posts_of((row,)),
        "refusal": refusal,
        "typed": request.POST or picked,
        # In a template, typed.items would be the method of the mapping.
        "typed_items": (request.POST or picked).get("items", ""),
        "texts": texts,
        "findings": _findings(request),
        "default_deadline": _deadline(),
        "may_hand": _may_hand(actor, task_id),
        "choices": list_choices(task_id),
    }
    template = TEMPLATES.get(row.element, "desk/choose.html")
    return page(request, template, context, 422 if refusal else 200)


def _own(task_id: int, actor: Actor) -> TaskRow:
    row = get_task(task_id, today=today())
    if row is None or actor.post not in {row.post, row.escalated_to}:
        raise TaskNotFound
    return row


def _may_hand(actor: Actor, task_id: int) -> bool:
    held = get_held(task_id, today=today())
    return held is not None and may_hand(actor, held)


def _deadline() -> date:
    from shuzheng.institutions.calendar.queries import get_calendar
    from shuzheng.policy.periods import Period, PeriodUnit, due_on

    period = Period(amount=10, unit=PeriodUnit.WORKING_DAY)
    return due_on(period, started_on=today(), calendar=get_calendar())


def do(request: HttpRequest, task_id: int, act: Callable[..., Any], **given: Any) -> HttpResponse:
    """Do it and go back to the inbox; what was typed wrong is shown again with the reason."""
    try:
        if None in given.values():
            raise NothingChosen
        act(task_id=task_id, by=official_of(request), at=timezone.now(), **given)
    except Invalid as refusal:
        return shown(request, task_id, refusal)
    return redirect(f"{reverse('desk:inbox')}?done={task_id}")


@signed_in
@require_POST
def claim(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take the task for oneself."""
    cases.claim_task(task_id=task_id, by=official_of(request), at=timezone.now())
    return redirect("desk:task", task_id=task_id)


@signed_in
@require_POST
def release(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give the task back to the post."""
    cases.release_task(task_id=task_id, by=official_of(request), at=timezone.now())
    return redirect("desk:task", task_id=task_id)


@signed_in
@require_POST
def accept(request: HttpRequest, task_id: int) -> HttpResponse:
    """Accept for all departments."""
    if "to_follow_by" not in request.POST:
        return do(request, task_id, cases.accept_case)
    return do(request, task_id, cases.accept_case, to_follow_by=day(request, "to_follow_by"))


@signed_in
@require_POST
def correct(request: HttpRequest, task_id: int) -> HttpResponse:
    """Ask once for a correction."""
    items = [("", line) for line in request.POST.get("items", "").splitlines()]
    return do(
        request,
        task_id,
        cases.ask_correction,
        items=items,
        deadline_on=day(request, "deadline_on"),
    )


def day(request: HttpRequest, name: str) -> date:
    """Return a posted day; what is no day counts as today, which the operation refuses in words."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return today()


@signed_in
@require_POST
def decline(request: HttpRequest, task_id: int) -> HttpResponse:
    """Do not accept, in writing."""
    return do(request, task_id, cases.decline_case, reason=request.POST.get("reason", ""))


@signed_in
@require_POST
def visit(request: HttpRequest, task_id: int) -> HttpResponse:
    """Record the joint visit."""
    return do(
        request,
        task_id,
        cases.record_visit,
        visited_on=day(request, "visited_on"),
        participants=request.POST.get("participants", "").splitlines(),
        findings=_findings(request),
    )


def _findings(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix("finding-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("finding-")
    }


def _grants(request: HttpRequest, name: str) -> bool | None:
    return {"grant": True, "refuse": False}.get(request.POST.get(name, ""))


@signed_in
@require_POST
def review(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give the reviewer's opinion."""
    return do(
        request,
        task_id,
        cases.review_matter,
        advises_grant=_grants(request, "advice"),
        opinion=request.POST.get("opinion", ""),
    )


@signed_in
@require_POST
def rule(request: HttpRequest, task_id: int) -> HttpResponse:
    """Grant or refuse."""
    return do(
        request,
        task_id,
        cases.rule_matter,
        is_granted=_grants(request, "ruling"),
        reasons=request.POST.get("reasons", ""),
    )

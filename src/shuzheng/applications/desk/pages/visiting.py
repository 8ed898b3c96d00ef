"""Announce the day and hour of a joint visit."""

from collections.abc import Callable
from datetime import date, time
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.work import shown
from shuzheng.infrastructure.web.operations import requires
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import VISIT_SITE

Moment = TypeVar("Moment", date, time)


@requires(VISIT_SITE)
@require_POST
def plan(request: HttpRequest, task_id: int) -> HttpResponse:
    """Plan, and come back to the task: it waits for the visit."""
    try:
        cases.plan_visit(
            task_id=task_id,
            planned_on=_read(date.fromisoformat, request.POST.get("planned_on", "")),
            begins_at=_read(time.fromisoformat, request.POST.get("begins_at", "")),
            by=official_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return shown(request, task_id, refusal)
    return redirect("desk:task", task_id=task_id)


def _read(read: Callable[[str], Moment], text: str) -> Moment | None:
    try:
        return read(text)
    except ValueError:
        return None

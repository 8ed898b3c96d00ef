"""A hearing: tell of the right, take a request down, announce it, keep its record."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.case import shown
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.work import day, do
from shuzheng.infrastructure.web.operations import requires
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import REVIEW_CASE
from shuzheng.support.cases.rules.hearings import HearingIncomplete


@requires(REVIEW_CASE)
@require_POST
def tell(request: HttpRequest, number: str) -> HttpResponse:
    """Tell of the right to a hearing."""
    reasons = request.POST.get("hearing_reasons", "")
    return _act(request, number, cases.tell_hearing_right, reasons=reasons)


@requires(REVIEW_CASE)
@require_POST
def take_down(request: HttpRequest, number: str) -> HttpResponse:
    """Take down the request of somebody concerned."""
    return _act(request, number, _ask, who=request.POST.get("who", ""))


def _ask(*, who: str, **given: Any) -> None:
    if not who.strip():
        raise HearingIncomplete(missing="申请听证的人")
    cases.ask_hearing(who=who, **given)


def _act(request: HttpRequest, number: str, act: Callable[..., Any], **given: str) -> HttpResponse:
    try:
        act(number=number, by=official_of(request), at=timezone.now(), **given)
    except Invalid as refusal:
        return shown(request, number, refusal)
    return redirect("desk:case", number=number)


@requires(REVIEW_CASE)
@require_POST
def announce(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say when and where it is."""
    return do(
        request,
        task_id,
        cases.announce_hearing,
        held_on=day(request, "held_on"),
        place=request.POST.get("place", ""),
        chair=request.POST.get("chair", ""),
    )


@requires(REVIEW_CASE)
@require_POST
def record(request: HttpRequest, task_id: int) -> HttpResponse:
    """Keep its record."""
    return do(
        request,
        task_id,
        cases.record_hearing,
        attendants=request.POST.get("attendants", "").splitlines(),
        minutes=request.POST.get("minutes", ""),
    )

"""Hearings announced to the public: read by anybody, joined by people known by name."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import actor_of, limited, page, public, signed_in
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_departments
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries.public_hearings import (
    get_public_hearing,
    get_wish,
    list_public_hearings,
)
from shuzheng.support.cases.rules.public_hearings import WISHES

ANNOUNCED = "行政许可法 第四十六条：依职权的听证应当向社会公告"


@public(ANNOUNCED)
def hearings(request: HttpRequest) -> HttpResponse:
    """List the hearings announced."""
    names = {each.code: each.name for each in list_departments()}
    context = {"hearings": list_public_hearings(), "departments": names}
    return page(request, "hall/public_hearings.html", context)


@public(ANNOUNCED)
def hearing(request: HttpRequest, hearing_id: int) -> HttpResponse:
    """Show one: what is heard, when, where, and how to take part."""
    return _shown(request, hearing_id)


def _shown(request: HttpRequest, hearing_id: int, refusal: Invalid | None = None) -> HttpResponse:
    row, actor = get_public_hearing(hearing_id), actor_of(request)
    context = {
        "hearing": row,
        "departments": {each.code: each.name for each in list_departments()},
        "is_open": row.is_open_on(get_calendar().local_day(timezone.now())),
        "is_known": actor.kind == "person" and bool(actor.person),
        "wish": get_wish(hearing_id, actor.person),
        "wishes": WISHES,
        "refusal": refusal,
    }
    return page(request, "hall/public_hearing.html", context, 422 if refusal else 200)


@signed_in
@limited("20/h")
@require_POST
def join(request: HttpRequest, hearing_id: int) -> HttpResponse:
    """Say that one wants to take part."""
    wish = request.POST.get("wish", "")
    return _do(
        request,
        hearing_id,
        lambda: cases.join_hearing(
            hearing=hearing_id, wish=wish, by=actor_of(request), at=timezone.now()
        ),
    )


@signed_in
@require_POST
def leave(request: HttpRequest, hearing_id: int) -> HttpResponse:
    """Take it back."""
    return _do(
        request,
        hearing_id,
        lambda: cases.leave_hearing(hearing=hearing_id, by=actor_of(request), at=timezone.now()),
    )


def _do(request: HttpRequest, hearing_id: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Invalid as refusal:
        return _shown(request, hearing_id, refusal)
    return redirect("hall:hearing", hearing_id=hearing_id)

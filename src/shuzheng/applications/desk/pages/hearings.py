"""A hearing: tell of the right, order one, take a request down, announce it, keep its record."""

from datetime import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.case import act
from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.work import day, do
from shuzheng.infrastructure.web.operations import page, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import REVIEW_CASE, RULE_CASE
from shuzheng.support.cases.rules.hearings import Announcement, HearingIncomplete


@requires(REVIEW_CASE)
@require_POST
def tell(request: HttpRequest, number: str) -> HttpResponse:
    """Tell of the right to a hearing."""
    reasons = request.POST.get("hearing_reasons", "")
    return act(request, number, cases.tell_hearing_right, reasons=reasons)


@requires(REVIEW_CASE)
@require_POST
def take_down(request: HttpRequest, number: str) -> HttpResponse:
    """Take down the request of somebody concerned."""
    return act(request, number, _ask, who=request.POST.get("who", ""))


def _ask(*, who: str, **given: Any) -> None:
    if not who.strip():
        raise HearingIncomplete(missing="申请听证的人")
    cases.ask_hearing(who=who, **given)


@requires(REVIEW_CASE)
@require_POST
def order(request: HttpRequest, number: str) -> HttpResponse:
    """Order one on the department's own motion."""
    return act(
        request,
        number,
        cases.order_hearing,
        ground=request.POST.get("ground", ""),
        subject=request.POST.get("subject", ""),
        reasons=request.POST.get("order_reasons", ""),
    )


@requires(RULE_CASE)
@require_POST
def decide_order(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say whether one is needed."""
    chosen = {"approve": True, "refuse": False}.get(request.POST.get("decision", ""))
    return do(
        request,
        task_id,
        cases.decide_hearing_order,
        is_approved=chosen,
        reasons=request.POST.get("reasons", ""),
    )


@requires(REVIEW_CASE)
def guests(request: HttpRequest, number: str) -> HttpResponse:
    """Show who wants to take part; each of them sees that it was read."""
    found = cases.open_guests(
        number=number, purpose=gettext_noop("组织听证"), by=official_of(request), at=timezone.now()
    )
    table = Table(
        gettext("报名参加听证的人"),
        (gettext("姓名"), gettext("参加方式"), gettext("报名时间")),
        [(Cell(each.name), Cell(gettext(each.wish)), Cell(each.joined_at)) for each in found],
        empty=gettext("还没有人报名。"),
    )
    context = {**frame(request), "number": number, "table": table}
    return page(request, "desk/hearing_guests.html", context)


@requires(REVIEW_CASE)
@require_POST
def announce(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say when and where it is."""
    said = _announcement(request)
    return do(request, task_id, cases.announce_hearing, announcement=said)


def _announcement(request: HttpRequest) -> Announcement:
    return Announcement(
        held_on=day(request, "held_on"),
        begins=_time(request, "begins"),
        place=request.POST.get("place", ""),
        chair=request.POST.get("chair", ""),
        joining=request.POST.get("joining", ""),
        parties=tuple(request.POST.get("parties", "").splitlines()),
    )


def _time(request: HttpRequest, name: str) -> time | None:
    """Return a posted time of day; what is none is refused by the operation, in words."""
    try:
        return time.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return None


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

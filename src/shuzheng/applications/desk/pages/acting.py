"""Who stands in for whom: name somebody for some days, end it early."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import page, signed_in
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_posts_below, list_posts_of_department
from shuzheng.policy.refusals import Invalid
from shuzheng.support.identity.operations import end_acting, name_acting
from shuzheng.support.identity.queries import list_accounts_of_post, list_acting
from shuzheng.support.identity.rules.acting import LEND_POST

LAST_DAY = date(9000, 1, 1)
"""Later days would leave the calendar when one is added."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the own department who could stand in."""

    account: str
    name: str
    post: str


@signed_in
@require_http_methods(["GET", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """Show who stands in on one's own post and those below; name somebody."""
    refusal = None
    if request.method == "POST":
        try:
            _name(request)
        except Invalid as fault:
            refusal = fault
        else:
            return redirect("desk:acting")
    actor, at = official_of(request), timezone.now()
    posts = tuple(_lendable(actor))
    context = {
        **frame(request),
        "rows": [
            (row, *_days(row.from_at, row.to_at))
            for row in list_acting(posts=posts, account=actor.account, at=at)
        ],
        "lendable": posts,
        "colleagues": tuple(_colleagues(actor, at)) if posts else (),
        "refusal": refusal,
        "typed": request.POST,
        "day": today(),
    }
    return page(request, "desk/acting.html", context, 422 if refusal else 200)


@signed_in
@require_POST
def end(request: HttpRequest, acting_id: int) -> HttpResponse:
    """End it now."""
    reasons = request.POST.get("reasons", "")
    end_acting(acting=acting_id, reasons=reasons, by=official_of(request), at=timezone.now())
    return redirect("desk:acting")


def _lendable(actor: Actor) -> Iterator[str]:
    if actor.may(LEND_POST):
        yield actor.post
        for post in list_posts_below(actor.post):
            if post.department == actor.department:
                yield post.code


def _colleagues(actor: Actor, at: datetime) -> Iterator[Colleague]:
    seen = {actor.account}
    for post in list_posts_of_department(actor.department):
        for row in list_accounts_of_post(post.code, on=get_calendar().local_day(at)):
            if str(row.id) not in seen:
                seen.add(str(row.id))
                yield Colleague(str(row.id), row.display_name, post.code)


def _name(request: HttpRequest) -> None:
    name_acting(
        post=request.POST.get("post", ""),
        holder=request.POST.get("holder", ""),
        from_at=_begin(_day(request, "from_on")),
        to_at=_begin(_day(request, "to_on") + timedelta(days=1)),
        reasons=request.POST.get("reasons", ""),
        by=official_of(request),
        at=timezone.now(),
    )


def _day(request: HttpRequest, name: str) -> date:
    """Return a posted day; what is none counts as one long past, which is refused in words."""
    try:
        return min(date.fromisoformat(request.POST.get(name, "")), LAST_DAY)
    except ValueError:
        return date(2000, 1, 1)


def _days(from_at: datetime, to_at: datetime) -> tuple[date, date]:
    """Return the first and the last day of a term, which ends before its last moment."""
    local_day = get_calendar().local_day
    return local_day(from_at), local_day(to_at - timedelta(microseconds=1))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_calendar().zone)

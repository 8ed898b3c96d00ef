"""My affairs: what is next, what was decided, what I have received, how it was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.applications.hall.pages.draft import own_actor
from shuzheng.applications.hall.pages.papers import papers_of
from shuzheng.applications.hall.pages.story import steps_of
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import actor_of, number_in, page, signed_in
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_departments
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries import (
    Progress,
    get_progress,
    list_cases_of_person,
    list_refused_services,
)
from shuzheng.support.cases.queries.recusal import list_handlers, list_recusals_of_case
from shuzheng.support.cases.rules import APPLICANT_MAY_WITHDRAW, CaseNotFound, State
from shuzheng.support.licences.operations import name_own_holders
from shuzheng.support.licences.queries import list_ended_of_cases, list_licences_of
from shuzheng.support.matters.queries import get_matter
from shuzheng.support.matters.rules import Matter

LEVELS = (
    (5, gettext_noop("非常满意")),
    (4, gettext_noop("满意")),
    (3, gettext_noop("基本满意")),
    (2, gettext_noop("不满意")),
    (1, gettext_noop("非常不满意")),
)


@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    """List my applications and my licences."""
    actor = actor_of(request)
    today = get_calendar().local_day(timezone.now())
    own = list_licences_of(actor.person) if actor.person else ()
    holders = name_own_holders(by=actor)
    context = {
        "cases": list_cases_of_person(actor.person, today=today),
        "licences": [(each, holders.get(each.code, "")) for each in own],
        "today": today,
    }
    return page(request, "hall/mine.html", context)


@signed_in
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show how far it is: what happened, what is next, by when, who has it."""
    return shown(request, number)


def shown(request: HttpRequest, number: str, refusal: Invalid | None = None) -> HttpResponse:
    """Show a case of one's own, with why something was not done."""
    at = timezone.now()
    file = cases.open_case(
        number=number, purpose=gettext_noop("查看进展"), by=own_actor(request, number), at=at
    )
    progress = get_progress(number, today=get_calendar().local_day(at))
    if progress is None:
        raise CaseNotFound(number=number)
    if progress.case.root_number != number:
        return redirect("hall:case", number=progress.case.root_number)
    departments = {each.code: each.name for each in list_departments()}
    context = {
        "progress": progress,
        "steps": steps_of(progress, departments, _matters(progress)),
        "departments": departments,
        "ends": list_ended_of_cases(each.case.number for each in progress.members),
        "papers": tuple(papers_of(progress)),
        "is_held_up": bool(list_refused_services(number)),
        "levels": [(level, gettext(words)) for level, words in LEVELS],
        "may_withdraw": _may_withdraw(progress, actor_of(request)),
        "files": file.files,
        "handlers": list_handlers(number, at=timezone.now()),
        "recusals": list_recusals_of_case(number),
        "refusal": refusal,
    }
    return page(request, "hall/case.html", context, 422 if refusal else 200)


def _may_withdraw(progress: Progress, by: Actor) -> bool:
    """Say whether to offer it: after acceptance to the applicant alone."""
    may_help = by.kind == "person" or progress.case.state != State.ACCEPTED
    return may_help and progress.case.state in APPLICANT_MAY_WITHDRAW


def _matters(progress: Progress) -> list[Matter]:
    on = get_calendar().local_day(timezone.now())
    found = (get_matter(key, on=on).matter for key in progress.matters)
    return [each for each in found if each is not None]


@signed_in
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the application back."""
    cases.withdraw_case(number=number, by=actor_of(request), at=timezone.now())
    return redirect("hall:case", number=number)


@signed_in
@require_POST
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Say how it was."""
    cases.rate_case(
        number=number,
        level=number_in(request.POST.get("level", ""), digits=9) or 0,
        comment=request.POST.get("comment", ""),
        by=actor_of(request),
        at=timezone.now(),
    )
    return redirect("hall:case", number=number)

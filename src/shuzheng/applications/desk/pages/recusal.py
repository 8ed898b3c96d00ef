"""Step back from a case, decide who does, and confirm what two did."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.web.operations import number_in, page, requires, signed_in
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries.recusal import list_handlers, list_recusals_to_decide
from shuzheng.support.cases.rules.recusal import DECIDE_RECUSAL


class NothingDecided(Invalid):
    """Whether somebody stands back is said, never assumed."""

    code = "recusal-not-said"
    template = gettext_noop("请选择回避还是不需要回避。")


@signed_in
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask to be recused oneself, or that somebody below be."""
    return _shown(request, number) if request.method != "POST" else _asked(request, number)


def _asked(request: HttpRequest, number: str) -> HttpResponse:
    by, at = official_of(request), timezone.now()
    told, _, account = request.POST.get("task", "").partition(":")
    task_id = number_in(told)
    grounds = request.POST.get("grounds", "")
    try:
        if task_id is not None:
            cases.ask_recusal(
                number=number, task_id=task_id, account=account, grounds=grounds, by=by, at=at
            )
        else:
            cases.ask_own_recusal(number=number, grounds=grounds, by=by, at=at)
    except Invalid as refusal:
        return _shown(request, number, refusal)
    return redirect("desk:recusals" if by.may(DECIDE_RECUSAL) else "desk:inbox")


def _shown(request: HttpRequest, number: str, refusal: Invalid | None = None) -> HttpResponse:
    by = official_of(request)
    cases.require_readable(number=number, by=by)
    context = {
        **frame(request),
        "number": number,
        "handlers": list_handlers(number, at=timezone.now()) if by.may(DECIDE_RECUSAL) else (),
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "desk/recusal.html", context, 422 if refusal else 200)


@requires(DECIDE_RECUSAL)
def recusals(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision on this post."""
    return _waiting(request)


def _waiting(request: HttpRequest, refusal: Invalid | None = None) -> HttpResponse:
    by = official_of(request)
    context: dict[str, Any] = {
        **frame(request),
        "rows": list_recusals_to_decide(post=by.post, account=by.account),
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "desk/recusals.html", context, 422 if refusal else 200)


@requires(DECIDE_RECUSAL)
@require_POST
def decide(request: HttpRequest, recusal_id: int) -> HttpResponse:
    """Decide; the applicant is told either way."""
    verdict = {"yes": True, "no": False}.get(request.POST.get("verdict", ""))
    try:
        if verdict is None:
            raise NothingDecided(field="verdict")
        cases.decide_recusal(
            recusal=recusal_id,
            is_granted=verdict,
            reasons=request.POST.get("reasons", ""),
            by=official_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return _waiting(request, refusal)
    return redirect("desk:recusals")


@signed_in
@require_POST
def confirm_visit(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm that one was at the visit somebody else recorded."""
    cases.confirm_visit(number=number, by=official_of(request), at=timezone.now())
    return redirect("desk:case", number=number)

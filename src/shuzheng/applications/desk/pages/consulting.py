"""Ask another department about a matter of one's own, and answer another's question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.case import shown
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.work import do
from shuzheng.infrastructure.web.operations import requires
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules.consultations import ASK_OPINION, GIVE_OPINION


@requires(ASK_OPINION)
@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask; the question lies in the other department's inbox."""
    days = request.POST.get("working_days", "")
    try:
        cases.ask_opinion(
            number=number,
            kind=request.POST.get("kind", ""),
            department=request.POST.get("department", ""),
            question=request.POST.get("question", ""),
            working_days=int(days[:4]) if days.isdecimal() else 0,
            by=official_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return shown(request, number, refusal)
    return redirect("desk:case", number=number)


@requires(GIVE_OPINION)
@require_POST
def answer(request: HttpRequest, task_id: int) -> HttpResponse:
    """Answer."""
    given: dict[str, Any] = {
        "stance": request.POST.get("stance", ""),
        "answer": request.POST.get("answer", ""),
    }
    return do(request, task_id, cases.answer_opinion, **given)

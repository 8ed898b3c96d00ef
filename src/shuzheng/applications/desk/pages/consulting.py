"""Ask another department about a matter of one's own, and answer another's question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.case import act
from shuzheng.applications.desk.pages.work import do
from shuzheng.infrastructure.web.operations import number_in, requires
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules.consultations import ASK_OPINION, GIVE_OPINION


@requires(ASK_OPINION)
@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask; the question lies in the other department's inbox."""
    return act(
        request,
        number,
        cases.ask_opinion,
        kind=request.POST.get("kind", ""),
        department=request.POST.get("department", ""),
        question=request.POST.get("question", ""),
        working_days=number_in(request.POST.get("working_days", ""), digits=4) or 0,
    )


@requires(GIVE_OPINION)
@require_POST
def answer(request: HttpRequest, task_id: int) -> HttpResponse:
    """Answer."""
    given: dict[str, Any] = {
        "stance": request.POST.get("stance", ""),
        "answer": request.POST.get("answer", ""),
    }
    return do(request, task_id, cases.answer_opinion, **given)

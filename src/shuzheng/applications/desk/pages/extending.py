"""Ask for a longer period, and decide on it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.case import act
from shuzheng.applications.desk.pages.work import do
from shuzheng.infrastructure.web.operations import requires
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules.extensions import ASK_EXTENSION, EXTEND_PERIOD


@requires(ASK_EXTENSION)
@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the post that may approve."""
    reasons = request.POST.get("extension_reasons", "")
    return act(request, number, cases.ask_extension, reasons=reasons)


@requires(EXTEND_PERIOD)
@require_POST
def decide(request: HttpRequest, task_id: int) -> HttpResponse:
    """Approve or refuse."""
    chosen = {"approve": True, "refuse": False}.get(request.POST.get("decision", ""))
    return do(
        request,
        task_id,
        cases.decide_extension,
        is_approved=chosen,
        reasons=request.POST.get("reasons", ""),
    )

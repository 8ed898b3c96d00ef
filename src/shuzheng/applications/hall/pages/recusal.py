"""Ask that somebody with a stake in one's case not handle it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.hall.pages.mine import shown
from shuzheng.infrastructure.web.operations import actor_of, limited, number_in, signed_in
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases


@signed_in
@limited("20/m")
@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask; the head decides and the applicant is told either way."""
    task, _, account = request.POST.get("task", "").partition(":")
    try:
        cases.ask_recusal(
            number=number,
            task_id=number_in(task) or 0,
            account=account,
            grounds=request.POST.get("grounds", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return shown(request, number, refusal)
    return redirect("hall:case", number=number)

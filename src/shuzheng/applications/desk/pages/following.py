"""Check what followed a conditional acceptance, or revoke the acceptance."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.work import do
from shuzheng.infrastructure.web.operations import requires
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import RECEIVE_CASE


@requires(RECEIVE_CASE)
@require_POST
def settle(request: HttpRequest, task_id: int) -> HttpResponse:
    """Find it in order, or revoke."""
    return do(
        request,
        task_id,
        cases.settle_to_follow,
        is_met={"met": True, "revoke": False}.get(request.POST.get("outcome", "")),
        reasons=request.POST.get("reasons", ""),
    )

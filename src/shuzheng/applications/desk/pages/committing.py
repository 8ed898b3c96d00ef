"""Check what was granted on a commitment; revoke where it was not put right."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.case import act
from shuzheng.applications.desk.pages.work import day, do
from shuzheng.infrastructure.web.operations import requires
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import RULE_CASE
from shuzheng.support.cases.rules.committing import CHECK_COMMITMENT


@requires(CHECK_COMMITMENT)
@require_POST
def check(request: HttpRequest, task_id: int) -> HttpResponse:
    """Record what was found."""
    is_met = {"met": True, "unmet": False}.get(request.POST.get("outcome", ""))
    order = {}
    if request.POST.get("rectify_by_on"):
        order = {
            "faults": request.POST.get("faults", ""),
            "rectify_by_on": day(request, "rectify_by_on"),
        }
    return do(
        request,
        task_id,
        cases.record_commitment_check,
        officers=request.POST.get("officers", "").splitlines(),
        checked_on=day(request, "checked_on"),
        findings=request.POST.get("findings", ""),
        is_met=is_met,
        **order,
    )


@requires(RULE_CASE)
@require_POST
def revoke(request: HttpRequest, task_id: int) -> HttpResponse:
    """Revoke the grant, in writing."""
    return do(request, task_id, cases.revoke_grant, reasons=request.POST.get("reasons", ""))


@requires(CHECK_COMMITMENT)
@require_POST
def lift(request: HttpRequest, number: str) -> HttpResponse:
    """Let the holder commit again."""
    reasons = request.POST.get("lift_reasons", "")
    return act(request, number, cases.lift_commitment_bar, reasons=reasons)

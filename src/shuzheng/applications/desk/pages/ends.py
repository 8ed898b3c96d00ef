"""Withdraw, revoke, forfeit or cancel a licence of the own department."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.web.operations import page, requires
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases.operations import require_readable
from shuzheng.support.licences.operations import end_licence
from shuzheng.support.licences.queries import get_licence_by_code, get_licence_type
from shuzheng.support.licences.rules import END_LICENCES, NotFoundByCode


@requires(END_LICENCES)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the ground and give the reasons; the decision goes out in writing."""
    actor = official_of(request)
    licence = get_licence_by_code(code)
    if licence is None or licence.department != actor.department:
        raise NotFoundByCode(code=code)
    if licence.case:
        require_readable(number=licence.case, by=actor)
    refusal = None
    if request.method == "POST":
        ground, reasons = request.POST.get("ground", ""), request.POST.get("reasons", "")
        try:
            end_licence(code=code, ground=ground, reasons=reasons, by=actor, at=timezone.now())
        except Invalid as fault:
            refusal = fault
        else:
            return redirect("desk:case", number=licence.case)
    context = {
        **frame(request),
        "licence": licence,
        "grounds": get_licence_type(licence.licence_type).grounds,
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "desk/end_licence.html", context, 422 if refusal else 200)

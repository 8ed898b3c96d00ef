"""Withdraw, revoke, forfeit or cancel a licence of the own department."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.papers import end_of
from shuzheng.infrastructure.web.operations import page, requires
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases.operations import require_readable
from shuzheng.support.licences.operations import end_licence
from shuzheng.support.licences.queries import Licence, get_licence_by_code, get_licence_type
from shuzheng.support.licences.rules import END_LICENCES, NotFoundByCode
from shuzheng.support.licences.rules.grounds import ENDS, Ground, applicable


@requires(END_LICENCES)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the ground, give the reasons, look at it once more; the decision goes out."""
    actor = official_of(request)
    licence = get_licence_by_code(code)
    if licence is None or licence.department != actor.department:
        raise NotFoundByCode(code=code)
    if licence.case:
        require_readable(number=licence.case, by=actor)
    if request.method == "GET" or "back" in request.POST:
        return _shown(request, licence)
    if (chosen := _to_look_at(request, licence)) is not None:
        return _shown(request, licence, chosen=chosen)
    ground, reasons = request.POST.get("ground", ""), request.POST.get("reasons", "")
    try:
        end_licence(code=code, ground=ground, reasons=reasons, by=actor, at=timezone.now())
    except Invalid as refusal:
        return _shown(request, licence, refusal=refusal)
    return redirect("desk:case", number=licence.case)


def _to_look_at(request: HttpRequest, licence: Licence) -> Ground | None:
    """Return what is shown once more before it is done; what is wrong is refused at once."""
    if "confirmed" in request.POST or not request.POST.get("reasons", "").strip():
        return None
    key = request.POST.get("ground", "")
    return next((each for each in _grounds(licence) if each.key == key), None)


def _grounds(licence: Licence) -> tuple[Ground, ...]:
    return applicable(
        get_licence_type(licence.licence_type).grounds,
        state=licence.state,
        valid_until=licence.valid_until,
        today=today(),
    )


def _shown(
    request: HttpRequest,
    licence: Licence,
    *,
    chosen: Ground | None = None,
    refusal: Invalid | None = None,
) -> HttpResponse:
    context = {
        **frame(request),
        "licence": licence,
        "end": end_of(licence),
        "grounds": _grounds(licence),
        "chosen": chosen,
        "act": ENDS[chosen.end].name if chosen else "",
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "desk/end_licence.html", context, 422 if refusal else 200)

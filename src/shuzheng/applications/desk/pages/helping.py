"""Village agents help: the applicant is present, shows the card, and the agent fills in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.data.registers.queries import has_record, reference_of
from shuzheng.infrastructure.web.operations import limited, page, requires
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.standards.citizen_id import is_citizen_id
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import HELP_APPLICANT


class ApplicantNotFound(Invalid):
    """The card's number is wrong, or the register knows nobody of it."""

    code = "applicant-not-found"
    template = gettext_noop("人口库里没有这个公民身份号码,或号码有误。")
    remedy = gettext_noop("请核对身份证;确实无误的,请到综合窗口办理。")


class NameMissing(Invalid):
    """The case shows whose affair it is, not who helps."""

    code = "applicant-name-missing"
    template = gettext_noop("请填写申请人姓名。")


class ConsentMissing(Invalid):
    """Nobody is helped without their word."""

    code = "consent-missing"
    template = gettext_noop("请先取得申请人本人同意。")


@requires(HELP_APPLICANT)
@limited("20/m")
@require_http_methods(["GET", "POST"])
def help_applicant(request: HttpRequest) -> HttpResponse:
    """Start an application for somebody who is present."""
    refusal = None
    if request.method == "POST":
        try:
            return redirect("hall:place", number=_start(request))
        except Invalid as fault:
            refusal = fault
    context = {**frame(request), "refusal": refusal, "typed": request.POST}
    return page(request, "desk/help.html", context, 422 if refusal else 200)


def _start(request: HttpRequest) -> str:
    number = request.POST.get("id_number", "").strip().upper()
    if request.POST.get("consent") != "yes":
        raise ConsentMissing(field="consent")
    name = request.POST.get("name", "").strip()
    if not name:
        raise NameMissing(field="name")
    reference = reference_of("persons", number) if is_citizen_id(number) else ""
    if not reference or not has_record(register="persons", reference=reference):
        raise ApplicantNotFound(field="id_number")
    return cases.start_draft(
        bundle="open_restaurant",
        applicant=reference,
        applicant_name=name,
        by=official_of(request),
        at=timezone.now(),
    )

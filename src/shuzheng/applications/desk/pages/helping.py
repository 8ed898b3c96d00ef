"""Village agents help: the applicant is present, shows the card, and the agent fills in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.data.registers.queries import reference_of
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import limited, page, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.standards.citizen_id import is_citizen_id
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries import HelpedRow, list_helped_cases
from shuzheng.support.cases.rules import HELP_APPLICANT, State


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
    context = {
        **frame(request),
        "refusal": refusal,
        "typed": request.POST,
        "table": _helped(official_of(request)),
    }
    return page(request, "desk/help.html", context, 422 if refusal else 200)


def _helped(agent: Actor) -> Table:
    return Table(
        gettext("我代办的"),
        (gettext("编号"), gettext("事项"), gettext("申请人"), gettext("状态"), gettext("开始时间")),
        [
            (
                Cell(row.number, href=reverse(_page(row), args=[row.number])),
                row.title,
                row.applicant_masked,
                gettext(row.state_label),
                row.created_at,
            )
            for row in list_helped_cases(post=agent.post, account=agent.account)
        ],
        empty=gettext("还没有代办的办件。"),
    )


def _page(row: HelpedRow) -> str:
    is_in_hand = row.state in {State.DRAFT, State.CORRECTING}
    return "hall:overview" if is_in_hand else "hall:case"


def _start(request: HttpRequest) -> str:
    number = request.POST.get("id_number", "").strip().upper()
    if request.POST.get("consent") != "yes":
        raise ConsentMissing(field="consent")
    name = request.POST.get("name", "").strip()
    if not name:
        raise NameMissing(field="name")
    reference = reference_of("persons", number) if is_citizen_id(number) else ""
    if not reference:
        raise cases.ApplicantNotFound(field="id_number")
    return cases.start_draft(
        bundle="open_restaurant",
        applicant=reference,
        applicant_name=name,
        by=official_of(request),
        at=timezone.now(),
    )

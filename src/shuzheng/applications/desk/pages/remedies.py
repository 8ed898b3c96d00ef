"""Keep with a case which remedies were sought, and their results."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.case import act
from shuzheng.applications.desk.pages.work import day
from shuzheng.infrastructure.web.operations import requires
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules.remedies import RECORD_REMEDY


@requires(RECORD_REMEDY)
@require_POST
def sought(request: HttpRequest, number: str) -> HttpResponse:
    """Write down that a remedy was sought."""
    return act(
        request,
        number,
        cases.record_remedy,
        kind=request.POST.get("kind", ""),
        organ=request.POST.get("organ", ""),
        reference=request.POST.get("reference", ""),
        sought_on=day(request, "sought_on"),
    )


@requires(RECORD_REMEDY)
@require_POST
def decided(request: HttpRequest, number: str, remedy: int) -> HttpResponse:
    """Write down how it ended."""
    return act(
        request,
        number,
        cases.record_remedy_result,
        remedy=remedy,
        result=request.POST.get("result", ""),
        result_on=day(request, "result_on"),
        consequence=request.POST.get("consequence", ""),
    )

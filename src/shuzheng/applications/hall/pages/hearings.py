"""Ask for the hearing one was told of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import actor_of, signed_in
from shuzheng.support.cases import operations as cases


@signed_in
@require_POST
def ask(request: HttpRequest, number: str, member: str) -> HttpResponse:
    """Ask for a hearing on one matter of one's own case."""
    cases.ask_hearing(number=member, by=actor_of(request), at=timezone.now())
    return redirect("hall:case", number=number)

"""Hand in what was to follow a conditional acceptance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.hall.pages.files import NoFileChosen
from shuzheng.applications.hall.pages.mine import shown
from shuzheng.infrastructure.web.operations import actor_of, limited, signed_in
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases import operations as cases


@signed_in
@limited("60/m")
@require_POST
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Take the files of one material."""
    try:
        _attach(request, number)
    except Invalid as refusal:
        return shown(request, number, refusal)
    return redirect("hall:case", number=number)


def _attach(request: HttpRequest, number: str) -> None:
    uploads = request.FILES.getlist("file")
    if not uploads:
        raise NoFileChosen(field="file")
    for upload in uploads:
        cases.attach_to_follow(
            number=number,
            material=request.POST.get("material", ""),
            content=upload.read(),
            filename=upload.name or "",
            by=actor_of(request),
            at=timezone.now(),
        )


@signed_in
@require_POST
def deliver(request: HttpRequest, number: str) -> HttpResponse:
    """Hand all of it in."""
    try:
        cases.deliver_to_follow(number=number, by=actor_of(request), at=timezone.now())
    except Invalid as refusal:
        return shown(request, number, refusal)
    return redirect("hall:case", number=number)

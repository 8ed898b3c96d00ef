"""Somebody who lost the password is at the window with the ID card."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.web.operations import limited, page, requires
from shuzheng.policy.refusals import Invalid, NotFound, NotPermitted, Refusal
from shuzheng.support.identity.operations import issue_code, read_holder
from shuzheng.support.identity.rules import RESTORE_ACCESS, IdentityRefusal

CHOICES = {"keep": False, "reset": True}


@requires(RESTORE_ACCESS)
@limited("30/h")
@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the number on the card, and show whose account it is."""
    if request.method == "GET":
        return page(request, "desk/restore.html", frame(request))
    return _show(request)


@requires(RESTORE_ACCESS)
@limited("30/h")
@never_cache
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Make a one-time code and show it this once, to be written down or printed."""
    try:
        made = issue_code(
            id_number=request.POST.get("id_number", ""),
            has_seen_document=request.POST.get("has_seen_document") == "yes",
            is_holder_present=request.POST.get("is_holder_present") == "yes",
            resets_factors=CHOICES.get(request.POST.get("factors", "")),
            by=official_of(request),
            at=timezone.now(),
        )
    except IdentityRefusal as refusal:
        return _show(request, refusal)
    address = request.build_absolute_uri(reverse("identity:link", args=[made.code]))
    context = {
        **frame(request),
        "made": made,
        "address": address,
        "entrance": request.build_absolute_uri(reverse("identity:code")),
    }
    return page(request, "desk/restored.html", context)


def _show(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """Show the holder, unless there is none; what refused the code before stands on top."""
    context = {**frame(request), "typed": request.POST, "refusal": refusal}
    try:
        context["holder"] = read_holder(
            id_number=request.POST.get("id_number", ""), by=official_of(request), at=timezone.now()
        )
    except IdentityRefusal as unknown:
        context["refusal"] = refusal = unknown
    return page(request, "desk/restore.html", context, _status(refusal))


def _status(refusal: Refusal | None) -> int:
    if refusal is None:
        return 200
    if isinstance(refusal, Invalid | NotFound):
        return 422
    return 403 if isinstance(refusal, NotPermitted) else 409

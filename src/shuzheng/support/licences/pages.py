"""Checking a licence or document: anyone, by the code printed on it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from shuzheng.infrastructure.web.operations import limited, page, public
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.licences.queries import (
    Document,
    FileCheck,
    Licence,
    check_file,
    get_document_by_code,
    get_licence_by_code,
    get_newest_version,
    list_changes_of_licence,
)
from shuzheng.support.licences.queries.checking import MAX_FILE_BYTES
from shuzheng.support.licences.rules import LicenceState, read_code, show_code

app_name = "licences"
ANYONE_MAY_CHECK = "收到证照或文书的人都可以核验真伪；持有人已脱敏"


@public(reason=ANYONE_MAY_CHECK)
@limited("60/m", methods=("GET",))
def enter_code(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code, or go to its page."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return page(request, "licences/enter_code.html", {})
    code = read_code(typed)
    if code:
        return redirect("licences:verify", code=code)
    return page(request, "licences/enter_code.html", {"typed": typed[:60]}, status=422)


@public(reason=ANYONE_MAY_CHECK)
@limited("60/m", methods=("GET", "POST"))
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the register says of a code, and compare a file with it."""
    at = timezone.now()
    found = get_licence_by_code(code) or get_document_by_code(code)
    if found is None:
        typed = show_code(read_code(code)) or code[:60]
        return page(request, "licences/unknown.html", {"typed": typed}, status=404)
    check = _checked(request, found, at) if request.method == "POST" else None
    context = {"check": check, "max_megabytes": MAX_FILE_BYTES // 2**20, **_state(found, at)}
    return page(request, "licences/verify.html", {"found": found, **context})


def _checked(request: HttpRequest, found: Licence | Document, at: datetime) -> FileCheck | str:
    """Return what the uploaded file is, or why it could not be looked at."""
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list):
        return "missing"
    if upload.size is None or upload.size > MAX_FILE_BYTES:
        return "too_large"
    return check_file(content=upload.read(), issued_sha256=found.sha256, at=at)


def _state(found: Licence | Document, at: datetime) -> dict[str, object]:
    if isinstance(found, Document):
        return {"verdict": "document"}
    expired = found.is_expired(get_calendar().local_day(at))
    in_force = found.state is LicenceState.IN_FORCE
    newest = get_newest_version(found.code) if found.state is LicenceState.REPLACED else None
    return {
        "verdict": ("expired" if expired else "in_force") if in_force else "ended",
        "changes": list_changes_of_licence(found.code),
        "newest": newest,
    }


urlpatterns = [
    path("verify/", enter_code, name="enter_code"),
    path("verify/<str:code>", verify, name="verify"),
    path("verify/<str:code>/", verify),
]

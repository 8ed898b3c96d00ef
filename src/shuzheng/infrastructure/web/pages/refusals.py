"""A refusal becomes a page, a fragment or JSON, each with its status."""

import logging
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import NotSignedIn, TooManyRequests, page
from shuzheng.policy.refusals import Conflict, Invalid, NotFound, NotPermitted, Refusal

LOG = logging.getLogger("shuzheng.web")
STATUSES = (
    (NotSignedIn, 401),
    (TooManyRequests, 429),
    (NotPermitted, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Invalid, 422),
    (Refusal, 400),
)


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal, by the first family it belongs to."""
    return next(status for family, status in STATUSES if isinstance(refusal, family))


def wants_json(request: HttpRequest) -> bool:
    """Say whether a program asked: an address of the API, or JSON preferred to HTML."""
    accepted = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or (
        "application/json" in accepted and "text/html" not in accepted
    )


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    """Answer a refusal in the form the asker reads."""
    status = status_of(refusal)
    says = {"message": _fill(refusal.template, refusal), "remedy": _fill(refusal.remedy, refusal)}
    if wants_json(request):
        body = {"code": refusal.code, "field": refusal.field, **says}
        return _with_wait(JsonResponse({"error": body}, status=status), refusal)
    if isinstance(refusal, NotSignedIn):
        return ask_to_sign_in(request, says)
    return _with_wait(answer_error(request, status, {**says, "code": refusal.code}), refusal)


def answer_error(
    request: HttpRequest, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Return the page for a status, or its message alone when HTMX asked."""
    template = (
        "web/errors/fragment.html" if request.headers.get("HX-Request") else _template(status)
    )
    return page(request, template, {"status": status, **(context or {})}, status=status)


def ask_to_sign_in(request: HttpRequest, says: dict[str, str]) -> HttpResponseBase:
    """Lead to the sign-in page."""
    here = {"next": request.get_full_path()}
    sign_in = f"{settings.LOGIN_URL}?{urlencode(here)}"
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect(sign_in)
    return answer_error(request, 401, {**says, "sign_in": sign_in})


class RefusalMiddleware:
    """Turns refusals into answers, and gives every failure a number to quote."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; Django calls ``process_exception`` if it raises."""
        return self.get_response(request)  # type: ignore[no-any-return]

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer a refusal; number any other failure and leave it to Django."""
        if isinstance(exception, Refusal):
            return answer_refusal(request, exception)
        request.reference = token_hex(4).upper()  # type: ignore[attr-defined]
        LOG.error("failure %s at %s", request.reference, request.path)  # type: ignore[attr-defined]
        return None


def _fill(template: str, refusal: Refusal) -> str:
    return gettext(template).format_map(refusal.facts) if template else ""


def _with_wait(answer: HttpResponse, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, TooManyRequests):
        answer["Retry-After"] = str(refusal.facts.get("seconds", 60))
    return answer


def _template(status: int) -> str:
    return f"web/errors/{status}.html"

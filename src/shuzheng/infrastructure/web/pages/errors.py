"""What Django shows when nothing else answered; named in ``site.urls``."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from shuzheng.infrastructure.web.pages.refusals import answer_error, wants_json

CODES = {400: "bad-request", 403: "not-permitted", 404: "not-found", 500: "failure"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return _answer(request, 400)


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return _answer(request, 404)


def failure(request: HttpRequest) -> HttpResponse:
    """Answer 500, with the number under which the log has the failure."""
    return _answer(request, 500, reference=getattr(request, "reference", ""))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret token is missing or old."""
    return answer_error(request, 403, {"is_stale_form": True})


def _answer(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": {"code": CODES[status], **more}}, status=status)
    return answer_error(request, status, more)

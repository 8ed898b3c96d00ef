"""What Django shows when nothing else answered; named in ``site.urls``."""

# Django calls the handlers with names of its own choice: some arguments stay unused.
# ruff: noqa: ARG001

import logging
from typing import Any

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from shuzheng.infrastructure.web.pages.held import (
    hold_form,
    is_from_here,
    resume_address,
    typed_in_words,
)
from shuzheng.infrastructure.web.pages.refusals import (
    HEADINGS,
    answer_error,
    number_failure,
    wants_json,
)
from shuzheng.infrastructure.web.pages.ways import ways_on

LOG = logging.getLogger("shuzheng.web")
CODES = {
    400: "bad-request",
    403: "not-permitted",
    404: "not-found",
    413: "too-large",
    500: "failure",
}
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
PLAIN = (
    "<!doctype html><html lang=zh-hans><meta charset=utf-8><title>500</title>"
    "<h1>系统出了问题</h1><p>故障已经记录，请过几分钟再试。</p>"
    "<p lang=en>Something went wrong; please try again.</p>"
    "<p>{reference}</p></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 if the body was the reason."""
    return too_large(request) if isinstance(exception, TOO_LARGE) else _answer(request, 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413."""
    return _answer(request, 413)


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return _answer(request, 404)


def failure(request: HttpRequest) -> HttpResponse:
    """Answer 500, with the number under which the log has the failure."""
    reference = number_failure(request)
    if wants_json(request):
        return _answer(request, 500, reference=reference)
    try:
        # Without the request: what pages know of the reader may be what is broken.
        facts = _facts_of_failure(request, reference)
        return HttpResponse(render_to_string("web/errors/500.html", facts), status=500)
    except Exception:
        LOG.exception("the page for failure %s failed too", reference)
        return HttpResponse(PLAIN.format(reference=reference), status=500)


def _facts_of_failure(request: HttpRequest, reference: str) -> dict[str, Any]:
    return {
        "status": 500,
        "heading": gettext(HEADINGS[500]),
        "reference": reference,
        "service_name": gettext("政务服务网"),
        "typed": typed_in_words(request),
        "ways": ways_on(request),
    }


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret token is missing or old; one of our own is kept."""
    kept = is_from_here(request) and hold_form(request)
    heading = gettext("这一页打开得太久了")
    resume = resume_address() if kept else ""
    return answer_error(request, 403, {"is_stale": True, "heading": heading, "resume": resume})


def _answer(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": {"code": CODES[status], **more}}, status=status)
    return answer_error(request, status, more)

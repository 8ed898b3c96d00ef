"""A refusal becomes a page, a fragment or JSON, each with its status."""

import logging
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import (
    NotSignedIn,
    TooManyRequests,
    actor_of,
    message_of,
    page,
    remedy_of,
)
from shuzheng.infrastructure.web.pages.database import constraint_of, read_database
from shuzheng.infrastructure.web.pages.held import hold_form, resume_address, typed_in_words
from shuzheng.infrastructure.web.pages.ways import ways_on
from shuzheng.policy.refusals import (
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refusal,
    gettext_noop,
)

LOG = logging.getLogger("shuzheng.web")
SHOWS_TYPED = frozenset({403, 404, 409, 422, 429})
"""Answers that send nobody back to their form: they show what was typed, to be copied."""
HEADINGS = {
    400: gettext_noop("这个请求无法处理"),
    401: gettext_noop("请先登录"),
    403: gettext_noop("您不能打开这一页"),
    404: gettext_noop("没有找到这一页"),
    409: gettext_noop("状态已经变了"),
    413: gettext_noop("提交的内容太大"),
    422: gettext_noop("填写的内容有误"),
    429: gettext_noop("操作过于频繁"),
    500: gettext_noop("系统出了问题"),
    503: gettext_noop("服务暂时不可用"),
}
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
    says = {"message": message_of(refusal), "remedy": remedy_of(refusal)}
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
    name = "fragment" if request.headers.get("HX-Request") else str(status)
    facts = {
        "status": status,
        "heading": gettext(HEADINGS[status]),
        "typed": typed_in_words(request) if status in SHOWS_TYPED else (),
        "ways": ways_on(request, is_official=actor_of(request).kind == "official"),
        **(context or {}),
    }
    return page(request, f"web/errors/{name}.html", facts, status=status)


def ask_to_sign_in(request: HttpRequest, says: dict[str, str]) -> HttpResponseBase:
    """Lead to the sign-in page and back; what was posted is kept until then."""
    kept = hold_form(request)
    back = resume_address() if kept else _way_back(request)
    sign_in = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect(sign_in)
    return answer_error(request, 401, {**says, "sign_in": sign_in, "is_kept": kept})


def number_failure(request: HttpRequest) -> str:
    """Return the number of this request's failure; the first call writes it to the log."""
    known: str | None = getattr(request, "reference", None)
    if known:
        return known
    reference = token_hex(4).upper()
    request.reference = reference  # type: ignore[attr-defined]
    LOG.error("failure %s at %s", reference, request.path)
    return reference


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
        refusal = read_database(exception)
        if refusal is not None:
            LOG.warning("%s %s at %s", refusal.code, constraint_of(exception), request.path)
            return answer_refusal(request, refusal)
        number_failure(request)
        return None


def _way_back(request: HttpRequest) -> str:
    """Return this page, or for a part of a page the page it is in."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    whole = urlsplit(request.headers.get("HX-Current-URL", ""))
    return whole.path or "/"


def _with_wait(answer: HttpResponse, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, TooManyRequests):
        answer["Retry-After"] = str(refusal.facts.get("seconds", 60))
    return answer

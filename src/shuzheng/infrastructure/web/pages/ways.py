"""Where somebody goes on after a refusal: the page they came from, the page above, their work.

Known from the address alone, so that it is told while the database is away.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from shuzheng.infrastructure.web.rules import Link

WORK = "/desk/"
NOT_ALLOWED = 405


def ways_on(request: HttpRequest, *, is_official: bool = False) -> tuple[Link, ...]:
    """Return the links of an error page, each address once, by the name that says most."""
    links = _ways(request, is_official=is_official)
    return tuple({link.href: link for link in links}.values())


def _ways(request: HttpRequest, *, is_official: bool) -> Iterator[Link]:
    here = "" if request.method == "POST" else request.path
    if (came_from := _came_from(request)) and came_from != here:
        yield Link(gettext("回到刚才的页面"), came_from)
    if request.method == "POST" and (above := page_above(request.path)) != "/":
        yield Link(gettext("查看最新情况"), above)
    if is_official or request.path.startswith(WORK):
        yield Link(gettext("回到待办"), WORK)
    yield Link(gettext("回到首页"), "/")


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours that the browser says it came from."""
    whole = urlsplit(request.headers.get("Referer", ""))
    if whole.netloc != request.get_host() or not _is_known(whole.path):
        return ""
    return f"{whole.path}?{whole.query}" if whole.query else whole.path


def page_above(path: str) -> str:
    """Return the nearest address above that there is: an act lies below the page it is done on."""
    parts = path.strip("/").split("/")
    above = ("/" + "/".join(parts[:end]) + "/" for end in range(len(parts) - 1, 0, -1))
    return next((each for each in above if _is_known(each)), "/")


def _is_known(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


class GettableMiddleware:
    """Leads a reader who opens the address of an act to the page it is done on.

    After a refusal the act's address stands in the browser: changing the language, going back and
    signing in come to it with GET.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; an act that was opened is answered with its page."""
        answer = self.get_response(request)
        is_reader = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if answer.status_code == NOT_ALLOWED and is_reader:
            return redirect(page_above(request.path))
        return answer

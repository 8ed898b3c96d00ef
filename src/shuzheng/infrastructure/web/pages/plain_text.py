"""Text that cannot be kept is refused before any page looks at it."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from shuzheng.infrastructure.web.pages.refusals import answer_refusal
from shuzheng.policy.refusals import Invalid, NotFound, gettext_noop

NUL = "\0"


class TextNotPlain(Invalid):
    """A character that PostgreSQL keeps in no text, and no keyboard makes."""

    code = "text-not-plain"
    template = gettext_noop("内容里有看不见的控制字符，不能保存。")
    remedy = gettext_noop("请删去后重新输入；从别处复制的，可以先粘贴到记事本再复制过来。")


class PlainTextMiddleware:
    """Refuses a NUL in what was asked or posted, and knows no address with one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; Django calls ``process_view`` before the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer 404 for such an address, 422 for such a text; the token is checked first."""
        if NUL in request.path:
            return answer_refusal(request, NotFound())
        if any(NUL in text for text in _texts(request)):
            return answer_refusal(request, TextNotPlain())
        return None


def _texts(request: HttpRequest) -> Iterator[str]:
    for name, values in chain(request.GET.lists(), request.POST.lists()):
        yield name
        yield from map(str, values)

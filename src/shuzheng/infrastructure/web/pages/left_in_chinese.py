"""On an English page what stays Chinese says so to whoever has it read aloud (WCAG 2.2, 3.1.2)."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language

PART = re.compile(
    r"""<!--.*?-->
    |<(?P<whole>script|style|title|textarea|template)\b.*?</(?P=whole)\s*>
    |<option(?P<option>[^>]*)>(?P<choice>[^<]*)
    |<(?P<marked>\w+)\b[^>]*\slang="zh[^"]*"[^>]*>.*?</(?P=marked)\s*>
    |<[^>]*>
    |(?P<text>[^<]+)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
HAN = "\u3400-\u9fff"
_REST = f"[{HAN}\u3000-\u303f\uff01-\uff60“”‘’·0-9]*"
RUN = re.compile(f"[《“\u3014（]*[{HAN}]{_REST}(?:(?: [0-9]+ ?[{HAN}]|\\([{HAN}]+\\)){_REST})*")
LATIN = re.compile("[A-Za-z]")


class LeftInChineseMiddleware:
    """Marks names, what people wrote, law and legal documents: all that has no English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the Chinese of an English page marked; every other answer as it is."""
        answer = self.get_response(request)
        kind = answer.headers.get("Content-Type", "")
        if get_language() == "en" and not answer.streaming and kind.startswith("text/html"):
            answer.content = mark_chinese(answer.content.decode()).encode()  # type: ignore[attr-defined]
        return answer


def mark_chinese(page: str) -> str:
    """Return a page in which every run of Chinese stands in an element that says so.

    >>> mark_chinese("<p>Opinion of 郑知远: fine</p>")
    '<p>Opinion of <span lang="zh-Hans">郑知远</span>: fine</p>'
    """
    return PART.sub(_marked, page)


def _marked(part: re.Match[str]) -> str:
    if text := part["text"]:
        return RUN.sub(r'<span lang="zh-Hans">\g<0></span>', text)
    choice = part["choice"]
    if choice and RUN.search(choice) and not LATIN.search(choice):
        return f'<option lang="zh-Hans"{part["option"]}>{choice}'
    return part[0]

"""Every route says who may use it; a public one says why."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from shuzheng.infrastructure.web.operations import public

LIBRARY_ROUTES = {
    "allauth": "登录、注册、找回密码、双因素：由 allauth 自行判断是否已登录",
    "django.views.static": "静态文件",
}
"""Views of libraries, which cannot carry our mark, each with the reason it is let be."""

DRAWINGS = {
    "desk/cases/<str:number>/flow/",
    "desk/flows/<str:key>/",
    "desk/flows/<str:key>/<int:number>/",
    "desk/flows/<str:key>/map/",
    "desk/flows/drafts/<int:draft>/",
    "desk/flows/drafts/<int:draft>/design/",
    "desk/flows/drafts/<int:draft>/review/",
    "desk/flows/drafts/<int:draft>/send/",
    "desk/decisions/<str:key>/",
    "desk/decisions/<str:key>/<int:number>/",
    "desk/decisions/<str:key>/draw/",
    "desk/decisions/drafts/<int:draft>/",
}
"""Routes whose pages show a drawing of BPMN or DMN and may therefore carry style attributes."""


def routes(
    patterns: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, object]]:
    """Yield every route with its view."""
    for each in patterns:
        where = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, where)
        else:
            yield where, each.callback


def undeclared(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Return the routes that say neither who may use them nor why all may."""
    return [
        where
        for where, view in routes(patterns)
        if not hasattr(view, "access")
        and not str(getattr(view, "__module__", "")).startswith(tuple(LIBRARY_ROUTES))
    ]


def test_every_route_says_who_may_use_it():
    assert undeclared(get_resolver().url_patterns) == []


def test_a_public_route_says_why():
    open_to_all = [
        (where, view.access)
        for where, view in routes(get_resolver().url_patterns)
        if hasattr(view, "access") and view.access.kind == "public"
    ]
    assert [where for where, access in open_to_all if len(access.says) < 4] == []


def test_a_route_without_a_word_is_noticed():
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    said = public(reason="任何人都可以看")(bare)
    assert undeclared([path("bare/", bare), path("said/", said)]) == ["bare/"]


def test_only_pages_with_a_drawing_may_carry_style_attributes():
    patterns = get_resolver().url_patterns
    open_to_styles = {
        where for where, view in routes(patterns) if hasattr(view, "allows_style_attributes")
    }
    assert open_to_styles == DRAWINGS

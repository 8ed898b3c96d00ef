"""What is pressed or followed: buttons, links, ways back, searches, pages of a list."""

from typing import Any

from django.template.context import Context
from django.utils.translation import gettext

from shuzheng.infrastructure.web.pages.ui.library import component, register
from shuzheng.infrastructure.web.rules import Keyset


@component("button")
def button(
    text: str, *, kind: str = "", name: str = "", value: str = "", formnovalidate: bool = False
) -> dict[str, Any]:
    """Draw a button that sends the form; kind: ``secondary``, ``act`` or ``warning``."""
    return {
        "text": text, "kind": kind, "name": name, "value": value, "formnovalidate": formnovalidate,
    }  # fmt: skip


@component("link_button")
def link_button(text: str, href: str, *, kind: str = "", start: bool = False) -> dict[str, Any]:
    """Draw a link that looks like a button; ``start`` adds the arrow of a journey's beginning."""
    return {"text": text, "href": href, "kind": kind, "start": start}


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, keyset: Keyset) -> dict[str, Any]:
    """Draw 上一页 and 下一页 for a keyset, keeping the other words of the address."""
    request = context["request"]

    def address(value: str) -> str:
        query = request.GET.copy()
        query[keyset.parameter] = value
        return f"?{query.urlencode()}"

    return {
        "previous": address(keyset.previous) if keyset.previous else "",
        "next": address(keyset.next) if keyset.next else "",
        "shown": keyset.shown,
    }


@component("search_box")
def search_box(
    action: str, *, value: str = "", label: str = "", name: str = "q", hint: str = ""
) -> dict[str, Any]:
    """Draw one search field that works by GET."""
    return {"action": action, "value": value, "label": label, "name": name, "hint": hint}


@component("phone_navigation")
def phone_navigation(links: Any, current: str = "") -> dict[str, Any]:
    """Draw the bar at the foot of a phone: two to five links; ``current`` is an address."""
    return {"links": links, "current": current}


@component("breadcrumbs")
def breadcrumbs(links: Any) -> dict[str, Any]:
    """Draw the way here; the last one is this page."""
    return {"links": links}


@component("back_link")
def back_link(href: str, text: str = "") -> dict[str, Any]:
    """Draw the way back."""
    return {"href": href, "text": text or gettext("返回")}

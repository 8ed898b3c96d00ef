"""``{% load ui %}``: the components, each a tag; examples are in the room's README."""

import re
from collections.abc import Callable
from typing import Any

from django import template
from django.template.context import Context
from django.template.engine import Engine
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from shuzheng.infrastructure.web.operations import (
    BoundForm,
    content_in_words,
    length_of,
    say,
    say_sentence,
    title_of,
)
from shuzheng.infrastructure.web.operations.content_in_words import Titled
from shuzheng.infrastructure.web.pages.assets import built_files
from shuzheng.infrastructure.web.pages.moments import moment
from shuzheng.infrastructure.web.pages.tables import draw_rows
from shuzheng.infrastructure.web.rules import Keyset, LightColour, Table
from shuzheng.policy.periods import Period
from shuzheng.policy.refusals import Refusal, Sentence

register = template.Library()
register.filter("moment", moment)
TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")
CLAUSE = re.compile(
    r"《(?P<law>[^《》]+)》\((?P<version>\d{4}-\d{2}-\d{2})\)"
    r"(?P<article>第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)"
)
LIGHTS = {
    "green": gettext_lazy("正常"),
    "yellow": gettext_lazy("临近期限"),
    "red": gettext_lazy("已超期"),
}


Draw = Callable[..., dict[str, Any]]


def component(name: str) -> Callable[[Draw], Draw]:
    """Register an inclusion tag drawn by ``web/components/NAME.html``."""
    return register.inclusion_tag(f"web/components/{name}.html", name=name)


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


@component("summary_list")
def summary_list(rows: Any, *, card: str = "") -> dict[str, Any]:
    """Draw what is known, each value with its source and day; ``card`` frames it with a title."""
    return {"rows": rows, "card": card}


@component("provenance")
def provenance(source: str, as_of: Any = None) -> dict[str, Any]:
    """Draw 「来自：人口库，2026-11-20」."""
    return {"source": source, "as_of": as_of}


@component("data_table")
def data_table(table: Table) -> dict[str, Any]:
    """Draw a table; on a phone each row becomes a block of name and value."""
    return {"table": table, "rows": draw_rows(table)}


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


@component("tag")
def tag(text: str, colour: str = "blue") -> dict[str, Any]:
    """Draw a state in a word; colour: blue, green, yellow, red, grey."""
    return {"text": text, "colour": colour}


@component("light")
def light(colour: LightColour, text: str = "") -> dict[str, Any]:
    """Draw a light with its word and icon, never colour alone."""
    return {"colour": colour, "text": text or LIGHTS[colour]}


@register.simple_block_tag(end_name="endnotification")
def notification(content: str, title: str = "", kind: str = "info") -> SafeString:
    """Draw a banner around its content; kind: info, success, act or warning."""
    return _draw("notification", content=content, title=title, kind=kind)


@register.simple_block_tag(end_name="enddetails")
def details(content: str, summary: str, *, is_open: bool = False) -> SafeString:
    """Draw words that unfold."""
    return _draw("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, title: str) -> SafeString:
    """Draw the confirmation at a journey's end, with its number inside."""
    return _draw("panel", content=content, title=title)


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str, href: str = "", *, level: int = 2) -> SafeString:
    """Draw a framed block with a heading; with ``href`` the heading opens it."""
    return _draw("card", content=content, title=title, href=href, level=level)


@register.simple_block_tag(end_name="endhero")
def hero(content: str) -> SafeString:
    """Draw a band over the whole width, for block ``hero``: a door's first question."""
    return _draw("hero", content=content)


@register.simple_block_tag(end_name="endgrid")
def grid(content: str) -> SafeString:
    """Set cards beside each other where there is room."""
    return _draw("grid", content=content)


@register.simple_block_tag(end_name="endinset")
def inset(content: str) -> SafeString:
    """Draw words set apart by a line at their side."""
    return _draw("inset", content=content)


@register.simple_block_tag(end_name="endmap")
def map(content: str, source: str, label: str) -> SafeString:  # noqa: A001 - the tag's name
    """Draw areas from GeoJSON above the table inside; the page adds ``{% built "map" %}``."""
    return _draw("map", content=content, source=source, label=label)


@component("warning_text")
def warning_text(text: str) -> dict[str, Any]:
    """Draw a sentence with consequences."""
    return {"text": text}


@component("error_summary")
def error_summary(errors: Any) -> dict[str, Any]:
    """Draw all errors on top, each leading to its field; nothing if there are none."""
    return {"errors": errors}


@component("task_list")
def task_list(tasks: Any) -> dict[str, Any]:
    """Draw the parts of a long affair with their state."""
    return {"tasks": tasks}


@component("timeline")
def timeline(steps: Any) -> dict[str, Any]:
    """Draw what happened, what is next, by when and who has it."""
    return {"steps": steps}


@component("search_box")
def search_box(
    action: str, *, value: str = "", label: str = "", name: str = "q", hint: str = ""
) -> dict[str, Any]:
    """Draw one search field that works by GET."""
    return {"action": action, "value": value, "label": label, "name": name, "hint": hint}


@component("file_upload")
def file_upload(
    name: str,
    label: str,
    *,
    accept: str = ".pdf,.jpg,.jpeg,.png",
    max_megabytes: int = 10,
    error: str = "",
    several: bool = False,
) -> dict[str, Any]:
    """Draw a file field that says in words what it takes; forms by schema have their own."""
    kinds = "、".join(each.strip().lstrip(".").upper() for each in accept.split(","))
    return {
        "name": name, "label": label, "accept": accept, "kinds": kinds, "error": error,
        "max_megabytes": max_megabytes, "several": several,
    }  # fmt: skip


@component("phone_navigation")
def phone_navigation(links: Any, current: str = "") -> dict[str, Any]:
    """Draw the bar at the foot of a phone: two to five links; ``current`` is an address."""
    return {"links": links, "current": current}


@component("citation")
def citation(cited: Any) -> dict[str, Any]:
    """Draw the law, version and article; opens the article's text where the library has it."""
    return {"cited": cited, "href": _article_address(cited)}


@component("empty_state")
def empty_state(title: str, text: str = "", *, href: str = "", action: str = "") -> dict[str, Any]:
    """Say that there is nothing here, why, and what to do."""
    return {"title": title, "text": text, "href": href, "action": action}


@component("breadcrumbs")
def breadcrumbs(links: Any) -> dict[str, Any]:
    """Draw the way here; the last one is this page."""
    return {"links": links}


@component("back_link")
def back_link(href: str, text: str = "") -> dict[str, Any]:
    """Draw the way back."""
    return {"href": href, "text": text or gettext("返回")}


@component("figures")
def figures(items: Any) -> dict[str, Any]:
    """Draw a few numbers side by side, each opening what it was computed from."""
    return {"items": items}


@component("progress")
def progress(*, done: int, total: int, says: str, poll: str = "") -> dict[str, Any]:
    """Draw how far long work is; ``poll`` is asked every two seconds for this part again."""
    return {"done": done, "total": total, "says": says, "poll": poll}


@component("qr")
def qr(text: str, label: str) -> dict[str, Any]:
    """Draw a QR code that opens ``text``; ``label`` says in words what it is for."""
    import segno

    picture = segno.make(text, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return {"picture": mark_safe(picture), "label": label, "text": text}  # noqa: S308 - segno's own markup


@register.inclusion_tag("web/components/form.html", takes_context=True)
def form(
    context: Context,
    bound: BoundForm,
    *,
    action: str = "",
    submit: str = "",
    save_url: str = "",
    back: str = "",
) -> dict[str, Any]:
    """Draw a form by schema, with its errors on top; ``save_url`` takes drafts as you go."""
    request = context.get("request")
    saved = request.GET.get("saved", "") if request else ""
    return {
        "bound": bound,
        "saved": saved if TIME.fullmatch(saved) else "",
        "action": action,
        "submit": submit or gettext("继续"),
        "save_url": save_url,
        "back": back,
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }


@register.simple_tag
def built(entry: str) -> SafeString:
    """Draw the script and style elements of a front-end entry, such as ``site``."""
    tags = [
        format_html('<link rel="stylesheet" href="{}">', style)
        for style in built_files(entry).styles
    ]
    tags += [
        format_html('<script type="module" src="{}"></script>', script)
        for script in built_files(entry).scripts
    ]
    return mark_safe("".join(tags))  # noqa: S308 - each part was escaped above


@register.simple_tag(takes_context=True)
def include_if_present(context: Context, name: str) -> str:
    """Include a template if some room has it; the shell's places for rooms above."""
    try:
        found = Engine.get_default().get_template(name)
    except TemplateDoesNotExist:
        return ""
    return str(found.render(context))


@register.filter
def clauses(text: Any) -> SafeString:
    """Write a text in which every 《law》(version)第…条 opens the article."""
    return mark_safe(CLAUSE.sub(_opened, escape(text)))  # noqa: S308 - escaped before


def _opened(found: re.Match[str]) -> str:
    try:
        href = reverse("laws:article", kwargs=found.groupdict())
    except NoReverseMatch:
        return found[0]
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, mark_safe(found[0]))  # noqa: S308 - escaped before


def _draw(name: str, **context: Any) -> SafeString:
    return get_template(f"web/components/{name}.html").render(context)  # type: ignore[return-value]


def _article_address(cited: Any) -> str:
    try:
        return reverse("laws:article", args=[cited.law, cited.version, cited.article])
    except NoReverseMatch:
        return ""


@register.filter
def named(names: Any, code: str) -> SafeString:
    """Return the name for a code, or the code itself where nobody named it."""
    return content_in_words.local(names.get(code, code))


@register.filter
def local(text: Any) -> SafeString:
    """Say a sentence of the content in the reader's language; what stays Chinese is marked so."""
    return content_in_words.local(text) if text else SafeString()


@register.filter
def said(words: Any) -> str:
    """Say a refusal, a sentence or a word of the house in the reader's language."""
    if isinstance(words, Refusal):
        return say(words)
    if isinstance(words, Sentence):
        return say_sentence(words)
    return gettext(str(words)) if words else ""


@register.filter
def titled(thing: Titled) -> str:
    """Return the title of a matter, bundle or case: the English one where content gives one."""
    return title_of(thing)


@register.filter
def lasting(period: Period) -> str:
    """Say how long a period is."""
    return length_of(period)

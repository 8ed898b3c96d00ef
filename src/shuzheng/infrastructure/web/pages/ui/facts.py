"""What is known and how far it is: tables, states, steps, figures, codes to scan."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from shuzheng.infrastructure.web.pages.tables import draw_rows
from shuzheng.infrastructure.web.pages.ui.library import component
from shuzheng.infrastructure.web.rules import LightColour, Table

LIGHTS = {
    "green": gettext_lazy("正常"),
    "yellow": gettext_lazy("临近期限"),
    "red": gettext_lazy("已超期"),
}


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


@component("tag")
def tag(text: str, colour: str = "blue") -> dict[str, Any]:
    """Draw a state in a word; colour: blue, green, yellow, red, grey."""
    return {"text": text, "colour": colour}


@component("light")
def light(colour: LightColour, text: str = "") -> dict[str, Any]:
    """Draw a light with its word and icon, never colour alone."""
    return {"colour": colour, "text": text or LIGHTS[colour]}


@component("task_list")
def task_list(tasks: Any) -> dict[str, Any]:
    """Draw the parts of a long affair with their state."""
    return {"tasks": tasks}


@component("timeline")
def timeline(steps: Any) -> dict[str, Any]:
    """Draw what happened, what is next, by when and who has it."""
    return {"steps": steps}


@component("citation")
def citation(cited: Any) -> dict[str, Any]:
    """Draw the law, version and article; opens the article's text where the library has it."""
    return {"cited": cited, "href": _article_address(cited)}


def _article_address(cited: Any) -> str:
    try:
        return reverse("laws:article", args=[cited.law, cited.version, cited.article])
    except NoReverseMatch:
        return ""


@component("empty_state")
def empty_state(title: str, text: str = "", *, href: str = "", action: str = "") -> dict[str, Any]:
    """Say that there is nothing here, why, and what to do."""
    return {"title": title, "text": text, "href": href, "action": action}


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

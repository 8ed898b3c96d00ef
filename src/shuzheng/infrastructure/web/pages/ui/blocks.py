"""Components around their content: banners, cards, words that unfold."""

from django.utils.safestring import SafeString

from shuzheng.infrastructure.web.pages.ui.library import draw, register


@register.simple_block_tag(end_name="endnotification")
def notification(content: str, title: str = "", kind: str = "info") -> SafeString:
    """Draw a banner around its content; kind: info, success, act or warning."""
    return draw("notification", content=content, title=title, kind=kind)


@register.simple_block_tag(end_name="enddetails")
def details(content: str, summary: str, *, is_open: bool = False) -> SafeString:
    """Draw words that unfold."""
    return draw("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, title: str) -> SafeString:
    """Draw the confirmation at a journey's end, with its number inside."""
    return draw("panel", content=content, title=title)


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str, href: str = "", *, level: int = 2) -> SafeString:
    """Draw a framed block with a heading; with ``href`` the heading opens it."""
    return draw("card", content=content, title=title, href=href, level=level)


@register.simple_block_tag(end_name="endhero")
def hero(content: str) -> SafeString:
    """Draw a band over the whole width, for block ``hero``: a door's first question."""
    return draw("hero", content=content)


@register.simple_block_tag(end_name="endgrid")
def grid(content: str) -> SafeString:
    """Set cards beside each other where there is room."""
    return draw("grid", content=content)


@register.simple_block_tag(end_name="endinset")
def inset(content: str) -> SafeString:
    """Draw words set apart by a line at their side."""
    return draw("inset", content=content)


@register.simple_block_tag(end_name="endmap")
def map(content: str, source: str, label: str) -> SafeString:  # noqa: A001 - the tag's name
    """Draw areas from GeoJSON above the table inside; the page adds ``{% built "map" %}``."""
    return draw("map", content=content, source=source, label=label)

"""Filters: days, titles, names, refusals and laws in the reader's language."""

import re
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shuzheng.infrastructure.web.operations import (
    content_in_words,
    length_of,
    say,
    say_name,
    say_purpose,
    say_sentence,
    say_words,
    title_of,
)
from shuzheng.infrastructure.web.operations.content_in_words import Titled
from shuzheng.infrastructure.web.pages.moments import moment
from shuzheng.infrastructure.web.pages.ui.library import register
from shuzheng.policy.periods import Period
from shuzheng.policy.refusals import Refusal, Sentence

CLAUSE = re.compile(
    r"《(?P<law>[^《》]+)》\((?P<version>\d{4}-\d{2}-\d{2})\)"
    r"(?P<article>第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)"
)
register.filter("moment", moment)


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


@register.filter
def named(names: Any, code: str) -> str:
    """Return the name for a code, or the code itself where nobody named it."""
    return content_in_words.local(names.get(code, code))


@register.filter
def local(text: Any) -> str:
    """Say a sentence of the content in the reader's language."""
    return content_in_words.local(text) if text else ""


@register.filter
def said(words: Any) -> str:
    """Say a refusal, a sentence or a word of the house in the reader's language."""
    if isinstance(words, Refusal):
        return say(words)
    if isinstance(words, Sentence):
        return say_sentence(words)
    return str(say_words(str(words))) if words else ""


@register.filter
def purpose(words: str) -> str:
    """Say why personal data was read in the reader's language."""
    return say_purpose(words)


@register.filter
def listed(names: list[str]) -> str:
    """Say what people named, one after the other."""
    return content_in_words.listed(map(say_name, names))


ENGLISH_MARKS = {"：": ": ", "，": ", ", "、": ", ", "；": "; ", "。": ". ", "（": " (", "）": ")"}


@register.simple_tag
def mark(written: str) -> str:
    """Write a punctuation mark between words as the reader's language does."""
    return ENGLISH_MARKS[written] if get_language() == "en" else written


@register.filter
def titled(thing: Titled) -> str:
    """Return the title of a matter, bundle or case: the English one where content gives one."""
    return title_of(thing)


@register.filter
def lasting(period: Period) -> str:
    """Say how long a period is."""
    return length_of(period)

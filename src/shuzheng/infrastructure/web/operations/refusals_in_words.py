"""What a refusal says, in the reader's language: its sentence and its way out."""

from typing import Any

from django.utils.translation import get_language, gettext

from shuzheng.policy.refusals import Refusal


def message_of(refusal: Refusal) -> str:
    """Return the sentence of a refusal with its facts."""
    return _fill(refusal.template, refusal)


def remedy_of(refusal: Refusal) -> str:
    """Return what to do instead, empty where a refusal knows nothing."""
    return _fill(refusal.remedy, refusal)


def say(refusal: Refusal) -> str:
    """Return both on one line, for a place that has room for one."""
    between = " " if get_language() == "en" else ""
    return between.join(part for part in (message_of(refusal), remedy_of(refusal)) if part)


def _fill(template: str, refusal: Refusal) -> str:
    if not template:
        return ""
    facts = {name: _in_words(value) for name, value in refusal.facts.items()}
    return gettext(template).format_map(facts)


def _in_words(fact: Any) -> Any:
    """A fact may be a word of the house itself, such as a state; then it has an English one."""
    return gettext(fact) if isinstance(fact, str) and fact else fact

"""What the house says, in the reader's language: sentences, refusals and their way out."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from shuzheng.infrastructure.web.operations.content_in_words import in_english, local
from shuzheng.policy.refusals import Refusal, Sentence

PURPOSE_NAMED = re.compile("(.*)“(.+)”(.*)")
BETWEEN = {
    (tuple, True): "; ",
    (tuple, False): "；",
    (list, True): ", ",
    (list, False): "、",
}


def message_of(refusal: Refusal) -> str:
    """Return the sentence of a refusal with its facts."""
    return _fill(refusal.template, refusal.facts)


def remedy_of(refusal: Refusal) -> str:
    """Return what to do instead, empty where a refusal knows nothing."""
    return _fill(refusal.remedy, refusal.facts)


def say_sentence(sentence: Sentence) -> str:
    """Return a sentence with its facts."""
    return _fill(sentence.template, sentence.facts)


def say(refusal: Refusal) -> str:
    """Return both on one line, for a place that has room for one."""
    between = " " if get_language() == "en" else ""
    return between.join(part for part in (message_of(refusal), remedy_of(refusal)) if part)


def _fill(template: str, facts: Mapping[str, object]) -> str:
    if not template:
        return ""
    said = {name: say_words(value) for name, value in facts.items()}
    return gettext(template).format_map(said)


def say_name(name: str | Sentence) -> str:
    """Say what people named, by the city's own translations, or what it is where it has no name."""
    return say_sentence(name) if isinstance(name, Sentence) else in_english(name)


def say_purpose(purpose: str) -> str:
    """Say what personal data was read or why: words of the house, a name of content in quotes."""
    said = local(purpose)
    named = PURPOSE_NAMED.fullmatch(purpose)
    if said != purpose or not named:
        return said
    template = f"{named[1]}“{{name}}”{named[3]}"
    return gettext(template).format(name=local(named[2]))


def say_words(fact: Any) -> Any:
    """Say words of the house or of the content: a state, a name, a sentence, several of them."""
    if isinstance(fact, Sentence):
        return say_sentence(fact)
    if isinstance(fact, tuple | list):
        between = BETWEEN[type(fact), get_language() == "en"]
        return between.join(str(say_words(each)) for each in fact)
    return in_english(gettext(fact)) if isinstance(fact, str) and fact else fact

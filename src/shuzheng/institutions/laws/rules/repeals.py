"""Find what a law says it repeals: 「…同时废止」."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shuzheng.institutions.laws.rules.texts import LawText, plain_title

_SENTENCE = re.compile("[^。\uff1b\n]*同时废止")
_TITLE = re.compile(r"《([^《》]+)》")
_IN_FORCE = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起施行")
_ONLY_IN_PART = re.compile(r"中(?:有关|关于)|第.{1,6}条")


@dataclass(frozen=True, slots=True)
class Repeal:
    """One law ends another."""

    law: str
    version: date
    ends_on: date
    by: str


def repeals_in(law: LawText) -> tuple[tuple[str, date], ...]:
    """Return the titles that a law repeals, each with its last day in force."""
    found: list[tuple[str, date]] = []
    for article in law.articles:
        for sentence in _SENTENCE.findall(article.text):
            if _ONLY_IN_PART.search(sentence):
                continue
            last_day = in_force_from(law, sentence) - timedelta(days=1)
            found.extend((title, last_day) for title in _TITLE.findall(sentence))
    return tuple(found)


def in_force_from(law: LawText, sentence: str = "") -> date:
    """Return the day a law enters into force: by the sentence, its end or its version."""
    texts = (sentence, *(article.text for article in reversed(law.articles[-2:])))
    for text in texts:
        if match := _IN_FORCE.search(text):
            return date(*(int(part) for part in match.groups()))
    return law.version


def repeals_among(laws: Iterable[LawText]) -> tuple[Repeal, ...]:
    """Return the repeals that end versions which are themselves among the laws."""
    shelf = tuple(laws)
    versions: dict[str, list[date]] = {}
    for law in shelf:
        versions.setdefault(plain_title(law.title), []).append(law.version)
    return tuple(
        Repeal(plain_title(title), version, last_day, f"《{law.title}》({law.version})")
        for law in shelf
        for title, last_day in repeals_in(law)
        for version in versions.get(plain_title(title), ())
        if version < law.version and plain_title(title) != plain_title(law.title)
    )

"""What was entered, in words, with its source, for a last look before submitting."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from shuzheng.applications.hall.pages.draft import Draft
from shuzheng.infrastructure.web.operations import in_english, local
from shuzheng.infrastructure.web.rules import SummaryRow


@dataclass(frozen=True, slots=True)
class Card:
    """One part of the form with its rows."""

    title: str
    href: str
    rows: tuple[SummaryRow, ...]


def summary_of(draft: Draft) -> tuple[Card, ...]:
    """Return the form as cards, part by part."""
    return tuple(
        Card(title, reverse("hall:form", args=[draft.number, key]), tuple(_rows(draft, key)))
        for key, title in draft.parts.items()
    )


def titles_of(draft: Draft, names: Sequence[str]) -> tuple[str, ...]:
    """Return how the questions and the form call these fields; what they do not ask is left out."""
    asked = {**draft.schema["properties"], **draft.questions.get("properties", {})}
    return tuple(local(asked[name]["title"]) for name in dict.fromkeys(names) if name in asked)


def _rows(draft: Draft, part: str) -> Iterator[SummaryRow]:
    known = draft.provenance(draft.schema)
    for name, each in draft.schema["properties"].items():
        if each.get("x-page") != part:
            continue
        source = known.get(name)
        yield SummaryRow(
            local(each["title"]),
            in_words(each, draft.file.form.values.get(name)),
            source=source.source if source else "",
            as_of=str(source.as_of) if source else None,
        )


def in_words(each: Mapping[str, Any], value: Any) -> str:
    """Return a value as the applicant reads it."""
    labels = {key: in_english(words) for key, words in each.get("x-enum-labels", {}).items()}
    if value is None:
        return gettext("未填写")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return "、".join(str(labels.get(one, one)) for one in value)
    return str(labels.get(value, value))

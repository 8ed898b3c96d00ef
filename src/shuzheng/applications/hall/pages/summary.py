"""What was entered, in words, with its source, for a last look before submitting."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from shuzheng.applications.hall.pages.draft import Draft
from shuzheng.infrastructure.web.operations import check_values, in_english, local
from shuzheng.infrastructure.web.rules import Link, SummaryRow
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.rules import FormIncomplete, MaterialMissing, is_shown


@dataclass(frozen=True, slots=True)
class Card:
    """One part of the form with its rows."""

    title: str
    href: str
    rows: tuple[SummaryRow, ...]


def summary_of(draft: Draft) -> tuple[Card, ...]:
    """Return the answers and the form as cards, part by part; what is fixed has no address."""
    parts = tuple(
        Card(
            title,
            reverse("hall:form", args=[draft.number, key]) if draft.is_editable else "",
            tuple(_rows(draft, key)),
        )
        for key, title in draft.parts.items()
    )
    answers = reverse("hall:questions", args=[draft.number]) if draft.is_draft else ""
    return (Card(gettext("情形"), answers, tuple(_answers(draft))), *parts)


def faults_of(draft: Draft, refusal: Refusal) -> tuple[Link, ...]:
    """Return where to mend what a submission lacks, one link for each fault."""
    if isinstance(refusal, MaterialMissing):
        address = reverse("hall:materials", args=[draft.number])
        missing = (each for each in draft.file.materials if each.name in draft.missing_materials)
        return tuple(Link(local(each.name), f"{address}#file-{each.key}") for each in missing)
    if isinstance(refusal, FormIncomplete):
        return tuple(
            Link(
                each.message,
                f"{reverse('hall:form', args=[draft.number, draft.part_of(each.field)])}"
                f"#{each.anchor}",
            )
            for each in check_values(draft.schema, draft.file.form.values)
        )
    return ()


def titles_of(draft: Draft, names: Sequence[str]) -> tuple[str, ...]:
    """Return how the questions and the form call these fields; what they do not ask is left out."""
    asked = {**draft.schema["properties"], **draft.questions.get("properties", {})}
    return tuple(local(asked[name]["title"]) for name in dict.fromkeys(names) if name in asked)


def _answers(draft: Draft) -> Iterator[SummaryRow]:
    given = draft.file.form.answers
    for name, each in draft.questions.get("properties", {}).items():
        if name in given and is_shown(each, given):
            yield SummaryRow(local(each["title"]), in_words(each, given[name]))


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

"""Forms by JSON Schema: read what was posted, say what is wrong, bind it for the page."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations.binding import (
    BoundField,
    BoundForm,
    FieldError,
    Provenance,
    Seen,
)
from shuzheng.infrastructure.web.operations.content_in_words import in_english
from shuzheng.infrastructure.web.rules.checking import Mistake, check
from shuzheng.infrastructure.web.rules.forms import Field, FormDescription, describe_form
from shuzheng.infrastructure.web.rules.reading import flatten, nest, read_values

Schema = Mapping[str, Any]
WORDS = frozenset({"label", "unit"})
"""Facts of a mistake that are words of the content."""


def read_form(
    schema: Schema,
    post_data: Mapping[str, Any],
    files: Mapping[str, Any] | None = None,
    *,
    page: str = "",
    before: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """Return the typed values and what is wrong with them; nothing typed is dropped.

    Args:
        schema: JSON Schema 2020-12 of type object, with the ``x-`` words of the README.
        post_data: ``request.POST``.
        files: ``request.FILES``; a file's value is ``{"filename", "size"}``, the bytes stay there.
        page: read and check the questions of this page only.
        before: values saved earlier; they stay unless the page asks for them again.
    """
    description = describe_form(schema)
    chosen = description.get_page(page) if page else None
    asked = chosen.fields if chosen else description.fields
    held = flatten(before or {}, description.fields)
    read = read_values(asked, _lists(post_data), _lists(files or {}), held)
    kept = {name: value for name, value in held.items() if name not in {f.name for f in asked}}
    values = {**kept, **read}
    values = {
        each.name: values[each.name]
        for each in description.fields
        if each.name in values and each.is_shown(values)
    }
    return nest(values), _in_words(check(description, values, asked))


def check_values(schema: Schema, values: Mapping[str, Any]) -> tuple[FieldError, ...]:
    """Return what is wrong with saved values, over all pages; asked before submission."""
    description = describe_form(schema)
    flat = flatten(values, description.fields)
    return _in_words(check(description, flat, description.fields))


def bind_form(
    schema: Schema,
    *,
    values: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
    provenance: Mapping[str, Provenance] | None = None,
    page: str = "",
    revision: int | None = None,
) -> BoundForm:
    """Return the form with values, errors and provenance in place, for ``{% form %}``.

    Args:
        revision: of the saved values; the page then posts what ``read_seen`` returns.
    """
    description = describe_form(schema)
    chosen = description.get_page(page) if page else None
    flat = flatten(values or {}, description.fields)
    wrong = {each.field: each.message for each in errors}
    known = provenance or {}
    bound = {
        each.name: BoundField(
            each,
            flat.get(each.name, each.schema.get("default")),
            wrong.get(each.name, ""),
            known.get(each.name),
            *_condition_in_words(each, description),
        )
        for each in description.fields
    }
    pages = (chosen,) if chosen else description.pages
    return BoundForm(
        description=description,
        errors=tuple(errors),
        page=chosen,
        seen=None if revision is None else Seen(revision, secrets.token_hex(8)),
        pages=tuple((one, tuple(bound[each.name] for each in one.fields)) for one in pages),
    )


def read_seen(post_data: Mapping[str, Any]) -> Seen | None:
    """Return from which revision the posted page was filled; None if it does not say."""
    revision = str(post_data.get("form-revision", ""))
    if not re.fullmatch(r"[0-9]{1,9}", revision):
        return None
    return Seen(int(revision), str(post_data.get("form-page", ""))[:32])


def _condition_in_words(asked: Field, description: FormDescription) -> tuple[str, str]:
    condition = asked.shown_when
    if condition is None:
        return "", ""
    other = next((f for f in description.fields if f.name == condition.field), None)
    if other is None:
        return "", ""
    words = {choice.value: choice.label for choice in other.choices}
    yes_and_no = {True: gettext("是"), False: gettext("否")}
    value = words.get(condition.equals) or yes_and_no.get(condition.equals, str(condition.equals))
    return in_english(other.label), in_english(str(value))


def _in_words(mistakes: Sequence[Mistake]) -> tuple[FieldError, ...]:
    return tuple(
        FieldError(
            each.field, each.code, gettext(in_english(each.template)).format_map(_local(each.facts))
        )
        for each in mistakes
    )


def _local(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts in the reader's language; a title that asks loses its question mark."""
    return {
        name: in_english(each).rstrip("？?") if name in WORDS else each
        for name, each in facts.items()
    }


def _lists(data: Mapping[str, Any]) -> dict[str, list[Any]]:
    if isinstance(data, MultiValueDict):
        return {name: data.getlist(name) for name in data}
    return {name: value if isinstance(value, list) else [value] for name, value in data.items()}

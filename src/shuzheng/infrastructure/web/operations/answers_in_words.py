"""What was answered, in the words of the form: for checking before sending, and for the desk."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations.binding import Provenance
from shuzheng.infrastructure.web.rules.components import Link, SummaryRow
from shuzheng.infrastructure.web.rules.forms import Field, FormPage, describe_form
from shuzheng.infrastructure.web.rules.reading import flatten

Answers = tuple[tuple[FormPage, tuple[SummaryRow, ...]], ...]


def list_answers(
    schema: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    provenance: Mapping[str, Provenance] | None = None,
    change: Callable[[FormPage], str] | None = None,
) -> Answers:
    """Return the pages of a form with what was answered, for ``{% summary_list %}``.

    Args:
        schema: the form.
        values: nested values as ``read_form`` returns them.
        provenance: where values come from, by dotted name.
        change: gives the address where a page's answers are changed; without it they are not.
    """
    description = describe_form(schema)
    flat = flatten(values, description.fields)
    known = provenance or {}
    return tuple(
        (
            page,
            tuple(
                _row(field, flat, known.get(field.name), change(page) if change else "")
                for field in page.fields
                if field.is_shown(flat) and field.widget != "hidden"
            ),
        )
        for page in description.pages
    )


def _row(
    field: Field, values: Mapping[str, Any], known: Provenance | None, change: str
) -> SummaryRow:
    return SummaryRow(
        label=field.label,
        value=in_words(field, values.get(field.name)),
        source=known.source if known else "",
        as_of=known.as_of if known else None,
        actions=(Link(gettext("更改"), f"{change}#field-{field.name.replace('.', '-')}"),)
        if change
        else (),
    )


def in_words(field: Field, value: Any) -> str:
    """Return one answer as people read it."""
    if value in (None, "", []):
        return gettext("未填写")
    if isinstance(value, list):
        return "、".join(in_words(field, each) for each in value)
    if isinstance(value, Mapping):
        return str(value.get("filename", ""))
    if isinstance(value, bool) and not field.choices:
        return gettext("是") if value else gettext("否")
    words = {str(choice.value): choice.label for choice in field.choices}
    shown = words.get(str(value), str(value))
    return f"{shown} {field.unit}" if field.unit else shown

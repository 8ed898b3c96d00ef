"""The cells of a table, put together here: a list has hundreds, and a template takes 40 µs each."""

from functools import lru_cache
from html import escape

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from shuzheng.infrastructure.web.pages.moments import moment
from shuzheng.infrastructure.web.rules import Cell, Table

KEPT = 2048
"""Lights and tags kept as drawn; lists say the same few words and days again and again."""


def draw_rows(table: Table) -> SafeString:
    """Return the rows of a table's body; each cell names its column for the narrow layout."""
    columns = [escape(column) for column in table.columns]
    rows = ("".join(map(_cell, columns, row)) for row in table.lines)
    return mark_safe("".join(f'<tr class="govuk-table__row">{row}</tr>\n' for row in rows))  # noqa: S308 - each cell is escaped


def _cell(column: str, cell: Cell) -> str:
    numeric = " govuk-table__cell--numeric" if cell.numeric else ""
    hint = f'<span class="sz-table__hint">{conditional_escape(cell.hint)}</span>'
    return (
        f'<td class="govuk-table__cell{numeric}" data-label="{column}">'
        f'<span class="sz-table__content">{_content(cell)}{hint if cell.hint else ""}</span></td>'
    )


def _content(cell: Cell) -> str:
    if cell.light:
        return _drawn("light", cell.light, cell.text)
    if cell.tag:
        return _drawn("tag", cell.tag, cell.text)
    text = cell.text if isinstance(cell.text, SafeString) else escape(moment(cell.text))
    if cell.href:
        return f'<a class="govuk-link" href="{escape(cell.href)}">{text}</a>'
    return text


@lru_cache(maxsize=KEPT)
def _drawn(component: str, colour: str, text: object) -> str:
    template = get_template(f"web/components/{component}.html")
    return str(template.render({"colour": colour, "text": text}))

"""A decision table as fields of a form, and back: ``cell-<row>-<column>``, ``rule-<row>``."""

from collections.abc import Mapping
from typing import Any

from shuzheng.support.decisions.rules import EditedRule
from shuzheng.support.decisions.rules.definitions import TableBox

MOST_ROWS = 500


def draw_rows(box: TableBox, *, add: bool = False) -> dict[str, Any]:
    """Return columns and rows for the template; ``add`` appends an empty row."""
    shown = tuple(_row(box, number) for number in range(len(box.rules)))
    if add:
        shown = (*shown, _empty(box))
    columns = (
        *(each.label for each in box.inputs),
        *(f"→ {each.label or each.name}" for each in box.outputs),
        *box.notes,
    )
    return {
        "columns": columns,
        "rows": [
            {
                "id": row.id,
                "cells": list(zip(columns, (*row.inputs, *row.outputs, *row.notes), strict=True)),
            }
            for row in shown
        ],
    }


def _row(box: TableBox, number: int) -> EditedRule:
    rule = box.rules[number]
    notes = tuple(rule.annotations.get(label, "") for label in box.notes)
    return EditedRule(rule.id, rule.inputs, rule.outputs, notes)


def _empty(box: TableBox) -> EditedRule:
    conditions = ("-",) * len(box.inputs)
    return EditedRule("", conditions, ("",) * len(box.outputs), ("",) * len(box.notes))


def read_rows(posted: Mapping[str, str], box: TableBox) -> tuple[EditedRule, ...]:
    """Return the rows somebody sent; a row without any conclusion is dropped."""
    width = len(box.inputs) + len(box.outputs) + len(box.notes)
    first, second = len(box.inputs), len(box.inputs) + len(box.outputs)
    found = []
    for row in range(MOST_ROWS):
        if f"rule-{row}" not in posted:
            break
        texts = tuple(_typed(posted, row, place) for place in range(width))
        if any(texts[first:second]):
            found.append(
                EditedRule(
                    posted[f"rule-{row}"], texts[:first], texts[first:second], texts[second:]
                )
            )
    return tuple(found)


def _typed(posted: Mapping[str, str], row: int, place: int) -> str:
    """Return a cell's text; browsers end the lines of a field with CR LF."""
    return posted.get(f"cell-{row}-{place}", "").replace("\r\n", "\n").strip()

"""「如果……会怎样」: a form made from a decision's inputs, and its answer; nothing is kept."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import FieldError, say
from shuzheng.support.decisions.pages.drawing import labels_for
from shuzheng.support.decisions.queries import Version
from shuzheng.support.decisions.rules import DecisionRefusal, InputField, compile_expression
from shuzheng.support.decisions.rules.checks.domains import columns_of
from shuzheng.support.decisions.rules.table_index import constants_of

_MOST_SHOWN = 8


def form_of(version: Version) -> dict[str, Any]:
    """Return the questions as JSON Schema: one for each input the decision rests on."""
    labels = labels_for(version)
    fields = version.model.inputs_of(version.decision)
    hints = dict(_hints(version))
    return {
        "type": "object",
        "properties": {
            field.name: {
                "title": labels.get(field.name, field.name),
                "x-hint": hints.get(field.name, ""),
                **_kind(field),
            }
            for field in fields
        },
    }


def _kind(field: InputField) -> dict[str, Any]:
    if field.type.kind == "number":
        return {"type": "number"}
    if field.type.kind == "boolean":
        return {"type": "boolean", "x-widget": "boolean"}
    return {"type": "string", "maxLength": 500}


def _hints(version: Version) -> Iterator[tuple[str, str]]:
    """Yield what the table itself compares each input with."""
    table = version.model.tables.get(version.decision)
    if table is None:
        return
    for column, written in zip(columns_of(table), table.box.inputs, strict=True):
        values = [
            value
            for cell in column.cells
            if (found := constants_of(cell))
            for value in found.values
            if isinstance(value, str)
        ]
        if values:
            shown = "、".join(list(dict.fromkeys(values))[:_MOST_SHOWN])
            yield written.expression, gettext("例如：%(values)s") % {"values": shown}
        elif column.type.kind in {"Any", "list", "context"}:
            yield written.expression, gettext('写成 FEEL，例如 ["a", "b"]')


def read_inputs(
    version: Version, values: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """Turn what was typed into inputs: texts as they are, other kinds as FEEL."""
    inputs: dict[str, Any] = {}
    errors: list[FieldError] = []
    for field in version.model.inputs_of(version.decision):
        value = values.get(field.name)
        if isinstance(value, str) and field.type.kind != "string":
            try:
                value = compile_expression(value).evaluate({}) if value.strip() else None
            except DecisionRefusal as error:
                errors.append(FieldError(field.name, field.name, say(error)))
        inputs[field.name] = value
    return inputs, tuple(errors)

"""Values as FEEL writes them: the result of `string()`."""

from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.temporal_text import format_temporal
from shuzheng.support.decisions.rules.values import Function, Range

_PLAIN_ZEROS = 40


def text_of(value: Any) -> str:
    """Write a value; texts inside lists and contexts are quoted.

    >>> text_of([Decimal("1.50"), "a", None])
    '[1.50, "a", null]'
    """
    if isinstance(value, str):
        return value
    return _quoted(value)


def _quoted(value: Any) -> str:  # noqa: PLR0911
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return _number(value)
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case list():
            return "[" + ", ".join(_quoted(each) for each in value) + "]"
        case dict():
            return (
                "{"
                + ", ".join(f"{_key(key)}: {_quoted(each)}" for key, each in value.items())
                + "}"
            )
        case Range():
            return _range(value)
        case Function():
            return f"function {value.name}".strip()
        case _:
            return format_temporal(value)


def _number(value: Decimal) -> str:
    """Plain digits unless that would fill a line with zeros."""
    if abs(value.adjusted()) > _PLAIN_ZEROS:
        return str(value)
    text = f"{value:f}"
    return "0" if text == "-0" else text


def _key(key: str) -> str:
    return key if key.replace(" ", "").replace("_", "").isalnum() else _quoted(key)


def _range(value: Range) -> str:
    opening = "[" if value.start_included else "("
    closing = "]" if value.end_included else ")"
    start = "" if value.start is None else _quoted(value.start)
    end = "" if value.end is None else _quoted(value.end)
    return f"{opening}{start}..{end}{closing}"

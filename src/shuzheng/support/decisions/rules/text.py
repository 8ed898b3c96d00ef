"""Values as FEEL writes them: the result of `string()`."""

from collections.abc import Callable
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


def _quoted(value: Any) -> str:
    write = _WRITERS.get(type(value), format_temporal)
    return write(value)


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _list(value: list[Any]) -> str:
    return "[" + ", ".join(map(_quoted, value)) + "]"


def _context(value: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{_key(key)}: {_quoted(each)}" for key, each in value.items()) + "}"


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


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _value: "null",
    bool: lambda value: "true" if value else "false",
    Decimal: _number,
    str: _text,
    list: _list,
    dict: _context,
    Range: _range,
    Function: lambda value: f"function {value.name}".strip(),
}

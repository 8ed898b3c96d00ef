"""FEEL's values as JSON and back: numbers as numbers, temporal values as text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.temporal_text import (
    format_temporal,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from shuzheng.support.decisions.rules.types import ANY, Type
from shuzheng.support.decisions.rules.values import Function, Range, from_python, number

_SAFE_DIGITS = 15


def to_json(value: Any) -> Any:
    """Return the value as JSON can hold it.

    A number that JSON readers would change (more than 15 digits) becomes a text; a range becomes
    its FEEL text, a function its name.

    >>> to_json([Decimal("1.5"), Decimal(2), None])
    [1.5, 2, None]
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, list):
        return [to_json(each) for each in value]
    if isinstance(value, dict):
        return {key: to_json(each) for key, each in value.items()}
    if isinstance(value, Range):
        return _range(value)
    return f"function {value.name}" if isinstance(value, Function) else format_temporal(value)


def from_json(value: Any, expected: Type) -> Any:
    """Return the value of a type that JSON holds; what does not fit stays as it is.

    Raises:
        InputNotUsable: FEEL has no such value, or it is nested too deep.
    """
    return _of_type(from_python(value), expected)


def _of_type(value: Any, expected: Type) -> Any:
    if isinstance(value, str) and expected.kind in _READERS:
        return _read(value, _READERS[expected.kind])
    if isinstance(value, list) and expected.kind == "list" and expected.element:
        return [_of_type(each, expected.element) for each in value]
    if isinstance(value, dict) and expected.entries:
        types = dict(expected.entries)
        return {key: _of_type(each, types.get(key, ANY)) for key, each in value.items()}
    return value


def _read(text: str, reader: Callable[[str], Any]) -> Any:
    try:
        return reader(text)
    except (ValueError, ArithmeticError):
        return text


_READERS: dict[str, Callable[[str], Any]] = {
    "number": number,
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "days and time duration": parse_duration,
    "years and months duration": parse_duration,
}


def _number(value: Decimal) -> int | float | str:
    if (
        len(value.normalize().as_tuple().digits) > _SAFE_DIGITS
        or abs(value.adjusted()) > _SAFE_DIGITS
    ):
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _range(value: Range) -> str:
    opening = "[" if value.start_included else "("
    closing = "]" if value.end_included else ")"
    start = "" if value.start is None else to_json(value.start)
    end = "" if value.end is None else to_json(value.end)
    return f"{opening}{start}..{end}{closing}"

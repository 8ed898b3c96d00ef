"""FEEL's values as JSON, for records and pages: numbers as numbers, temporal values as text."""

from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.temporal_text import format_temporal
from shuzheng.support.decisions.rules.values import Function, Range

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

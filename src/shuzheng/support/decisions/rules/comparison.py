"""Equality, order and membership with three truth values (DMN 1.5, 10.3.2.7, tables 53-56)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from shuzheng.support.decisions.rules.values import Function, Range


def equal(left: Any, right: Any) -> bool | None:
    """Say whether two values are equal; None if their kinds cannot be compared."""
    kind = type(left)
    if kind is not type(right):
        return _equal_across(left, right)
    special = _EQUALITIES.get(kind)
    return bool(left == right) if special is None else special(left, right)


def _equal_across(left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return False
    return None


def _equal_lists(left: list[Any], right: list[Any]) -> bool | None:
    if len(left) != len(right):
        return False
    return all(equal(one, other) is True for one, other in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, Any], right: dict[str, Any]) -> bool:
    return left.keys() == right.keys() and all(equal(left[key], right[key]) is True for key in left)


def _equal_ranges(left: Range, right: Range) -> bool:
    return (
        (left.start_included, left.end_included, left.form)
        == (right.start_included, right.end_included, right.form)
        and equal(left.start, right.start) is True
        and equal(left.end, right.end) is True
    )


def _equal_moments(left: Time | DateTime, right: Time | DateTime) -> bool | None:
    if is_local(left) != is_local(right):
        return False
    return left.instant == right.instant


_EQUALITIES: dict[type, Callable[[Any, Any], bool | None]] = {
    list: _equal_lists,
    dict: _equal_contexts,
    Time: _equal_moments,
    DateTime: _equal_moments,
    Range: _equal_ranges,
    Function: lambda _left, _right: None,
}


def is_local(value: Time | DateTime) -> bool:
    """Say whether a moment has neither offset nor zone."""
    return value.is_local if isinstance(value, Time) else value.time.is_local


_ORDERED = frozenset({Decimal, str, Date, DaysDuration, MonthsDuration})


def less(left: Any, right: Any) -> bool | None:
    """Say whether the left value comes before the right one; None if they have no common order."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
        return bool(left < right)
    if kind is Time or kind is DateTime:
        return None if is_local(left) != is_local(right) else bool(left.instant < right.instant)
    return None


def compare(operator: str, left: Any, right: Any) -> bool | None:
    """Apply ``=``, ``!=``, ``<``, ``<=``, ``>`` or ``>=``."""
    if operator == "=":
        return equal(left, right)
    if operator == "!=":
        return negate(equal(left, right))
    if operator == "<":
        return less(left, right)
    if operator == ">":
        return less(right, left)
    if operator == "<=":
        return negate(less(right, left))
    return negate(less(left, right))


def negate(value: bool | None) -> bool | None:  # noqa: FBT001
    """Turn a truth value round; null stays null."""
    return None if value is None else not value


def includes(interval: Range, value: Any) -> bool | None:
    """Say whether a value lies in an interval; None if they cannot be compared."""
    if interval.form == "null":
        return None
    above = _within(interval.start, value, included=interval.start_included)
    below = _within(value, interval.end, included=interval.end_included, bound_first=False)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _within(low: Any, high: Any, *, included: bool, bound_first: bool = True) -> bool | None:
    bound = low if bound_first else high
    if bound is None:
        return True
    return negate(less(high, low)) if included else less(low, high)


def passes(value: Any, target: Any) -> bool | None:
    """Say whether a value equals the target, or lies in it if it is a list or an interval."""
    if isinstance(target, Range):
        if isinstance(value, Range):
            return equal(value, target)
        return includes(target, value)
    if isinstance(target, list):
        return _passes_list(value, target)
    return equal(value, target)


def _passes_list(value: Any, target: list[Any]) -> bool | None:
    if isinstance(value, list) and equal(value, target):
        return True
    found = [
        passes(value, each) if isinstance(each, Range | list) else equal(value, each)
        for each in target
    ]
    return True in found

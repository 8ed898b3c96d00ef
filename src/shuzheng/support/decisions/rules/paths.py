"""``value.name`` and ``value[condition]`` (DMN 1.5, 10.3.2.5 and 10.3.2.13.4)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.temporal import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from shuzheng.support.decisions.rules.values import ARITHMETIC, Range, Undefined, kind_of, number

Reader = Callable[[Any], Any]


def _seconds(nanoseconds: int) -> Decimal:
    return ARITHMETIC.divide(Decimal(nanoseconds), Decimal(SECOND))


def _truncated(amount: int, unit: int) -> Decimal:
    size = abs(amount) // unit
    return number(-size if amount < 0 else size)


def _rest(amount: int, whole: int) -> int:
    return amount - int(_truncated(amount, whole)) * whole


def _offset(value: Time | DateTime) -> DaysDuration | None:
    day = value.date if isinstance(value, DateTime) else Date(1970, 1, 1)
    time = value.time if isinstance(value, DateTime) else value
    offset = time.offset_on(day)
    return None if offset is None else DaysDuration(offset * SECOND)


_DATE: dict[str, Reader] = {
    "year": lambda value: number(value.year),
    "month": lambda value: number(value.month),
    "day": lambda value: number(value.day),
    "weekday": lambda value: number(value.weekday),
}
_TIME: dict[str, Reader] = {
    "hour": lambda value: number(value.nanoseconds // HOUR),
    "minute": lambda value: number(value.nanoseconds // MINUTE % 60),
    "second": lambda value: number(value.nanoseconds // SECOND % 60),
    "time offset": _offset,
    "timezone": lambda value: value.zone or None,
}


def _of_date(name: str) -> Reader:
    return lambda value: _DATE[name](value.date)


def _of_time(name: str) -> Reader:
    return lambda value: _TIME[name](value.time)


PROPERTIES: dict[type, dict[str, Reader]] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {
        **{name: _of_date(name) for name in _DATE},
        **{name: _of_time(name) for name in _TIME},
        "time offset": _offset,
    },
    DaysDuration: {
        "days": lambda value: _truncated(value.nanoseconds, DAY),
        "hours": lambda value: _truncated(_rest(value.nanoseconds, DAY), HOUR),
        "minutes": lambda value: _truncated(_rest(value.nanoseconds, HOUR), MINUTE),
        "seconds": lambda value: _seconds(_rest(value.nanoseconds, MINUTE)),
    },
    MonthsDuration: {
        "years": lambda value: _truncated(value.months, 12),
        "months": lambda value: number(_rest(value.months, 12)),
    },
    Range: {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}


def get_property(value: Any, name: str) -> Any:
    """Return a context's entry, a value's component, or the list of them for a list.

    Raises:
        Undefined: the value has no such part.
    """
    if isinstance(value, dict):
        if name in value:
            return value[name]
        raise Undefined(feel.NO_ENTRY(name=name))
    if isinstance(value, list):
        return [_property_or_null(each, name) for each in value]
    reader = PROPERTIES.get(type(value), {}).get(name)
    if reader is None:
        raise Undefined(feel.NO_PROPERTY(kind=kind_of(value), name=name))
    return reader(value)


def _property_or_null(value: Any, name: str) -> Any:
    try:
        return get_property(value, name)
    except Undefined:
        return None


def filter_list(value: Any, condition: Compute, scope: Scope, *, strict: bool = False) -> Any:
    """Return the item at a place (from 1, or from the end if negative), or the items that pass.

    Raises:
        Undefined: a condition is neither true, false nor a place, and that is not allowed.
    """
    if value is None:
        return [] if condition(scope) is not None else None
    items = value if isinstance(value, list) else [value]
    if not items:
        return _filter_nothing(condition, scope)
    return _filter_items(items, condition, scope, strict=strict)


def _filter_nothing(condition: Compute, scope: Scope) -> Any:
    probe = condition(scope.inner({"item": None}))
    return None if isinstance(probe, Decimal) else []


def _filter_items(items: list[Any], condition: Compute, scope: Scope, *, strict: bool) -> Any:
    found = []
    for item in items:
        scope.budget.spend()
        verdict = condition(_item_scope(item, scope))
        if isinstance(verdict, Decimal):
            return _item_at(items, verdict, scope)
        if verdict is True:
            found.append(item)
        elif strict and not isinstance(verdict, bool):
            raise Undefined(feel.FILTER(found=kind_of(verdict)))
    return found


def _item_scope(item: Any, scope: Scope) -> Scope:
    inner = scope.inner({"item": item})
    return inner.inner(item) if isinstance(item, dict) else inner


def _item_at(items: list[Any], place: Decimal, scope: Scope) -> Any:
    if place != place.to_integral_value() or not 1 <= abs(place) <= len(items):
        return scope.null(feel.INDEX(count=len(items), place=place))
    return items[int(place) - 1] if place > 0 else items[int(place)]

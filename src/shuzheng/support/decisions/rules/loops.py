"""What ``for``, ``some`` and ``every`` run through: lists and whole-number or day intervals."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.comparison import less
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.temporal import Date
from shuzheng.support.decisions.rules.values import Range, Undefined, kind_of, number

Source = tuple[str, Compute, Compute | None]


def iterate(sources: tuple[Source, ...], scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield the variables of every round, the last source turning fastest.

    Raises:
        Undefined: a source cannot be run through.
    """
    name, source, end = sources[0]
    rest = sources[1:]
    for value in _items(source(scope), end, scope):
        scope.budget.spend()
        if not rest:
            yield {name: value}
            continue
        for values in iterate(rest, scope.inner({name: value})):
            yield {name: value, **values}


def _items(start: Any, end: Compute | None, scope: Scope) -> Iterable[Any]:
    if end is not None:
        return _count(start, end(scope))
    if isinstance(start, Range):
        return _range_items(start)
    if start is None:
        raise Undefined(feel.ITERATE_NULL())
    return start if isinstance(start, list) else [start]


def _range_items(value: Range) -> Iterable[Any]:
    if less(value.end, value.start):
        raise Undefined(feel.ITERATION_ORDER())
    items = _count(value.start, value.end)
    last = None if value.end_included else value.end
    return _without_ends(items, skip_first=not value.start_included, last=last)


def _without_ends(items: Iterable[Any], *, skip_first: bool, last: Any) -> Iterator[Any]:
    for place, item in enumerate(items):
        if (place == 0 and skip_first) or item == last:
            continue
        yield item


def _count(start: Any, end: Any) -> Iterable[Any]:
    """Count up or down from one whole number or day to another, both included."""
    if isinstance(start, Date) and isinstance(end, Date):
        return map(Date.from_ordinal, _between(start.ordinal, end.ordinal))
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start != start.to_integral_value() or end != end.to_integral_value():
            raise Undefined(feel.ITERATION_INTEGERS())
        return map(number, _between(int(start), int(end)))
    raise Undefined(feel.ITERATION_KINDS(start=kind_of(start), end=kind_of(end)))


def _between(start: int, end: int) -> range:
    return range(start, end + 1) if start <= end else range(start, end - 1, -1)

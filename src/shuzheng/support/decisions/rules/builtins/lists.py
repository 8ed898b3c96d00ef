"""Built-in functions on lists (DMN 1.5, 10.3.4.4, 10.3.4.10)."""

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.comparison import equal, less
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.functions import call_value
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.values import Function, Undefined, number


def _same(one: Any, other: Any) -> bool:
    return equal(one, other) is True


@declare("list contains(list: list, element: any)")
def list_contains(items: list[Any], element: Any) -> bool:
    """Say whether an item equals the element."""
    return any(_same(item, element) for item in items)


@declare("sublist(list: list, start position: number, length?: number)")
def sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    """Return the items from a place on, counted from 1 or, if negative, from the end."""
    begin = _place(items, start)
    if length is None:
        return items[begin:]
    if length < 0 or begin + int(length) > len(items):
        raise Undefined(feel.LENGTH())
    return items[begin : begin + int(length)]


def _place(items: list[Any], position: Decimal, room: int = 0) -> int:
    place = int(position)
    if place == 0 or abs(place) > len(items) + room:
        raise Undefined(feel.INDEX(count=len(items), place=position))
    return place - 1 if place > 0 else len(items) + place


@declare("append(list: list, item...: any)")
def append(items: list[Any], more: list[Any]) -> list[Any]:
    """Return the list with further items; a list as an item stays a list."""
    return [*items, *more]


@declare("concatenate(list...: any)")
def concatenate(lists: list[Any]) -> list[Any]:
    """Join lists."""
    return [item for each in lists for item in (each if isinstance(each, list) else [each])]


@declare("insert before(list: list, position: number, newItem: any)")
def insert_before(items: list[Any], position: Decimal, item: Any) -> list[Any]:
    """Return the list with an item put before a place."""
    place = _place(items, position)
    return [*items[:place], item, *items[place:]]


@declare("remove(list: list, position: number)")
def remove(items: list[Any], position: Decimal) -> list[Any]:
    """Return the list without the item at a place."""
    place = _place(items, position)
    return [*items[:place], *items[place + 1 :]]


@declare("list replace(list: list, position: number, newItem: any)")
def list_replace(items: list[Any], position: Decimal, item: Any) -> list[Any]:
    """Return the list with the item at a place replaced."""
    place = _place(items, position)
    return [*items[:place], item, *items[place + 1 :]]


@declare("list replace(list: list, match: function, newItem: any)", wants_scope=True)
def list_replace_matching(scope: Scope, items: list[Any], match: Function, item: Any) -> list[Any]:
    """Return the list with every item replaced that the function says true of."""
    result = []
    for each in items:
        verdict = call_value("match", match, scope, (each, item), None)
        if not isinstance(verdict, bool):
            raise Undefined(feel.MATCHER())
        result.append(item if verdict else each)
    return result


@declare("reverse(list: list)")
def reverse(items: list[Any]) -> list[Any]:
    """Return the items in reverse order."""
    return items[::-1]


@declare("index of(list: list, match: any)")
def index_of(items: list[Any], match: Any) -> list[Decimal]:
    """Return the places, from 1, of the items that equal the match."""
    return [number(place) for place, item in enumerate(items, 1) if _same(item, match)]


@declare("union(list...: any)", wants_scope=True)
def union(scope: Scope, lists: list[Any]) -> list[Any]:
    """Join lists and drop repetitions."""
    return distinct_values(scope, concatenate(lists))


@declare("distinct values(list: list)", wants_scope=True)
def distinct_values(scope: Scope, items: list[Any]) -> list[Any]:
    """Drop repetitions, keeping the first of each."""
    found: list[Any] = []
    plain: set[tuple[type, Any]] = set()
    for item in items:
        kind = type(item)
        if kind in _PLAIN:
            is_new = (kind, item) not in plain
            plain.add((kind, item))
        else:
            scope.budget.spend(len(found))
            is_new = not list_contains(found, item)
        if is_new:
            found.append(item)
    return found


_PLAIN = (Decimal, str, bool)
"""Kinds whose values are equal just if Python finds them so, and only to their like."""


@declare("flatten(list: list)")
def flatten(items: list[Any]) -> list[Any]:
    """Dissolve lists in lists."""
    result: list[Any] = []
    for item in items:
        result.extend(flatten(item) if isinstance(item, list) else [item])
    return result


@declare("sort(list: list, precedes?: function)", wants_scope=True)
def sort(scope: Scope, items: list[Any], precedes: Function | None = None) -> list[Any]:
    """Order the items; the function says whether its first value comes before its second."""

    def is_before(one: Any, other: Any) -> bool:
        scope.budget.spend()
        if precedes is None:
            return less(one, other) is True
        return call_value("precedes", precedes, scope, (one, other), None) is True

    return sorted(
        items, key=cmp_to_key(lambda a, b: -1 if is_before(a, b) else int(is_before(b, a)))
    )

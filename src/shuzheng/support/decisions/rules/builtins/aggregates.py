"""What a list comes to: how many, the least and greatest, sums and means, all and any."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.comparison import less
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.temporal import DaysDuration, MonthsDuration
from shuzheng.support.decisions.rules.values import ARITHMETIC, Undefined, number


@declare("count(list...: list)")
def count(items: list[Any]) -> Decimal:
    """Count items."""
    return number(len(items))


@declare("min(list...: list)")
def least(items: list[Any]) -> Any:
    """Return the least item."""
    return _extreme(items, less)


@declare("max(list...: list)")
def greatest(items: list[Any]) -> Any:
    """Return the greatest item."""
    return _extreme(items, lambda one, other: less(other, one))


def _extreme(items: list[Any], is_better: Callable[[Any, Any], bool | None]) -> Any:
    best = items[0] if items else None
    for item in items:
        better = is_better(item, best)
        if better is None:
            raise Undefined(feel.ITEMS_NOT_COMPARABLE())
        best = item if better else best
    return best


def _numbers(items: list[Any]) -> list[Decimal]:
    if not items or not all(isinstance(item, Decimal) for item in items):
        raise Undefined(feel.NUMBERS())
    return items


@declare("sum(list...: list)")
def total(items: list[Any]) -> Any:
    """Add up numbers, or durations of one kind."""
    if items and all(isinstance(item, DaysDuration) for item in items):
        return DaysDuration(sum(item.nanoseconds for item in items))
    if items and all(isinstance(item, MonthsDuration) for item in items):
        return MonthsDuration(sum(item.months for item in items))
    result = Decimal(0)
    for item in _numbers(items):
        result = ARITHMETIC.add(result, item)
    return result


@declare("product(list...: list)")
def product(items: list[Any]) -> Decimal:
    """Multiply numbers."""
    result = Decimal(1)
    for item in _numbers(items):
        result = ARITHMETIC.multiply(result, item)
    return result


@declare("mean(list...: list)")
def mean(items: list[Any]) -> Any:
    """Return the arithmetic mean."""
    whole = total(items)
    if isinstance(whole, DaysDuration):
        return DaysDuration(whole.nanoseconds // len(items))
    if isinstance(whole, MonthsDuration):
        return MonthsDuration(whole.months // len(items))
    return ARITHMETIC.divide(whole, Decimal(len(items)))


@declare("median(list...: list)")
def median(items: list[Any]) -> Decimal | None:
    """Return the middle number, or the mean of the middle two; null for none."""
    if not items:
        return None
    ordered = sorted(_numbers(items))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return ARITHMETIC.divide(ARITHMETIC.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@declare("stddev(list...: list)")
def standard_deviation(items: list[Any]) -> Decimal:
    """Return the sample standard deviation of two or more numbers."""
    numbers = _numbers(items)
    if len(numbers) < 2:  # noqa: PLR2004
        raise Undefined(feel.TWO_NUMBERS())
    centre = mean(numbers)
    squares = [ARITHMETIC.power(ARITHMETIC.subtract(each, centre), 2) for each in numbers]
    return ARITHMETIC.sqrt(ARITHMETIC.divide(total(squares), Decimal(len(numbers) - 1)))


@declare("mode(list...: list)")
def mode(items: list[Any]) -> list[Decimal]:
    """Return the most frequent numbers in ascending order."""
    if not items:
        return []
    numbers = _numbers(items)
    counts: dict[Decimal, int] = {}
    for each in numbers:
        counts[each] = counts.get(each, 0) + 1
    most = max(counts.values())
    return sorted(each for each, amount in counts.items() if amount == most)


@declare("all(list...: list)")
def every(items: list[Any]) -> bool | None:
    """Say whether all items are true; null if that is not known."""
    _truth_values(items)
    if any(item is False for item in items):
        return False
    return None if None in items else True


@declare("any(list...: list)")
def some(items: list[Any]) -> bool | None:
    """Say whether an item is true; null if that is not known."""
    _truth_values(items)
    if any(item is True for item in items):
        return True
    return None if None in items else False


def _truth_values(items: list[Any]) -> None:
    if not all(item is None or isinstance(item, bool) for item in items):
        raise Undefined(feel.BOOLEANS())

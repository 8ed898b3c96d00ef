"""Find the rules whose conditions hold without trying them one by one.

Every rule is a bit. A column knows, for each constant and each stretch between the bounds of its
intervals, the set of rules that accept it; a decision is one look-up and one `and` a column. Cells
that are more than constants are tried one by one, and only for rules that are still possible.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.temporal import Date, DaysDuration, MonthsDuration

INDEXED = frozenset({str, Decimal, bool, Date, DaysDuration, MonthsDuration, type(None)})
ORDERED = INDEXED - {bool, type(None)}
Test = Callable[[Scope], bool]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The values between two bounds of one kind; an open side has no bound."""

    start: Any
    end: Any
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Constants:
    """What a cell accepts, if it consists of constants only."""

    values: tuple[Any, ...]
    stretches: tuple[Stretch, ...]


def constants_of(cell: syntax.UnaryTests) -> Constants | None:
    """Return what a cell accepts, or None if it is negated, or more than constants."""
    parts = [_constant(test) for test in cell.tests]
    if cell.negated or not parts or None in parts:
        return None
    values = tuple(part[0] for part in parts if isinstance(part, tuple))
    return Constants(values, tuple(part for part in parts if isinstance(part, Stretch)))


def _constant(test: syntax.Node) -> tuple[Any] | Stretch | None:
    if isinstance(test, syntax.Literal):
        return (test.value,) if type(test.value) in INDEXED else None
    if isinstance(test, syntax.OperatorTest):
        return _comparison(test)
    return _interval(test) if isinstance(test, syntax.Interval) else None


def _comparison(test: syntax.OperatorTest) -> tuple[Any] | Stretch | None:
    bound = test.operand.value if isinstance(test.operand, syntax.Literal) else None
    if type(bound) not in ORDERED or test.operator == "!=":
        return None
    if test.operator == "=":
        return (bound,)
    if test.operator in {"<", "<="}:
        return Stretch(None, bound, start_included=False, end_included=test.operator == "<=")
    return Stretch(bound, None, start_included=test.operator == ">=", end_included=False)


def _interval(test: syntax.Interval) -> Stretch | None:
    if not isinstance(test.start, syntax.Literal) or not isinstance(test.end, syntax.Literal):
        return None
    start, end = test.start.value, test.end.value
    if type(start) not in ORDERED or type(start) is not type(end):
        return None
    return Stretch(start, end, test.start_included, test.end_included)


@dataclass(slots=True)
class _Stretches:
    """The intervals of one kind of value in one column, cut at all their bounds."""

    bounds: list[Any] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)

    @classmethod
    def cut(cls, stretches: list[tuple[int, Stretch]]) -> "_Stretches":
        """Places alternate: before the first bound, the bound, between, the next bound, after."""
        ends = {end for _, each in stretches for end in (each.start, each.end) if end is not None}
        bounds = sorted(ends)
        place = {bound: 2 * number + 1 for number, bound in enumerate(bounds)}
        changes = [0] * (2 * len(bounds) + 2)
        for rule, each in stretches:
            first = 0 if each.start is None else place[each.start] + (not each.start_included)
            last = (
                2 * len(bounds) if each.end is None else place[each.end] - (not each.end_included)
            )
            if first <= last:
                changes[first] ^= 1 << rule
                changes[last + 1] ^= 1 << rule
        return cls(bounds, _running(changes))

    def find(self, value: Any) -> int:
        """Return the rules that accept the value."""
        number = bisect_left(self.bounds, value)
        on_bound = number < len(self.bounds) and self.bounds[number] == value
        return self.masks[2 * number + on_bound]


def _running(changes: list[int]) -> list[int]:
    masks, mask = [], 0
    for change in changes:
        mask ^= change
        masks.append(mask)
    return masks


class ColumnIndex:
    """One column: which rules accept a value."""

    __slots__ = ("_equal", "_stretches", "everything", "tests", "tried")

    def __init__(self, cells: list[tuple[syntax.UnaryTests, Test]]) -> None:
        self.tests = [test for _, test in cells]
        self.everything = 0
        self.tried: list[tuple[int, Test]] = []
        self._equal: dict[tuple[type, Any], int] = {}
        stretches: dict[type, list[tuple[int, Stretch]]] = {}
        for rule, (cell, test) in enumerate(cells):
            self._add(rule, cell, test, stretches)
        self._stretches = {kind: _Stretches.cut(each) for kind, each in stretches.items()}

    def _add(
        self,
        rule: int,
        cell: syntax.UnaryTests,
        test: Test,
        stretches: dict[type, list[tuple[int, Stretch]]],
    ) -> None:
        bit = 1 << rule
        constants = constants_of(cell)
        if not cell.tests:
            self.everything |= bit
        elif constants is None or len(constants.stretches) > 1:
            self.tried.append((bit, test))
        else:
            for value in constants.values:
                key = type(value), value
                self._equal[key] = self._equal.get(key, 0) | bit
            for each in constants.stretches:
                kind = type(each.start if each.start is not None else each.end)
                stretches.setdefault(kind, []).append((rule, each))

    def accepting(self, value: Any, possible: int, scope: Scope) -> int:
        """Return those of the possible rules whose cell accepts the value ``?`` of the scope."""
        if type(value) not in INDEXED:
            return self._try_all(possible, scope)
        found = self.accepting_by_constants(value)
        for bit, test in self.tried:
            if possible & bit and test(scope):
                found |= bit
        return found & possible

    def accepting_by_constants(self, value: Any) -> int:
        """Return the rules whose cell of constants accepts the value; the tried ones are not."""
        kind = type(value)
        found = self.everything | self._equal.get((kind, value), 0)
        stretches = self._stretches.get(kind)
        return found if stretches is None else found | stretches.find(value)

    def _try_all(self, possible: int, scope: Scope) -> int:
        found = self.everything & possible
        rest = possible & ~self.everything
        while rest:
            bit = rest & -rest
            rest ^= bit
            if self.tests[bit.bit_length() - 1](scope):
                found |= bit
        return found

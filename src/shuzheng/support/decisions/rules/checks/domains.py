"""The values of a column that matter: one for every stretch that its cells tell apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.builtins import BUILT_INS
from shuzheng.support.decisions.rules.compiling import Setting, compile_unary
from shuzheng.support.decisions.rules.limits import Budget
from shuzheng.support.decisions.rules.parser import parse_unary_tests
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.table_index import Constants, constants_of
from shuzheng.support.decisions.rules.tables import Table, read_cell
from shuzheng.support.decisions.rules.temporal import DAY, Date, DaysDuration, MonthsDuration
from shuzheng.support.decisions.rules.types import ANY, Type, conforms, simple_type

_OTHER_TEXT = "(其他)"


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values that the column treats alike.

    Attributes:
        example: one of them.
        sure: rules (bits) whose cell accepts them for certain.
        possible: rules whose cell accepts them or is more than constants.
    """

    example: Any
    sure: int
    possible: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the checks see it."""

    place: int
    label: str
    type: Type
    cells: tuple[syntax.UnaryTests, ...]
    allowed: syntax.UnaryTests | None


def columns_of(table: Table) -> tuple[Column, ...]:
    """Return the columns of a table, parsed."""
    found = []
    for place, each in enumerate(table.box.inputs):
        cells = (read_cell(rule.inputs[place], table.setting, "") for rule in table.box.rules)
        type_ = table.setting.types.get(each.type_ref) or simple_type(each.type_ref) or ANY
        text = each.allowed or type_.allowed_text
        allowed = parse_unary_tests(text, table.setting.names) if text else None
        found.append(Column(place, each.label, type_, tuple(cells), allowed))
    return tuple(found)


def classes_of(column: Column, table: Table) -> tuple[ValueClass, ...]:
    """Return the classes of values that the cells of a column tell apart."""
    found: dict[tuple[int, int], ValueClass] = {}
    index = table.columns[column.place]
    tests = [(bit, _test(column.cells[bit.bit_length() - 1], table)) for bit, _ in index.tried]
    for value in _representatives(column):
        sure, possible = _masks(index.accepting_by_constants(value), tests, value)
        found.setdefault((sure, possible), ValueClass(value, sure, possible))
    return tuple(found.values())


def _masks(sure: int, tests: list[tuple[int, Any]], value: Any) -> tuple[int, int]:
    """Add the cells that the index leaves to be tried; those without a test may accept."""
    scope = Scope({"?": value}, Scope(BUILT_INS, None, Budget()), Budget())
    open_rules = 0
    for bit, test in tests:
        if test is None:
            open_rules |= bit
        elif test(scope):
            sure |= bit
    return sure, sure | open_rules


def _test(cell: syntax.UnaryTests, table: Table) -> Any:
    """Return the test of a cell of constants, None if it depends on anything else."""
    plain = syntax.UnaryTests(cell.position, cell.tests, negated=False)
    if cell.tests and constants_of(plain) is None:
        return None
    return compile_unary(cell, table.setting)


def _representatives(column: Column) -> Iterator[Any]:
    cells = column.cells + ((column.allowed,) if column.allowed else ())
    constants = [found for cell in cells if (found := _constants(cell))]
    values = _unique(value for each in constants for value in each.values if value is not None)
    bounds = _unique(
        bound
        for each in constants
        for stretch in each.stretches
        for bound in (stretch.start, stretch.end)
        if bound is not None
    )
    allowed = _allowed(column)
    for value in _candidates(values, bounds, column.type):
        if conforms(value, column.type) and allowed(value):
            yield value


def _constants(cell: syntax.UnaryTests) -> Constants | None:
    return constants_of(syntax.UnaryTests(cell.position, cell.tests, negated=False))


def _allowed(column: Column) -> Any:
    if column.allowed is None:
        return lambda _value: True
    test = compile_unary(column.allowed, Setting())
    outer = Scope(BUILT_INS, None, Budget())
    return lambda value: test(Scope({"?": value}, outer, Budget()))


def _unique(values: Iterator[Any]) -> list[Any]:
    return list({(type(value), value): value for value in values}.values())


def _candidates(values: list[Any], bounds: list[Any], expected: Type) -> Iterator[Any]:
    yield from values
    if expected.kind == "boolean" or any(isinstance(value, bool) for value in values):
        yield from (True, False)
    kinds = {type(value) for value in (*values, *bounds)}
    for kind in (Decimal, Date, DaysDuration, MonthsDuration):
        if kind in kinds:
            yield from _around(sorted(each for each in (*values, *bounds) if type(each) is kind))
    if str in kinds:
        yield from _texts(sorted(each for each in bounds if isinstance(each, str)))
    if not kinds:
        yield from _anything(expected)


def _texts(bounds: list[str]) -> Iterator[str]:
    yield _OTHER_TEXT
    for bound in bounds:
        yield bound
        yield bound + "\u0001"


def _anything(expected: Type) -> Iterator[Any]:
    """Every cell lets everything pass, or none is of constants: one value stands for all."""
    samples = {
        "number": Decimal(0),
        "boolean": True,
        "date": Date(2026, 1, 1),
        "list": [],
        "context": {},
    }
    yield samples.get(expected.kind, _OTHER_TEXT)


def _around(points: list[Any]) -> Iterator[Any]:
    """Yield a value before, on, between and after the points."""
    yield _moved(points[0], -1)
    for place, point in enumerate(points):
        yield point
        yield _moved(point, 1) if place + 1 == len(points) else _middle(point, points[place + 1])


def _moved(point: Any, step: int) -> Any:
    if isinstance(point, Decimal):
        return point + step
    if isinstance(point, Date):
        return point.add_days(step)
    if isinstance(point, DaysDuration):
        return DaysDuration(point.nanoseconds + step * DAY)
    return MonthsDuration(point.months + step)


def _middle(one: Any, other: Any) -> Any:
    """Return a value between two; days and months may have none, then the first again."""
    if isinstance(one, Decimal):
        return (one + other) / 2
    if isinstance(one, Date):
        return Date.from_ordinal((one.ordinal + other.ordinal) // 2)
    if isinstance(one, DaysDuration):
        return DaysDuration((one.nanoseconds + other.nanoseconds) // 2)
    return MonthsDuration((one.months + other.months) // 2)

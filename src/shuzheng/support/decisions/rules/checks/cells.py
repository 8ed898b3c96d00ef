"""Cells that cannot be meant: values of another type or not allowed, unknown names."""

from collections.abc import Iterator
from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.builtins import BUILT_INS
from shuzheng.support.decisions.rules.checks.domains import Column, columns_of
from shuzheng.support.decisions.rules.checks.findings import Finding
from shuzheng.support.decisions.rules.comparison import equal
from shuzheng.support.decisions.rules.parser import parse_expression
from shuzheng.support.decisions.rules.tables import Table, allowed_outputs, output_type
from shuzheng.support.decisions.rules.text import text_of
from shuzheng.support.decisions.rules.types import Type, coerce
from shuzheng.support.decisions.rules.values import kind_of

_ALWAYS_KNOWN = frozenset({"?", "item", "partial", *BUILT_INS})


def check_cells(table: Table, known: frozenset[str] | None) -> Iterator[Finding]:
    """Yield what is wrong with single cells; ``known`` are the names it may use, if known."""
    for column in columns_of(table):
        yield from _check_conditions(table, column, known)
    for number, rule in enumerate(table.box.rules, 1):
        for place, text in enumerate(rule.outputs):
            yield from _check_conclusion(table, number, place, text, known)
    for each in table.box.inputs:
        node = parse_expression(each.expression, table.setting.names)
        for name in unknown_names(node, known):
            message = f"列“{each.label}”的表达式用了未知的名称“{name}”"
            yield Finding("table-unknown-name", "error", table.label, (), each.label, message)


def _check_conditions(
    table: Table, column: Column, known: frozenset[str] | None
) -> Iterator[Finding]:
    for number, cell in enumerate(column.cells, 1):
        for literal in _literals(cell):
            if not _fits(literal, column.type):
                message = (
                    f"第 {number} 条规则的“{column.label}”写了 {_shown(literal)}"
                    f"({kind_of(literal)}),该列是 {column.type}"
                )
                yield _cell_finding("table-type", table, number, column.label, message)
        for name in unknown_names(cell, known):
            message = f"第 {number} 条规则的“{column.label}”用了未知的名称“{name}”"
            yield _cell_finding("table-unknown-name", table, number, column.label, message)


def _literals(cell: syntax.UnaryTests) -> Iterator[Any]:
    for test in cell.tests:
        if isinstance(test, syntax.Literal):
            yield test.value
        elif isinstance(test, syntax.OperatorTest) and isinstance(test.operand, syntax.Literal):
            yield test.operand.value
        elif isinstance(test, syntax.Interval):
            ends = (test.start, test.end)
            yield from (end.value for end in ends if isinstance(end, syntax.Literal))


def _fits(value: Any, expected: Type) -> bool:
    element = expected.element if expected.kind == "list" and expected.element else expected
    return value is None or element.kind in {"Any", "list", kind_of(value)}


def _check_conclusion(
    table: Table, number: int, place: int, text: str, known: frozenset[str] | None
) -> Iterator[Finding]:
    output = table.box.outputs[place]
    if not text or text == "-":
        return
    node = parse_expression(text, table.setting.names)
    for name in unknown_names(node, known):
        message = f"第 {number} 条规则的结论“{output.label}”用了未知的名称“{name}”"
        yield _cell_finding("table-unknown-name", table, number, output.label, message)
    if not isinstance(node, syntax.Literal):
        return
    expected = output_type(output, table.box, table.setting)
    if not coerce(node.value, expected).fits:
        message = (
            f"第 {number} 条规则的结论“{output.label}”是 {_shown(node.value)}，该列是 {expected}"
        )
        yield _cell_finding("table-type", table, number, output.label, message)
    allowed = allowed_outputs(table.box, table.setting)[place]
    if allowed and not any(equal(node.value, each) for each in allowed):
        message = f"第 {number} 条规则的结论“{output.label}”{_shown(node.value)} 不在列出的值之中"
        yield _cell_finding("table-value", table, number, output.label, message)


def _cell_finding(code: str, table: Table, number: int, column: str, message: str) -> Finding:
    return Finding(code, "error", table.label, (number,), column, message)


def _shown(value: Any) -> str:
    return text_of([value])[1:-1]


def unknown_names(node: Any, known: frozenset[str] | None) -> Iterator[str]:
    """Yield the names a tree uses that nobody introduced; inside filters any name may be a part."""
    if known is None:
        return
    if isinstance(node, syntax.Name):
        if node.name not in known and node.name not in _ALWAYS_KNOWN:
            yield node.name
    elif isinstance(node, syntax.Filtered):
        yield from unknown_names(node.value, known)
    else:
        inner = known | _introduced(node)
        for each in _parts(node):
            yield from unknown_names(each, inner)


def _parts(node: Any) -> tuple[Any, ...]:
    if isinstance(node, tuple):
        return node
    if isinstance(node, syntax.Node | syntax.Iterator):
        return tuple(getattr(node, field) for field in node.__dataclass_fields__)
    return ()


def _introduced(node: Any) -> frozenset[str]:
    if isinstance(node, syntax.Iteration | syntax.Quantified):
        return frozenset(each.name for each in node.iterators)
    if isinstance(node, syntax.FunctionLiteral):
        return frozenset(each.name for each in node.parameters)
    if isinstance(node, syntax.ContextLiteral):
        return frozenset(key for key, _ in node.entries)
    return frozenset()

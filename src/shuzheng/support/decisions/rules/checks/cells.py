"""Cells that cannot be meant: values of another type or not allowed, unknown names."""

from collections.abc import Iterator
from typing import Any

from shuzheng.policy.refusals import gettext_noop
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

UNKNOWN_IN_EXPRESSION = gettext_noop("列“{column}”的表达式用了未知的名称“{name}”")
UNKNOWN_IN_CONDITION = (
    "table-unknown-name",
    gettext_noop("第 {rule} 条规则的“{column}”用了未知的名称“{name}”"),
)
UNKNOWN_IN_CONCLUSION = (
    "table-unknown-name",
    gettext_noop("第 {rule} 条规则的结论“{column}”用了未知的名称“{name}”"),
)
CONDITION_TYPE = (
    "table-type",
    gettext_noop("第 {rule} 条规则的“{column}”写了 {value}（{type}），该列是 {expected}"),
)
CONCLUSION_TYPE = (
    "table-type",
    gettext_noop("第 {rule} 条规则的结论“{column}”是 {value}，该列是 {expected}"),
)
CONCLUSION_VALUE = (
    "table-value",
    gettext_noop("第 {rule} 条规则的结论“{column}”{value} 不在列出的值之中"),
)
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
            facts = {"column": each.label, "name": name}
            yield Finding(
                *("table-unknown-name", "error", table.label, (), each.label),
                template=UNKNOWN_IN_EXPRESSION,
                facts=facts,
            )


def _check_conditions(
    table: Table, column: Column, known: frozenset[str] | None
) -> Iterator[Finding]:
    for number, cell in enumerate(column.cells, 1):
        for literal in _literals(cell):
            if not _fits(literal, column.type):
                facts = {"value": _shown(literal), "type": kind_of(literal)}
                facts["expected"] = str(column.type)
                yield _cell_finding(CONDITION_TYPE, table, number, column.label, **facts)
        for name in unknown_names(cell, known):
            yield _cell_finding(UNKNOWN_IN_CONDITION, table, number, column.label, name=name)


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
        yield _cell_finding(UNKNOWN_IN_CONCLUSION, table, number, output.label, name=name)
    if not isinstance(node, syntax.Literal):
        return
    expected = output_type(output, table.box, table.setting)
    if not coerce(node.value, expected).fits:
        facts = {"value": _shown(node.value), "expected": str(expected)}
        yield _cell_finding(CONCLUSION_TYPE, table, number, output.label, **facts)
    allowed = allowed_outputs(table.box, table.setting)[place]
    if allowed and not any(equal(node.value, each) for each in allowed):
        value = _shown(node.value)
        yield _cell_finding(CONCLUSION_VALUE, table, number, output.label, value=value)


def _cell_finding(
    said: tuple[str, str], table: Table, number: int, column: str, **facts: str
) -> Finding:
    code, template = said
    all_facts = {"rule": number, "column": column, **facts}
    return Finding(code, "error", table.label, (number,), column, template, all_facts)


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

"""Names, literals, lists, contexts, intervals and operators."""

from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.arithmetic import calculate, negative
from shuzheng.support.decisions.rules.comparison import compare, equal, less
from shuzheng.support.decisions.rules.compiling.base import Setting, compile_tree
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.types import is_instance, type_from
from shuzheng.support.decisions.rules.values import Range, Undefined, kind_of


@compile_tree.register
def _(node: syntax.Literal, setting: Setting) -> Compute:  # noqa: ARG001
    value = node.value
    return lambda _scope: value


@compile_tree.register
def _(node: syntax.Name, setting: Setting) -> Compute:  # noqa: ARG001
    name = node.name

    def look_up(scope: Scope) -> Any:
        try:
            return scope.find(name)
        except KeyError:
            return scope.null(feel.UNKNOWN_NAME(name=name))

    return look_up


@compile_tree.register
def _(node: syntax.ListLiteral, setting: Setting) -> Compute:
    items = tuple(compile_tree(item, setting) for item in node.items)
    return lambda scope: [item(scope) for item in items]


@compile_tree.register
def _(node: syntax.ContextLiteral, setting: Setting) -> Compute:
    entries = tuple((key, compile_tree(value, setting)) for key, value in node.entries)
    if len({key for key, _ in entries}) < len(entries):
        return lambda scope: scope.null(feel.REPEATED_KEY())

    def build(scope: Scope) -> dict[str, Any]:
        result: dict[str, Any] = {}
        inner = scope.inner(result)
        for key, value in entries:
            result[key] = value(inner)
        return result

    return build


@compile_tree.register
def _(node: syntax.Interval, setting: Setting) -> Compute:
    start, end = compile_tree(node.start, setting), compile_tree(node.end, setting)

    def build(scope: Scope) -> Any:
        low, high = start(scope), end(scope)
        if low is not None and high is not None and less(low, high) is None and low != high:
            return scope.null(feel.RANGE_OF(low=kind_of(low), high=kind_of(high)))
        form = "null" if low is None or high is None else ""
        return Range(low, high, node.start_included, node.end_included, form)

    return build


@compile_tree.register
def _(node: syntax.OperatorTest, setting: Setting) -> Compute:
    """Outside a test, ``(< 10)`` is an open interval and ``(= 10)`` one of a single point."""
    operand, operator = compile_tree(node.operand, setting), node.operator

    def build(scope: Scope) -> Any:
        value = operand(scope)
        if operator == "!=":
            return scope.null(feel.RANGE_NOT_EQUAL())
        low = value if operator in {">", ">=", "="} else None
        high = value if operator in {"<", "<=", "="} else None
        form = "point" if operator == "=" else ""
        return Range(low, high, operator in {">=", "="}, operator in {"<=", "="}, form)

    return build


@compile_tree.register
def _(node: syntax.Negation, setting: Setting) -> Compute:
    operand = compile_tree(node.operand, setting)

    def turn(scope: Scope) -> Any:
        try:
            return negative(operand(scope))
        except Undefined as error:
            return scope.null(error.sentence)

    return turn


@compile_tree.register
def _(node: syntax.Binary, setting: Setting) -> Compute:
    left, right, operator = (
        compile_tree(node.left, setting),
        compile_tree(node.right, setting),
        node.operator,
    )
    if operator in {"=", "!=", "<", "<=", ">", ">="}:
        return _comparison(operator, left, right)

    def apply(scope: Scope) -> Any:
        try:
            value = calculate(operator, left(scope), right(scope))
        except Undefined as error:
            return scope.null(error.sentence)
        if type(value) is str:
            scope.budget.check_size(value)
        return value

    return apply


def _comparison(operator: str, left: Compute, right: Compute) -> Compute:
    def decide(scope: Scope) -> Any:
        one, other = left(scope), right(scope)
        if type(one) is list:
            scope.budget.spend(len(one))
        return equal(one, other) if operator == "=" else compare(operator, one, other)

    return decide


@compile_tree.register
def _(node: syntax.Logical, setting: Setting) -> Compute:
    operands = tuple(compile_tree(operand, setting) for operand in node.operands)
    deciding = node.operator == "or"

    def decide(scope: Scope) -> Any:
        unknown = False
        for operand in operands:
            value = operand(scope)
            if value is deciding:
                return deciding
            unknown = unknown or value is not (not deciding)
        return None if unknown else not deciding

    return decide


@compile_tree.register
def _(node: syntax.Between, setting: Setting) -> Compute:
    value, low, high = (compile_tree(each, setting) for each in (node.value, node.low, node.high))

    def decide(scope: Scope) -> Any:
        given = value(scope)
        above, below = compare(">=", given, low(scope)), compare("<=", given, high(scope))
        if above is None or below is None:
            return None
        return above and below

    return decide


@compile_tree.register
def _(node: syntax.InstanceOf, setting: Setting) -> Compute:
    value, expected = compile_tree(node.value, setting), type_from(node.type, setting.types)
    if expected is None:
        sentence = feel.UNKNOWN_TYPE(name=node.type.name)
        return lambda scope: scope.null(sentence)
    return lambda scope: is_instance(value(scope), expected)

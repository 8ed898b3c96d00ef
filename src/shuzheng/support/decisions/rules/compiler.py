"""From tree to closures: each node becomes a function of the scope; nothing is ever `eval`-ed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.arithmetic import calculate, negative
from shuzheng.support.decisions.rules.comparison import compare, equal, less, passes
from shuzheng.support.decisions.rules.errors import ExpressionTooLarge
from shuzheng.support.decisions.rules.functions import call_value, user_function
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.loops import iterate
from shuzheng.support.decisions.rules.paths import filter_list, get_property
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.types import ANY, Type, is_instance, type_from
from shuzheng.support.decisions.rules.values import Range, Undefined, kind_of


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known where a text stands.

    Attributes:
        names: names in scope of more than one word.
        types: item definitions by name.
        limits: bounds.
    """

    names: frozenset[str] = frozenset()
    types: Mapping[str, Type] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS


def compile_node(node: syntax.Node, setting: Setting) -> Compute:
    """Turn a tree into a function of the scope.

    Raises:
        ExpressionTooLarge: the tree is deeper than Python can follow.
    """
    try:
        return _compile(node, setting)
    except RecursionError as error:
        raise ExpressionTooLarge(
            measure="嵌套层数", limit=setting.limits.expression_depth
        ) from error


@singledispatch
def _compile(node: syntax.Node, setting: Setting) -> Compute:
    raise TypeError(type(node).__name__)


@_compile.register
def _(node: syntax.Literal, setting: Setting) -> Compute:  # noqa: ARG001
    value = node.value
    return lambda _scope: value


@_compile.register
def _(node: syntax.Name, setting: Setting) -> Compute:  # noqa: ARG001
    name = node.name

    def look_up(scope: Scope) -> Any:
        try:
            return scope.find(name)
        except KeyError:
            return scope.null("feel-unknown-name", f"没有名为“{name}”的变量或函数")

    return look_up


@_compile.register
def _(node: syntax.ListLiteral, setting: Setting) -> Compute:
    items = tuple(_compile(item, setting) for item in node.items)
    return lambda scope: [item(scope) for item in items]


@_compile.register
def _(node: syntax.ContextLiteral, setting: Setting) -> Compute:
    entries = tuple((key, _compile(value, setting)) for key, value in node.entries)
    if len({key for key, _ in entries}) < len(entries):
        return lambda scope: scope.null("feel-duplicate-key", "上下文中有重复的键")

    def build(scope: Scope) -> dict[str, Any]:
        result: dict[str, Any] = {}
        inner = scope.inner(result)
        for key, value in entries:
            result[key] = value(inner)
        return result

    return build


@_compile.register
def _(node: syntax.Interval, setting: Setting) -> Compute:
    start, end = _compile(node.start, setting), _compile(node.end, setting)

    def build(scope: Scope) -> Range | None:
        low, high = start(scope), end(scope)
        if low is not None and high is not None and less(low, high) is None and low != high:
            return scope.null("feel-range", f"{kind_of(low)} 与 {kind_of(high)} 不能组成区间")
        form = "null" if low is None or high is None else ""
        return Range(low, high, node.start_included, node.end_included, form)

    return build


@_compile.register
def _(node: syntax.OperatorTest, setting: Setting) -> Compute:
    """Outside a test, ``(< 10)`` is an open interval and ``(= 10)`` one of a single point."""
    operand, operator = _compile(node.operand, setting), node.operator

    def build(scope: Scope) -> Any:
        value = operand(scope)
        if operator == "!=":
            return scope.null("feel-range", "(!= …) 不是区间")
        low = value if operator in {">", ">=", "="} else None
        high = value if operator in {"<", "<=", "="} else None
        form = "point" if operator == "=" else ""
        return Range(low, high, operator in {">=", "="}, operator in {"<=", "="}, form)

    return build


@_compile.register
def _(node: syntax.Negation, setting: Setting) -> Compute:
    operand = _compile(node.operand, setting)

    def turn(scope: Scope) -> Any:
        try:
            return negative(operand(scope))
        except Undefined as error:
            return scope.null(error.code, str(error))

    return turn


@_compile.register
def _(node: syntax.Binary, setting: Setting) -> Compute:
    left, right, operator = (
        _compile(node.left, setting),
        _compile(node.right, setting),
        node.operator,
    )
    if operator in {"=", "!=", "<", "<=", ">", ">="}:
        return _comparison(operator, left, right)

    def apply(scope: Scope) -> Any:
        try:
            value = calculate(operator, left(scope), right(scope))
        except Undefined as error:
            return scope.null(error.code, str(error))
        if type(value) is str:
            scope.budget.check_size(value)
        return value

    return apply


def _comparison(operator: str, left: Compute, right: Compute) -> Compute:
    if operator == "=":
        return lambda scope: equal(left(scope), right(scope))
    return lambda scope: compare(operator, left(scope), right(scope))


@_compile.register
def _(node: syntax.Logical, setting: Setting) -> Compute:
    operands = tuple(_compile(operand, setting) for operand in node.operands)
    deciding = node.operator == "or"

    def decide(scope: Scope) -> bool | None:
        unknown = False
        for operand in operands:
            value = operand(scope)
            if value is deciding:
                return deciding
            unknown = unknown or value is not (not deciding)
        return None if unknown else not deciding

    return decide


@_compile.register
def _(node: syntax.Between, setting: Setting) -> Compute:
    value, low, high = (_compile(each, setting) for each in (node.value, node.low, node.high))

    def decide(scope: Scope) -> bool | None:
        given = value(scope)
        above, below = compare(">=", given, low(scope)), compare("<=", given, high(scope))
        if above is None or below is None:
            return None
        return above and below

    return decide


@_compile.register
def _(node: syntax.Contained, setting: Setting) -> Compute:
    value = _compile(node.value, setting)
    targets = tuple(compile_test(target, setting) for target in node.targets)

    def decide(scope: Scope) -> bool | None:
        inner = scope.inner({"?": value(scope)})
        found = [target(inner) for target in targets]
        if True in found:
            return True
        return None if None in found else False

    return decide


def compile_test(node: syntax.Node, setting: Setting) -> Compute:
    """Turn one test of the value ``?`` into a function that says true, false or null."""
    if isinstance(node, syntax.OperatorTest):
        operand, operator = _compile(node.operand, setting), node.operator
        return lambda scope: compare(operator, scope.find("?"), operand(scope))
    target = _compile(node, setting)
    if mentions_input(node):
        return lambda scope: target(scope) is True
    computed = not isinstance(node, syntax.Literal)

    def decide(scope: Scope) -> bool | None:
        value, wanted = scope.find("?"), target(scope)
        if computed and wanted is True and type(value) is not bool and type(value) is not list:
            return True
        return passes(value, wanted)

    return decide


def mentions_input(node: Any) -> bool:
    """Say whether a tree uses ``?``, and so is a condition rather than a value to compare with."""
    if isinstance(node, syntax.Name):
        return node.name == "?"
    if isinstance(node, tuple):
        return any(mentions_input(each) for each in node)
    if not isinstance(node, syntax.Node | syntax.Iterator):
        return False
    return any(mentions_input(getattr(node, name)) for name in node.__dataclass_fields__)


@_compile.register
def _(node: syntax.InstanceOf, setting: Setting) -> Compute:
    value, expected = _compile(node.value, setting), type_from(node.type, setting.types)
    if expected is None:
        message = f"没有名为“{node.type.name}”的类型"
        return lambda scope: scope.null("feel-unknown-type", message)
    return lambda scope: is_instance(value(scope), expected)


@_compile.register
def _(node: syntax.Conditional, setting: Setting) -> Compute:
    condition, then = _compile(node.condition, setting), _compile(node.then, setting)
    otherwise = _compile(node.otherwise, setting)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


@_compile.register
def _(node: syntax.Iteration, setting: Setting) -> Compute:
    sources, result = _sources(node.iterators, setting), _compile(node.result, setting)

    def loop(scope: Scope) -> list[Any] | None:
        partial: list[Any] = []
        try:
            for values in iterate(sources, scope):
                partial.append(result(scope.inner({**values, "partial": partial})))
                scope.budget.check_size(partial)
        except Undefined as error:
            return scope.null(error.code, str(error))
        return partial

    return loop


@_compile.register
def _(node: syntax.Quantified, setting: Setting) -> Compute:
    sources, condition = _sources(node.iterators, setting), _compile(node.condition, setting)
    deciding = not node.every

    def decide(scope: Scope) -> bool | None:
        unknown = False
        try:
            for values in iterate(sources, scope):
                value = condition(scope.inner(values))
                if value is deciding:
                    return deciding
                unknown = unknown or not isinstance(value, bool)
        except Undefined as error:
            return scope.null(error.code, str(error))
        return None if unknown else not deciding

    return decide


def _sources(
    iterators: tuple[syntax.Iterator, ...], setting: Setting
) -> tuple[tuple[str, Compute, Compute | None], ...]:
    return tuple(
        (each.name, _compile(each.source, setting), each.end and _compile(each.end, setting))
        for each in iterators
    )


@_compile.register
def _(node: syntax.FunctionLiteral, setting: Setting) -> Compute:
    names = tuple(parameter.name for parameter in node.parameters)
    types = tuple(
        (type_from(each.type, setting.types) or ANY) if each.type else ANY
        for each in node.parameters
    )
    if node.external:
        return lambda scope: scope.null("feel-external", "不支持外部函数")
    body = _compile(node.body, setting)
    return lambda scope: user_function("", names, types, body, scope)


@_compile.register
def _(node: syntax.Call, setting: Setting) -> Compute:
    function = _compile(node.function, setting)
    label = node.function.name if isinstance(node.function, syntax.Name) else "函数"
    if node.named is not None:
        return _named_call(
            label, function, {key: _compile(each, setting) for key, each in node.named}
        )
    arguments = tuple(_compile(argument, setting) for argument in node.arguments)

    def call(scope: Scope) -> Any:
        given = tuple(argument(scope) for argument in arguments)
        return call_value(label, function(scope), scope, given, None)

    return call


def _named_call(label: str, function: Compute, arguments: dict[str, Compute]) -> Compute:
    def call(scope: Scope) -> Any:
        given = {key: argument(scope) for key, argument in arguments.items()}
        return call_value(label, function(scope), scope, (), given)

    return call


@_compile.register
def _(node: syntax.Path, setting: Setting) -> Compute:
    value, name = _compile(node.value, setting), node.name

    def follow(scope: Scope) -> Any:
        try:
            return get_property(value(scope), name)
        except Undefined as error:
            return scope.null(error.code, str(error))

    return follow


@_compile.register
def _(node: syntax.Filtered, setting: Setting) -> Compute:
    value, condition = _compile(node.value, setting), _compile(node.condition, setting)
    return lambda scope: filter_list(value(scope), condition, scope)


def compile_unary(node: syntax.UnaryTests, setting: Setting) -> Callable[[Scope], bool]:
    """Turn a cell into a function that says whether ``?`` passes."""
    tests = tuple(compile_test(test, setting) for test in node.tests)
    if not tests:
        return lambda _scope: True
    if node.negated:
        return lambda scope: all(test(scope) is False for test in tests)
    if len(tests) == 1:
        only = tests[0]
        return lambda scope: only(scope) is True
    return lambda scope: any(test(scope) is True for test in tests)

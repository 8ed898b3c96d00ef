"""Choices, loops, functions, calls, paths and filters."""

from typing import Any

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.compiling.base import Setting, compile_tree
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.functions import call_value, user_function
from shuzheng.support.decisions.rules.loops import iterate
from shuzheng.support.decisions.rules.paths import filter_list, get_property
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.types import ANY, type_from
from shuzheng.support.decisions.rules.values import Undefined

FUNCTION = gettext_noop("函数")


@compile_tree.register
def _(node: syntax.Conditional, setting: Setting) -> Compute:
    condition, then = compile_tree(node.condition, setting), compile_tree(node.then, setting)
    otherwise = compile_tree(node.otherwise, setting)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


@compile_tree.register
def _(node: syntax.Iteration, setting: Setting) -> Compute:
    sources, result = _sources(node.iterators, setting), compile_tree(node.result, setting)

    def loop(scope: Scope) -> Any:
        partial: list[Any] = []
        try:
            for values in iterate(sources, scope):
                partial.append(result(scope.inner({**values, "partial": partial})))
                scope.budget.check_size(partial)
        except Undefined as error:
            return scope.null(error.sentence)
        return partial

    return loop


@compile_tree.register
def _(node: syntax.Quantified, setting: Setting) -> Compute:
    sources, condition = _sources(node.iterators, setting), compile_tree(node.condition, setting)
    deciding = not node.every

    def decide(scope: Scope) -> Any:
        unknown = False
        try:
            for values in iterate(sources, scope):
                value = condition(scope.inner(values))
                if value is deciding:
                    return deciding
                unknown = unknown or not isinstance(value, bool)
        except Undefined as error:
            return scope.null(error.sentence)
        return None if unknown else not deciding

    return decide


def _sources(
    iterators: tuple[syntax.Iterator, ...], setting: Setting
) -> tuple[tuple[str, Compute, Compute | None], ...]:
    return tuple(
        (
            each.name,
            compile_tree(each.source, setting),
            compile_tree(each.end, setting) if each.end else None,
        )
        for each in iterators
    )


@compile_tree.register
def _(node: syntax.FunctionLiteral, setting: Setting) -> Compute:
    names = tuple(parameter.name for parameter in node.parameters)
    types = tuple(
        (type_from(each.type, setting.types) or ANY) if each.type else ANY
        for each in node.parameters
    )
    if node.external:
        return lambda scope: scope.null(feel.EXTERNAL())
    body = compile_tree(node.body, setting)
    return lambda scope: user_function("", names, types, body, scope)


@compile_tree.register
def _(node: syntax.Call, setting: Setting) -> Compute:
    function = compile_tree(node.function, setting)
    label = node.function.name if isinstance(node.function, syntax.Name) else FUNCTION
    if node.named is not None:
        return _named_call(
            label, function, {key: compile_tree(each, setting) for key, each in node.named}
        )
    arguments = tuple(compile_tree(argument, setting) for argument in node.arguments)

    def call(scope: Scope) -> Any:
        given = tuple(argument(scope) for argument in arguments)
        return call_value(label, function(scope), scope, given, None)

    return call


def _named_call(label: str, function: Compute, arguments: dict[str, Compute]) -> Compute:
    def call(scope: Scope) -> Any:
        given = {key: argument(scope) for key, argument in arguments.items()}
        return call_value(label, function(scope), scope, (), given)

    return call


@compile_tree.register
def _(node: syntax.Path, setting: Setting) -> Compute:
    value, name = compile_tree(node.value, setting), node.name

    def follow(scope: Scope) -> Any:
        try:
            return get_property(value(scope), name)
        except Undefined as error:
            return scope.null(error.sentence)

    return follow


@compile_tree.register
def _(node: syntax.Filtered, setting: Setting) -> Compute:
    value, condition = compile_tree(node.value, setting), compile_tree(node.condition, setting)
    return lambda scope: filter_list(value(scope), condition, scope)

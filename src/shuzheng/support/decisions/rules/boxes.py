"""Boxed expressions to closures (DMN 1.5, clause 10.2)."""

from dataclasses import replace
from functools import singledispatch
from typing import Any

from shuzheng.support.decisions.rules.compiling import Setting, compile_node
from shuzheng.support.decisions.rules.definitions import (
    Box,
    ConditionalBox,
    ContextBox,
    FilterBox,
    FunctionBox,
    InvocationBox,
    ListBox,
    LiteralBox,
    LoopBox,
    RelationBox,
    TableBox,
)
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.functions import call_value, user_function
from shuzheng.support.decisions.rules.loops import iterate
from shuzheng.support.decisions.rules.names import composed
from shuzheng.support.decisions.rules.parser import parse_expression
from shuzheng.support.decisions.rules.paths import filter_list
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.tables import compile_table
from shuzheng.support.decisions.rules.types import ANY, Type, coerce, simple_type
from shuzheng.support.decisions.rules.values import Function, Undefined, kind_of


def compile_box(box: Box, setting: Setting, label: str) -> Compute:
    """Turn a boxed expression into a function of the scope; the label names it in remarks.

    Raises:
        ExpressionInvalid: a text in it does not follow the grammar.
        ModelInvalid: a table in it is not sound.
    """
    compute = _compile(box, setting, label)
    return typed(compute, type_named(box.type_ref, setting), label)


def type_named(reference: str, setting: Setting) -> Type:
    """Return a declared type, or Any if nothing known is declared."""
    return setting.types.get(reference) or simple_type(reference) or ANY


def typed(compute: Compute, expected: Type, label: str) -> Compute:
    """Bring the value to its declared type; what does not fit becomes null with a note."""
    if expected.kind == "Any" and expected.allowed is None:
        return compute

    def bring(scope: Scope) -> Any:
        value = compute(scope)
        coerced = coerce(value, expected)
        if not coerced.fits:
            scope.null(
                feel.NAMED_OTHER_TYPE(name=label, expected=str(expected), found=kind_of(value))
            )
        return coerced.value

    return bring


def _with_names(setting: Setting, *names: str) -> Setting:
    return replace(setting, names=setting.names | composed(names))


@singledispatch
def _compile(box: Box, setting: Setting, label: str) -> Compute:
    raise TypeError(f"{type(box).__name__} {setting} {label}")


@_compile.register
def _(box: LiteralBox, setting: Setting, label: str) -> Compute:  # noqa: ARG001
    if not box.text:
        return lambda scope: scope.null(feel.EMPTY())
    return compile_node(parse_expression(box.text, setting.names, setting.limits), setting)


@_compile.register
def _(box: ContextBox, setting: Setting, label: str) -> Compute:
    inner = _with_names(setting, *(entry.name for entry in box.entries))
    entries = tuple(
        (entry.name, _entry(entry.value, entry.type_ref, inner, entry.name or label))
        for entry in box.entries
    )

    def build(scope: Scope) -> Any:
        values: dict[str, Any] = {}
        here = scope.inner(values)
        for name, compute in entries:
            if not name:
                return compute(here)
            values[name] = compute(here)
        return values

    return build


def _entry(box: Box, type_ref: str, setting: Setting, label: str) -> Compute:
    return typed(compile_box(box, setting, label), type_named(type_ref, setting), label)


@_compile.register
def _(box: ListBox, setting: Setting, label: str) -> Compute:
    items = tuple(compile_box(item, setting, label) for item in box.items)
    return lambda scope: [item(scope) for item in items]


@_compile.register
def _(box: RelationBox, setting: Setting, label: str) -> Compute:
    rows = tuple(tuple(compile_box(cell, setting, label) for cell in row) for row in box.rows)

    def build(scope: Scope) -> list[dict[str, Any]]:
        return [
            {name: cell(scope) for name, cell in zip(box.columns, row, strict=True)} for row in rows
        ]

    return build


@_compile.register
def _(box: FunctionBox, setting: Setting, label: str) -> Compute:
    if box.kind != "FEEL" or box.body is None:
        return lambda scope: scope.null(feel.EXTERNAL(), label)
    names = tuple(parameter.name for parameter in box.parameters)
    types = tuple(type_named(parameter.type_ref, setting) for parameter in box.parameters)
    body = compile_box(box.body, _with_names(setting, *names), label)
    return lambda scope: user_function(label, names, types, body, scope)


@_compile.register
def _(box: InvocationBox, setting: Setting, label: str) -> Compute:
    called = compile_box(box.called, setting, label)
    bindings = tuple((name, compile_box(each, setting, label)) for name, each in box.bindings)
    shown = box.called.text if isinstance(box.called, LiteralBox) else label

    def invoke(scope: Scope) -> Any:
        function = called(scope)
        named = {name: compute(scope) for name, compute in bindings}
        if isinstance(function, Function) and not set(named) <= set(function.parameters):
            return scope.null(feel.NO_PARAMETER(names=list(named)), shown)
        missing = {name: None for name in getattr(function, "parameters", ()) if name not in named}
        return call_value(shown, function, scope, (), {**named, **missing})

    return invoke


@_compile.register
def _(box: ConditionalBox, setting: Setting, label: str) -> Compute:
    condition, then, otherwise = (
        compile_box(each, setting, label) for each in (box.condition, box.then, box.otherwise)
    )

    def choose(scope: Scope) -> Any:
        verdict = condition(scope)
        if verdict is not None and not isinstance(verdict, bool):
            return scope.null(feel.CONDITION(found=kind_of(verdict)), label)
        return then(scope) if verdict else otherwise(scope)

    return choose


@_compile.register
def _(box: LoopBox, setting: Setting, label: str) -> Compute:
    source = compile_box(box.source, setting, label)
    body = compile_box(box.body, _with_names(setting, box.variable), label)
    sources = ((box.variable, source, None),)

    def run(scope: Scope) -> Any:
        values: list[Any] = []
        try:
            for variables in iterate(sources, scope):
                values.append(body(scope.inner({**variables, "partial": values})))
                scope.budget.check_size(values)
        except Undefined as error:
            return scope.null(error.sentence)
        return values if box.kind == "for" else _quantify(values, every=box.kind == "every")

    return run


def _quantify(values: list[Any], *, every: bool) -> bool | None:
    if not all(isinstance(value, bool) for value in values):
        return None
    return all(values) if every else any(values)


@_compile.register
def _(box: FilterBox, setting: Setting, label: str) -> Compute:
    source, match = compile_box(box.source, setting, label), compile_box(box.match, setting, label)

    def choose(scope: Scope) -> Any:
        try:
            return filter_list(source(scope), match, scope, strict=True)
        except Undefined as error:
            return scope.null(error.sentence)

    return choose


@_compile.register
def _(box: TableBox, setting: Setting, label: str) -> Compute:
    return compile_table(label, box, setting).decide

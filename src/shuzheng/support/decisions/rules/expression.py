"""FEEL on its own: conditions of flows, cells of tables, whatever content writes in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuzheng.support.decisions.rules.builtins import BUILT_INS
from shuzheng.support.decisions.rules.compiling import Setting, compile_node, compile_unary
from shuzheng.support.decisions.rules.errors import EvaluationTooLong
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, NESTING, Budget, Limits
from shuzheng.support.decisions.rules.names import composed, normalise
from shuzheng.support.decisions.rules.notes import Note
from shuzheng.support.decisions.rules.parser import parse_expression, parse_unary_tests
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.syntax import Node
from shuzheng.support.decisions.rules.values import from_python


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A value and the remarks made on the way to it."""

    value: Any
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled FEEL expression; it may be kept and evaluated from many threads."""

    text: str
    node: Node = field(repr=False)
    compute: Compute = field(repr=False)
    limits: Limits = field(default=DEFAULT_LIMITS, repr=False)

    def evaluate(self, context: Mapping[str, Any], *, at: datetime | None = None) -> Any:
        """Return the value; what is undefined is None, as FEEL says.

        Args:
            context: variables by name; Python's dates, numbers, lists and mappings are understood.
            at: the moment that `now()` and `today()` stand for.

        Raises:
            EvaluationTooLong: the limits were reached.
            InputNotUsable: a variable has no counterpart in FEEL.
        """
        return self.explain(context, at=at).value

    def explain(self, context: Mapping[str, Any], *, at: datetime | None = None) -> Evaluation:
        """Return the value together with the remarks on why something became null."""
        scope = outer_scope(self.limits, at).inner(from_python(dict(context)))
        value = guarded(self.compute, scope)
        return Evaluation(value, tuple(scope.budget.notes))


@dataclass(frozen=True, slots=True)
class UnaryTest:
    """A compiled cell: the tests that an input value must pass."""

    text: str
    compute: Callable[[Scope], bool] = field(repr=False)
    limits: Limits = field(default=DEFAULT_LIMITS, repr=False)

    def passes(self, value: Any, context: Mapping[str, Any] | None = None) -> bool:
        """Say whether the value passes; the context gives further variables."""
        scope = outer_scope(self.limits).inner(from_python(dict(context or {})))
        return bool(guarded(self.compute, scope.inner({"?": from_python(value)})))


def compile_expression(
    text: str, *, names: Iterable[str] = (), limits: Limits = DEFAULT_LIMITS
) -> Expression:
    """Compile a FEEL expression.

    Args:
        text: the expression.
        names: variables that will be given and whose names are more than one word.
        limits: bounds on the text and on every evaluation.

    Raises:
        ExpressionInvalid: the text does not follow the grammar; says where and what was expected.
        ExpressionTooLarge: it is longer or deeper than the limits allow.

    >>> compile_expression("floor area > 50 and not(has flue)", names=["floor area", "has flue"]
    ... ).evaluate({"floor area": 80, "has flue": False})
    True
    """
    setting = Setting(names=composed(map(normalise, names)), limits=limits)
    node = parse_expression(text, setting.names, limits)
    return Expression(text, node, compile_node(node, setting), limits)


def compile_unary_tests(
    text: str, *, names: Iterable[str] = (), limits: Limits = DEFAULT_LIMITS
) -> UnaryTest:
    """Compile the content of a table's cell, such as ``< 50``, ``"a", "b"`` or ``not([1..3])``.

    Raises:
        ExpressionInvalid: the text does not follow the grammar; says where and what was expected.
        ExpressionTooLarge: it is longer or deeper than the limits allow.
    """
    setting = Setting(names=composed(map(normalise, names)), limits=limits)
    node = parse_unary_tests(text, setting.names, limits)
    return UnaryTest(text, compile_unary(node, setting), limits)


def outer_scope(limits: Limits, at: datetime | None = None) -> Scope:
    """Return the outermost scope of one evaluation, with a fresh budget."""
    moment = None if at is None else from_python(at)
    return Scope(BUILT_INS, None, Budget(limits, limits.steps, moment=moment))


def guarded(compute: Callable[[Scope], Any], scope: Scope) -> Any:
    """Compute; a text nested deeper than Python can follow is a limit like the others.

    Raises:
        EvaluationTooLong: the limits were reached.
    """
    try:
        return compute(scope)
    except RecursionError as error:
        raise EvaluationTooLong(measure=NESTING, limit=scope.budget.limits.call_depth) from error

"""Expressions in a drawing, read once and judged strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from shuzheng.support.decisions import rules as decisions
from shuzheng.support.workflow.rules.refusals import ConditionUndecided, ValueUnusable


class Compiled(Protocol):
    """An expression that has been read."""

    def evaluate(self, context: Mapping[str, Any], /) -> Any:
        """Return the value in that context."""


class Evaluator(Protocol):
    """The language of expressions; FEEL unless a test says otherwise."""

    def compile(self, text: str, /) -> Compiled:
        """Read an expression.

        Raises:
            ValueError: it cannot be read (a Refusal is as good).
        """


@dataclass(frozen=True, slots=True)
class FeelExpression:
    """A FEEL expression whose values are JSON, for they become variables and state."""

    expression: decisions.Expression

    def evaluate(self, context: Mapping[str, Any], /) -> Any:
        """Return the value; only variables the text can mean are handed to FEEL, which copies."""
        text = self.expression.text
        meant = {name: value for name, value in context.items() if name in text}
        return decisions.to_json(self.expression.evaluate(meant))


class Feel:
    """FEEL of the decisions room."""

    def compile(self, text: str, /) -> Compiled:
        return FeelExpression(decisions.compile_expression(text))


FEEL = Feel()


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression and the element it stands in."""

    element: str
    text: str
    compiled: Compiled

    def value(self, context: Mapping[str, Any]) -> Any:
        """Return the value."""
        return self.compiled.evaluate(context)

    def holds(self, context: Mapping[str, Any]) -> bool:
        """Return whether the condition is true.

        Raises:
            ConditionUndecided: it is neither true nor false.
        """
        value = self.compiled.evaluate(context)
        if value is True or value is False:
            return bool(value)
        raise ConditionUndecided(element=self.element, text=self.text, value=value)

    def unusable(self, value: object, needed: str) -> ValueUnusable:
        """Return the refusal to use a value here."""
        return ValueUnusable(element=self.element, text=self.text, value=value, needed=needed)

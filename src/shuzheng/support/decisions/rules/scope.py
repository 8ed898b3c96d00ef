"""Where names are looked up: a chain of mappings that share one budget."""

from collections.abc import Callable, Mapping
from typing import Any

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules.limits import Budget

Compute = Callable[["Scope"], Any]
_MISSING = object()


class Scope:
    """One level of names; the outermost holds the built-in functions."""

    __slots__ = ("budget", "parent", "values")

    def __init__(self, values: Mapping[str, Any], parent: "Scope | None", budget: Budget) -> None:
        self.values = values
        self.parent = parent
        self.budget = budget

    def inner(self, values: Mapping[str, Any]) -> "Scope":
        """Open a level inside this one."""
        return Scope(values, self, self.budget)

    def find(self, name: str) -> Any:
        """Return the innermost value of a name.

        Raises:
            KeyError: nobody has it.
        """
        scope: Scope | None = self
        while scope is not None:
            value = scope.values.get(name, _MISSING)
            if value is not _MISSING:
                return value
            scope = scope.parent
        raise KeyError(name)

    def null(self, sentence: Sentence, where: str = "") -> Any:
        """Note why a value is null, and in which function or element, and return null."""
        self.budget.note(sentence, where)
        return None

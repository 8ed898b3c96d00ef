"""How a built-in function is declared: FEEL's signature as text, and a plain function."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any, TypeVar

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from shuzheng.support.decisions.rules.values import Function, Range, Undefined, kind_of

Compute = TypeVar("Compute", bound=Callable[..., Any])
_SIGNATURE = re.compile(r"(?P<name>[^(]+)\((?P<parameters>.*)\)")
ACCEPTED: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "list": (list,),
    "context": (dict,),
    "date": (Date,),
    "day": (Date, DateTime),
    "time": (Time,),
    "date and time": (DateTime,),
    "duration": (DaysDuration, MonthsDuration),
    "days and time duration": (DaysDuration,),
    "range": (Range,),
    "function": (Function,),
}


@dataclass(frozen=True, slots=True)
class BuiltInParameter:
    """One parameter: ``name?`` may be left out, ``name...`` takes all the values there are."""

    name: str
    kind: str
    optional: bool
    variadic: bool


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a built-in function."""

    parameters: tuple[BuiltInParameter, ...]
    compute: Callable[..., Any]
    wants_scope: bool

    def values_for(
        self, given: tuple[Any, ...], named: Mapping[str, Any] | None
    ) -> tuple[Any, ...] | None:
        """Return the values in the order of the parameters, or None if this way does not fit."""
        if self.parameters and self.parameters[-1].variadic and named is None:
            given = self._gather(given)
        if named is not None:
            known = {parameter.name for parameter in self.parameters}
            if not known.issuperset(named):
                return None
            given = self._in_order(named)
        if not self._least <= len(given) <= len(self.parameters):
            return None
        pairs = zip(given, self.parameters, strict=False)
        values = tuple(accept(value, parameter) for value, parameter in pairs)
        return None if REJECTED in values else values

    def _gather(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        place = len(self.parameters) - 1
        if self.parameters[-1].kind == "list" and len(given) == 1 and isinstance(given[0], list):
            return given
        return (*given[:place], list(given[place:])) if len(given) > place else given

    def _in_order(self, named: Mapping[str, Any]) -> tuple[Any, ...]:
        needed = [each.name in named or not each.optional for each in self.parameters]
        last = max((place for place, is_needed in enumerate(needed) if is_needed), default=-1)
        return tuple(
            named.get(each.name, None if each.optional or each.kind == "any" else REJECTED)
            for each in self.parameters[: last + 1]
        )

    @property
    def _least(self) -> int:
        return sum(not parameter.optional for parameter in self.parameters)


class _Rejected:
    """Stands for a value that a parameter does not take."""

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__


REJECTED = _Rejected()
ITEMS_A_STEP = 4
"""Items of a list that a function looks through for one step of the budget."""
_overloads: dict[str, list[Overload]] = {}


def declare(signature: str, *, wants_scope: bool = False) -> Callable[[Compute], Compute]:
    """Declare a built-in function: ``@declare("substring(string: string, length?: number)")``."""
    match = _SIGNATURE.fullmatch(signature)
    if match is None:
        raise ValueError(signature)
    parts = [part for part in match["parameters"].split(", ") if part]
    parameters = tuple(_parameter(part) for part in parts)

    def register(compute: Compute) -> Compute:
        _overloads.setdefault(match["name"], []).append(Overload(parameters, compute, wants_scope))
        return compute

    return register


def _parameter(text: str) -> BuiltInParameter:
    name, _, kind = text.partition(": ")
    optional, variadic = name.endswith("?"), name.endswith("...")
    return BuiltInParameter(name.rstrip("?."), kind, optional, variadic)


def accept(value: Any, parameter: BuiltInParameter) -> Any:
    """Bring a value to a parameter's kind: as it is, or out of or into a list of one."""
    if value is REJECTED or parameter.kind == "any":
        return value
    if value is None:
        return None if parameter.optional else REJECTED
    types = ACCEPTED[parameter.kind]
    if isinstance(value, types):
        return value
    if parameter.kind == "list":
        return [value]
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], types):
        return value[0]
    return REJECTED


def built_in_functions() -> dict[str, Function]:
    """Return every declared function by name."""
    return {name: _function(name, tuple(ways)) for name, ways in _overloads.items()}


def _function(name: str, ways: tuple[Overload, ...]) -> Function:
    def call(scope: Scope, given: tuple[Any, ...], named: Mapping[str, Any] | None) -> Any:
        for way in ways:
            values = way.values_for(given, named)
            if values is not None:
                return _compute(way, values, scope)
        raise Undefined(_no_way(given, named))

    parameters = tuple(parameter.name for parameter in ways[0].parameters)
    return Function(name, parameters, call)


def _compute(way: Overload, values: tuple[Any, ...], scope: Scope) -> Any:
    for value in values:
        if type(value) is list:
            scope.budget.spend(len(value) // ITEMS_A_STEP)
    try:
        result = way.compute(scope, *values) if way.wants_scope else way.compute(*values)
    except (ValueError, DecimalException, OverflowError, ZeroDivisionError) as error:
        raise Undefined(feel.NO_RESULT()) from error
    if isinstance(result, list | str):
        scope.budget.spend(len(result) // 100)
        scope.budget.check_size(result)
    return result


def _no_way(given: tuple[Any, ...], named: Mapping[str, Any] | None) -> Sentence:
    if named is not None:
        shown = ", ".join(f"{key}: {kind_of(each)}" for key, each in named.items())
        return feel.NAMED_ARGUMENTS(given=shown)
    return feel.ARGUMENTS(given=", ".join(map(kind_of, given)))

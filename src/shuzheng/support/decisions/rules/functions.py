"""Calling: functions written in FEEL, parts of a model, and built-in ones alike."""

from collections.abc import Mapping
from typing import Any

from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.types import ANY, Type, coerce
from shuzheng.support.decisions.rules.values import Function, Undefined, kind_of


def call_value(
    label: str,
    function: Any,
    scope: Scope,
    given: tuple[Any, ...],
    named: Mapping[str, Any] | None,
) -> Any:
    """Call what a name or expression stands for; anything that goes wrong is null with a note."""
    if not isinstance(function, Function):
        return scope.null(feel.NO_FUNCTION(found=kind_of(function)), label)
    budget = scope.budget
    budget.enter()
    try:
        return function.call(scope, given, named)
    except Undefined as error:
        return scope.null(error.sentence, label)
    finally:
        budget.leave()


def bind(
    parameters: tuple[str, ...],
    types: tuple[Type, ...],
    given: tuple[Any, ...],
    named: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Give each parameter its value, brought to its type.

    Raises:
        Undefined: too many or too few values, an unknown name, or a value of another type.
    """
    if named is not None:
        if set(named) != set(parameters):
            raise Undefined(feel.PARAMETER_NAMES(names=list(parameters)))
        given = tuple(named[name] for name in parameters)
    if len(given) != len(parameters):
        raise Undefined(feel.PARAMETER_COUNT(wanted=len(parameters), given=len(given)))
    return {
        name: bring(value, expected)
        for name, value, expected in zip(parameters, given, types, strict=True)
    }


def bring(value: Any, expected: Type) -> Any:
    """Bring a value to a type.

    Raises:
        Undefined: it cannot be.
    """
    if expected is ANY:
        return value
    coerced = coerce(value, expected)
    if not coerced.fits:
        raise Undefined(feel.OTHER_TYPE(expected=str(expected), found=kind_of(value)))
    return coerced.value


def user_function(
    name: str,
    parameters: tuple[str, ...],
    types: tuple[Type, ...],
    body: Compute,
    home: Scope,
    result: Type = ANY,
) -> Function:
    """Make a function whose body sees its parameters and the place where it was written."""

    def call(scope: Scope, given: tuple[Any, ...], named: Mapping[str, Any] | None) -> Any:
        values = bind(parameters, types, given, named)
        return bring(body(Scope(values, home, scope.budget)), result)

    return Function(name, parameters, call, Type("function", parameters=types, result=result))

"""FEEL's types: what a value conforms to, and how it is brought to an expected type.

Source: DMN 1.5, 10.3.2.9 (types, conformance, conversions), 7.3.3 (item definitions).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.temporal import Date, DateTime, Time
from shuzheng.support.decisions.rules.values import Function, Range, kind_of

SIMPLE = frozenset(
    {
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)
_OLD_NAMES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "days and time duration": "days and time duration",
}


@dataclass(frozen=True, slots=True)
class Type:
    """A type.

    Attributes:
        kind: FEEL's name of the kind; ``Any`` takes everything.
        element: of a list or range.
        entries: of a context.
        parameters: of a function, None if not stated.
        result: of a function.
        name: the item definition's name, for messages.
        allowed: says whether a value is among the allowed ones.
        allowed_text: the allowed values as written.
    """

    kind: str
    element: "Type | None" = None
    entries: tuple[tuple[str, "Type"], ...] = ()
    parameters: "tuple[Type, ...] | None" = None
    result: "Type | None" = None
    name: str = ""
    allowed: Callable[[Any], bool] | None = field(default=None, compare=False)
    allowed_text: str = ""

    def __str__(self) -> str:
        """Write the type as FEEL does, or by its own name."""
        if self.name:
            return self.name
        return f"{self.kind}<{self.element}>" if self.element else self.kind


ANY = Type("Any")
NULL = Type("Null")
Names = Mapping[str, Type]


def simple_type(name: str) -> Type | None:
    """Return the built-in type of that name (also as DMN 1.1 wrote it), if there is one."""
    name = _OLD_NAMES.get(name, name)
    if name in SIMPLE or name in {"Any", "Null", "context", "list", "function", "range"}:
        return Type(name)
    return None


def type_from(node: syntax.TypeNode, names: Names) -> Type | None:
    """Return the type a text names; None if a name is unknown."""
    if node.result is not None:
        parameters = tuple(type_from(each, names) or ANY for each in node.arguments)
        return Type("function", parameters=parameters, result=type_from(node.result, names) or ANY)
    if node.entries:
        entries = tuple((key, type_from(each, names) or ANY) for key, each in node.entries)
        return Type("context", entries=entries)
    if node.arguments:
        element = type_from(node.arguments[0], names)
        return Type(node.name, element) if element and node.name in {"list", "range"} else None
    return names.get(node.name) or simple_type(node.name)


def conforms(value: Any, expected: Type) -> bool:
    """Say whether a value is of a type, allowed values included; null belongs to every type."""
    return (value is None or _is_of_kind(value, expected)) and _is_allowed(value, expected)


def is_instance(value: Any, expected: Type) -> bool:
    """Say what ``instance of`` says: null is a Null alone, allowed values do not count."""
    if value is None:
        return expected.kind == "Null"
    return _is_of_kind(value, expected)


def _is_of_kind(value: Any, expected: Type) -> bool:
    return expected.kind == "Any" or _CHECKS.get(expected.kind, _conforms_simply)(value, expected)


def _is_allowed(value: Any, expected: Type) -> bool:
    return expected.allowed is None or value is None or expected.allowed(value)


def _conforms_simply(value: Any, expected: Type) -> bool:
    return kind_of(value) == expected.kind


def _conforms_list(value: Any, expected: Type) -> bool:
    if not isinstance(value, list):
        return False
    element = expected.element
    return element is None or all(conforms(each, element) for each in value)


def _conforms_context(value: Any, expected: Type) -> bool:
    if not isinstance(value, dict):
        return False
    return all(key in value and conforms(value[key], each) for key, each in expected.entries)


def _conforms_range(value: Any, expected: Type) -> bool:
    if not isinstance(value, Range):
        return False
    element = expected.element
    if element is None or element.kind == "Any":
        return True
    return all(is_instance(each, element) for each in (value.start, value.end) if each is not None)


def _conforms_function(value: Any, expected: Type) -> bool:
    if not isinstance(value, Function):
        return False
    if expected.parameters is None:
        return True
    known = value.type
    if not isinstance(known, Type) or known.parameters is None:
        return len(value.parameters) == len(expected.parameters)
    return is_subtype(known, expected)


_CHECKS: dict[str, Callable[[Any, Type], bool]] = {
    "list": _conforms_list,
    "context": _conforms_context,
    "range": _conforms_range,
    "function": _conforms_function,
}


def is_subtype(one: Type, other: Type) -> bool:
    """Say whether every value of the first type is one of the second."""
    if other.kind == "Any" or one.kind == "Null":
        return True
    if one.kind != other.kind:
        return False
    if one.kind in {"list", "range"}:
        return other.element is None or is_subtype(one.element or ANY, other.element)
    if one.kind == "context":
        known = dict(one.entries)
        return all(key in known and is_subtype(known[key], each) for key, each in other.entries)
    return _is_subfunction(one, other) if one.kind == "function" else True


def _is_subfunction(one: Type, other: Type) -> bool:
    if other.parameters is None or one.parameters is None:
        return True
    return (
        len(one.parameters) == len(other.parameters)
        and all(is_subtype(b, a) for a, b in zip(one.parameters, other.parameters, strict=True))
        and (one.result in {None, ANY} or is_subtype(one.result or ANY, other.result or ANY))
    )


@dataclass(frozen=True, slots=True)
class Coerced:
    """The value brought to a type, or null with ``fits`` false."""

    value: Any
    fits: bool = True


def coerce(value: Any, expected: Type) -> Coerced:
    """Bring a value to a type: as it is, out of or into a list of one, a day to a moment."""
    if conforms(value, expected):
        return Coerced(value)
    if isinstance(value, list) and len(value) == 1 and expected.kind != "list":
        return Coerced(value[0]) if conforms(value[0], expected) else Coerced(None, fits=False)
    if expected.kind == "list" and not isinstance(value, list) and conforms([value], expected):
        return Coerced([value])
    if expected.kind == "date and time" and isinstance(value, Date):
        return Coerced(DateTime(value, Time(0, 0)))
    return Coerced(None, fits=False)

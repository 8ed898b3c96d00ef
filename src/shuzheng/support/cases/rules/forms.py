"""What of the bundle's one form concerns this case, and whether it is complete."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator

from shuzheng.infrastructure.web.rules.checking import FORMATS


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a prefilled value came from and of what day it is."""

    source: str
    source_name: str
    as_of: str
    value: Any
    register: str = ""
    reference: str = ""
    register_field: str = ""


@dataclass(frozen=True, slots=True)
class FormData:
    """What stands encrypted in a case: answers, values, where they came from, who confirmed."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Provenance] = field(default_factory=dict)

    def differences(self) -> Mapping[str, Any]:
        """Return the fields in which the applicant's word differs from the register's."""
        entered = {**self.answers, **self.values}
        return {
            name: entered[name]
            for name, source in self.sources.items()
            if name in entered and entered[name] != source.value
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of the form."""

    field: str
    title: str
    rule: str


def relevant_schema(schema: Mapping[str, Any], matters: Iterable[str]) -> dict[str, Any]:
    """Return the form without what concerns only matters that do not belong.

    A property says so by ``x-matters`` (one of them must belong) or ``x-unless-matters`` (none of
    them may); without either, it concerns every case.
    """
    chosen = set(matters)
    properties = {
        name: each
        for name, each in schema.get("properties", {}).items()
        if (not each.get("x-matters") or chosen & set(each["x-matters"]))
        and not chosen & set(each.get("x-unless-matters", ()))
    }
    required = [name for name in schema.get("required", ()) if name in properties]
    return {**schema, "properties": properties, "required": required}


def is_shown(each: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Say whether a field is asked at all, by its ``x-shown-when``."""
    condition = each.get("x-shown-when") or {}
    if "field" in condition:
        return bool(values.get(condition["field"]) == condition.get("equals"))
    return all(values.get(name) == wanted for name, wanted in condition.items())


def shown_schema(schema: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form without the fields that these values leave out."""
    properties = {
        name: each for name, each in schema.get("properties", {}).items() if is_shown(each, values)
    }
    required = [name for name in schema.get("required", ()) if name in properties]
    return {**schema, "properties": properties, "required": required}


def faults_of(schema: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Return what is wrong with the values, field by field, in the order of the form."""
    shown = shown_schema(schema, values)
    given = {name: value for name, value in values.items() if name in shown["properties"]}
    errors = Draft202012Validator(shown, format_checker=FORMATS).iter_errors(given)
    faults = {fault for error in errors for fault in _faults(shown["properties"], error)}
    order = {name: position for position, name in enumerate(shown["properties"])}
    return tuple(sorted(faults, key=lambda fault: (order.get(fault.field, len(order)), fault.rule)))


def typed_value(each: Mapping[str, Any], text: str) -> Any:
    """Return a register's text as the form's field wants it; what does not fit stays text.

    >>> typed_value({"type": "boolean"}, "是"), typed_value({"type": "number"}, "48.5")
    (True, 48.5)
    """
    match each.get("type"):
        case "boolean":
            return _TRUTH.get(text, text)
        case "number" | "integer":
            number = float(text) if _NUMBER.fullmatch(text) else None
            if number is None:
                return text
            return int(number) if number.is_integer() else number
        case _:
            return text


def text_value(value: Any) -> str:
    """Return a form's value as a register would write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


_TRUTH = {"是": True, "有": True, "true": True, "否": False, "无": False, "false": False}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _faults(properties: Mapping[str, Any], error: Any) -> Iterator[Fault]:
    for name in _names(error):
        title = properties.get(name, {}).get("title", name)
        yield Fault(field=name, title=str(title), rule=str(error.validator))


def _names(error: Any) -> tuple[str, ...]:
    """Return the fields an error is about: all that are missing, or the one that is wrong."""
    if error.validator == "required" and not error.absolute_path:
        return tuple(name for name in error.validator_value if name not in error.instance)
    return (_first(error.absolute_path),)


def _first(path: Sequence[Any]) -> str:
    return str(path[0]) if path else ""

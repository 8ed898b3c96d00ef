"""What of the bundle's one form concerns this case, and whether it is complete."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
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
class Edit:
    """In which revision a value was last changed, from which opened page, and when (ISO 8601)."""

    revision: int
    page: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class FormData:
    """What stands encrypted in a case: answers, values, where they came from, who changed them."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Provenance] = field(default_factory=dict)
    edits: Mapping[str, Edit] = field(default_factory=dict)

    def changed(self, values: Mapping[str, Any], edit: Edit) -> "FormData":
        """Return the form with these values; None empties a field.

        >>> FormData(values={"seats": 8}).changed({"seats": 9, "name": None}, Edit(2)).edits
        {'seats': Edit(revision=2, page='', at='')}
        """
        new = {name: value for name, value in values.items() if value != self.values.get(name)}
        kept = {**self.values, **new}
        return replace(
            self,
            values={name: value for name, value in kept.items() if value is not None},
            edits={**self.edits, **dict.fromkeys(new, edit)},
        )

    def moved(self, reference: str, decided: Collection[str]) -> tuple["FormData", tuple[str, ...]]:
        """Return the form for other premises, and the fields cleared because the old ones decided.

        Args:
            reference: of the new premises; empty where the register does not know them.
            decided: the fields that a place decides.
        """
        if reference and reference == self.answers.get("premises"):
            return self, ()
        place = {"premises": reference} if reference else {}
        gone = frozenset(decided) | {"premises"}
        moved = replace(
            self,
            answers={**_without(self.answers, gone), **place},
            values=_without(self.values, gone),
            sources=_without(self.sources, gone),
        )
        entered = {**self.answers, **self.values}
        return moved, tuple(name for name in entered if name in decided)

    def edited_since(self, moment: datetime) -> tuple[str, ...]:
        """Return the fields changed after a moment."""
        return tuple(
            name
            for name, each in self.edits.items()
            if each.at and datetime.fromisoformat(each.at) > moment
        )

    def overwritten(self, values: Mapping[str, Any], seen: Edit) -> tuple[str, ...]:
        """Return the fields that another page changed to something else since this one saw them."""
        return tuple(
            name
            for name, value in values.items()
            if name in self.edits
            and self.edits[name].revision > seen.revision
            and self.edits[name].page != seen.page
            and self.values.get(name) != value
        )

    def retold(self, values: Mapping[str, Any], fixed: Collection[str]) -> tuple[str, ...]:
        """Return the fixed fields among the values that are not as their source has them.

        >>> FormData().retold({"name": "李四", "seats": 9}, {"name"})
        ('name',)
        """
        known = {name: source.value for name, source in self.sources.items()}
        return tuple(
            name for name, value in values.items() if name in fixed and value != known.get(name)
        )

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


def decided_by_place(*schemas: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that the schemas take from the premises register."""
    return frozenset(
        name
        for schema in schemas
        for name, each in schema.get("properties", {}).items()
        if (each.get("x-source") or {}).get("register") == "premises"
    )


def fixed_fields(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields whose value is their source's alone (``readOnly``)."""
    return frozenset(
        name for name, each in schema.get("properties", {}).items() if each.get("readOnly") is True
    )


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


def _without(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: each for name, each in values.items() if name not in names}


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

"""A form as JSON Schema 2020-12 describes it, in the words the page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

Widget = Literal[
    "text", "textarea", "number", "date", "radios", "select", "checkboxes", "boolean", "consent",
    "file", "hidden",
]  # fmt: skip
Schema = Mapping[str, Any]
WIDGETS = frozenset(Widget.__args__)  # type: ignore[attr-defined]
LONGEST_TEXT = 10_000


class SchemaNotUsable(ValueError):
    """The schema asks for something no field can show."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a field may take, with its words."""

    value: Any
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is asked only when another one has this value."""

    field: str
    equals: Any

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Say whether the other field's value is, or contains, the one waited for."""
        value = values.get(self.field)
        return self.equals in value if isinstance(value, list) else bool(value == self.equals)


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    Attributes:
        name: the property's name; a property of an object is ``object.property``.
        kind: JSON type of the value: string, integer, number, boolean, array or object (a file).
        hint: one sentence under the question.
        source: where a filled-in value comes from, as the schema says it (``x-source``).
        accept: endings of the files that may be uploaded, such as ``.pdf``.
        max_bytes: the largest upload, in bytes.
        is_read_only: the value is shown and not asked (``readOnly``).
    """

    name: str
    label: str
    kind: str
    widget: Widget
    schema: Schema
    required: bool = False
    hint: str = ""
    source: str = ""
    choices: tuple[Choice, ...] = ()
    shown_when: Condition | None = None
    accept: tuple[str, ...] = ()
    max_bytes: int = 0
    unit: str = ""
    autocomplete: str = ""
    page: str = ""
    is_read_only: bool = False

    @property
    def takes_several(self) -> bool:
        """Say whether the value is a list."""
        return self.kind == "array"

    def is_shown(self, values: Mapping[str, Any]) -> bool:
        """Say whether the field is asked, given the other answers."""
        return self.shown_when is None or self.shown_when.holds(values)


@dataclass(frozen=True, slots=True)
class FormPage:
    """Some questions asked together; ``key`` is used in the address."""

    key: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormDescription:
    """All questions of a form, page by page, in the schema's order."""

    title: str
    pages: tuple[FormPage, ...]
    schema: Schema = field(repr=False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields of all pages in order."""
        return tuple(each for page in self.pages for each in page.fields)

    def get_page(self, key: str) -> FormPage | None:
        """Return the page with this key."""
        return next((page for page in self.pages if page.key == key), None)


def describe_form(schema: Schema) -> FormDescription:
    """Return the questions a JSON Schema object asks, grouped by ``x-page``.

    Raises:
        SchemaNotUsable: the schema is not an object, or a property cannot be shown.

    >>> schema = {"properties": {"name": {"type": "string", "title": "字号"}}, "required": ["name"]}
    >>> [(each.label, each.widget, each.required) for each in describe_form(schema).fields]
    [('字号', 'text', True)]
    """
    if schema.get("type", "object") != "object" or "properties" not in schema:
        raise SchemaNotUsable("a form is a JSON Schema of type object with properties")
    fields = _fields_of(schema, prefix="", page="", shown_when=None)
    keys = list(dict.fromkeys(each.page for each in fields))
    pages = tuple(
        FormPage(
            key=_page_key(number, key, schema),
            title=_page_title(key, schema),
            fields=tuple(each for each in fields if each.page == key),
        )
        for number, key in enumerate(keys, start=1)
    )
    return FormDescription(title=str(schema.get("title", "")), pages=pages, schema=schema)


def _page_key(number: int, key: str, schema: Schema) -> str:
    return key if key in schema.get("x-pages", {}) else str(number)


def _page_title(key: str, schema: Schema) -> str:
    return str(schema.get("x-pages", {}).get(key, key))


def _fields_of(
    schema: Schema, *, prefix: str, page: str, shown_when: Condition | None
) -> tuple[Field, ...]:
    required = schema.get("required", ())
    found: list[Field] = []
    for name, part in schema["properties"].items():
        page_here = str(part.get("x-page", page))
        condition = _condition(part, prefix) or shown_when
        if "properties" in part and part.get("x-widget") != "file":
            found += _fields_of(
                part, prefix=f"{prefix}{name}.", page=page_here, shown_when=condition
            )
        else:
            found.append(
                _field(
                    f"{prefix}{name}",
                    part,
                    required=name in required,
                    page=page_here,
                    shown_when=condition,
                )
            )
    return tuple(found)


def _condition(part: Schema, prefix: str) -> Condition | None:
    """Read ``x-shown-when: {"field": "flue", "equals": true}``, or ``{"flue": true}`` for short."""
    said = part.get("x-shown-when")
    if said is None:
        return None
    if "field" in said:
        return Condition(str(said["field"]), said.get("equals"))
    (name, value), *more = said.items()
    if more:
        raise SchemaNotUsable(f"x-shown-when compares one field only, {prefix}: {said}")
    return Condition(str(name), value)


def _field(
    name: str, part: Schema, *, required: bool, page: str, shown_when: Condition | None
) -> Field:
    widget = _widget(name, part)
    return Field(
        name=name,
        label=str(part.get("title", name)),
        kind=_kind(part),
        widget=widget,
        schema=part,
        required=required,
        hint=str(part.get("x-hint", part.get("description", ""))),
        source=str(part.get("x-source", "")),
        choices=_choices(part),
        shown_when=shown_when,
        accept=tuple(part.get("x-accept", ())),
        max_bytes=int(part.get("x-max-bytes", 10 * 1024 * 1024)) if widget == "file" else 0,
        unit=str(part.get("x-unit", "")),
        autocomplete=str(part.get("x-autocomplete", "")),
        page=page,
        is_read_only=part.get("readOnly") is True,
    )


def _kind(part: Schema) -> str:
    kind = part.get("type", "string")
    return next(each for each in kind if each != "null") if isinstance(kind, list) else str(kind)


def _widget(name: str, part: Schema) -> Widget:
    said = part.get("x-widget") or _usual_widget(part)
    if said not in WIDGETS:
        raise SchemaNotUsable(f"{name}: no widget {said!r}")
    return cast("Widget", said)


def _usual_widget(part: Schema) -> str:
    kind = _kind(part)
    if kind == "array":
        return "checkboxes"
    if "enum" in part or "oneOf" in part:
        return "radios" if len(_choices(part)) <= 7 else "select"  # noqa: PLR2004
    if part.get("format") == "date":
        return "date"
    return {"boolean": "boolean", "integer": "number", "number": "number"}.get(kind, "text")


def _choices(part: Schema) -> tuple[Choice, ...]:
    if part.get("type") == "array":
        part = {"x-enum-labels": part.get("x-enum-labels", {}), **part.get("items", {})}
    if "oneOf" in part:
        return tuple(
            Choice(each["const"], str(each.get("title", each["const"]))) for each in part["oneOf"]
        )
    labels = part.get("x-enum-labels", {})
    if isinstance(labels, list):
        labels = dict(zip(map(str, part.get("enum", ())), labels, strict=True))
    return tuple(Choice(each, str(labels.get(str(each), each))) for each in part.get("enum", ()))

"""A field with its value and error, in the shapes the widgets draw."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from shuzheng.infrastructure.web.rules.checking import plain_size
from shuzheng.infrastructure.web.rules.components import When
from shuzheng.infrastructure.web.rules.forms import Field, FormDescription, FormPage

INPUT_TYPES = {"mobile-phone": "tel", "email": "email"}
INPUT_MODES = {"integer": "numeric", "number": "decimal"}
LONGEST_OF_SHORT = 8


def element_id(name: str) -> str:
    """Return the id of a field's first input, which the error summary leads to."""
    return f"field-{name.replace('.', '-')}"


def posted(value: Any) -> str:
    """Return a value as a browser posts it back."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class FieldError:
    """A mistake in the reader's language; ``field`` is the dotted name."""

    field: str
    code: str
    message: str

    @property
    def anchor(self) -> str:
        """Return the element to go to."""
        return element_id(self.field)


@dataclass(frozen=True, slots=True)
class Provenance:
    """From where and from which day a filled-in value comes."""

    source: str
    as_of: When = None


@dataclass(frozen=True, slots=True)
class Option:
    """A choice as a radio or checkbox."""

    posted: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DatePart:
    """Year, month or day of a date."""

    id: str
    name: str
    label: str
    value: str
    width: int


@dataclass(frozen=True, slots=True)
class BoundField:
    """A field with its value, its error and where the value came from."""

    field: Field
    value: Any = None
    error: str = ""
    provenance: Provenance | None = None
    condition_label: str = ""
    condition_value: str = ""

    @property
    def name(self) -> str:
        """Return the name posted."""
        return self.field.name

    @property
    def id(self) -> str:
        """Return the id of the first input."""
        return element_id(self.name)

    @property
    def template(self) -> str:
        """Return the template of the widget."""
        widget = "read_only" if self.field.is_read_only else self.field.widget
        return f"web/widgets/{widget}.html"

    @property
    def described_by(self) -> str:
        """Return the ids a screen reader reads with the input."""
        parts = {"hint": self.field.hint, "source": self.provenance, "error": self.error}
        return " ".join(f"{self.id}-{part}" for part, is_there in parts.items() if is_there)

    @property
    def shown(self) -> str:
        """Return the value as typed."""
        return "" if self.value is None else posted(self.value)

    @property
    def chosen(self) -> list[Any]:
        """Return the value as a list, for choices and files."""
        if self.value in (None, ""):
            return []
        return self.value if isinstance(self.value, list) else [self.value]

    @property
    def options(self) -> tuple[Option, ...]:
        """Return the choices; a boolean without words of its own has 是 and 否."""
        choices = [(each.value, each.label) for each in self.field.choices]
        if not choices and self.field.kind == "boolean":
            choices = [(True, gettext("是")), (False, gettext("否"))]
        chosen = [posted(each) for each in self.chosen]
        return tuple(Option(posted(v), label, posted(v) in chosen) for v, label in choices)

    @property
    def is_short(self) -> bool:
        """Say whether the choices fit beside each other."""
        return len(self.options) == 2 and all(  # noqa: PLR2004
            len(each.label) <= LONGEST_OF_SHORT for each in self.options
        )

    @property
    def date_inputs(self) -> tuple[DatePart, ...]:
        """Return year, month and day as typed."""
        year, month, day = [*str(self.value or "").split("-"), "", "", ""][:3]
        return (
            DatePart(self.id, f"{self.name}-year", gettext("年"), year, 4),
            DatePart(f"{self.id}-month", f"{self.name}-month", gettext("月"), month.lstrip("0"), 2),
            DatePart(f"{self.id}-day", f"{self.name}-day", gettext("日"), day.lstrip("0"), 2),
        )

    @property
    def input_type(self) -> str:
        """Return the type that brings up the right keyboard without the browser judging."""
        return INPUT_TYPES.get(str(self.field.schema.get("format")), "text")

    @property
    def input_mode(self) -> str:
        """Return the keyboard a phone shows."""
        return INPUT_MODES.get(self.field.kind, "")

    @property
    def width(self) -> str:
        """Return the class that makes the input as wide as what belongs in it."""
        if self.field.kind in INPUT_MODES:
            return " govuk-input--width-10"
        longest = self.field.schema.get("maxLength", 0)
        return " govuk-input--width-20" if 0 < longest <= 20 else ""  # noqa: PLR2004

    @property
    def condition_posted(self) -> str:
        """Return the other field's value as posted, for the script that shows and hides."""
        condition = self.field.shown_when
        return posted(condition.equals) if condition else ""

    @property
    def largest(self) -> str:
        """Return the largest upload as people say it."""
        return plain_size(self.field.max_bytes)

    @property
    def accepted(self) -> str:
        """Return the kinds of file accepted as people say them."""
        return "、".join(each.lstrip(".").upper() for each in self.field.accept)


@dataclass(frozen=True, slots=True)
class Seen:
    """Which revision of the saved values a page was filled from, and a name for the open page."""

    revision: int
    page: str


@dataclass(frozen=True, slots=True)
class BoundForm:
    """A page of a form, or all of it, ready to be drawn by ``{% form %}``."""

    description: FormDescription
    pages: tuple[tuple[FormPage, tuple[BoundField, ...]], ...]
    errors: tuple[FieldError, ...] = ()
    page: FormPage | None = None
    seen: Seen | None = None

    @property
    def fields(self) -> tuple[BoundField, ...]:
        """Return the fields drawn, in order."""
        return tuple(each for _, fields in self.pages for each in fields)

    @property
    def has_files(self) -> bool:
        """Say whether the form uploads files."""
        return any(each.field.widget == "file" for each in self.fields)

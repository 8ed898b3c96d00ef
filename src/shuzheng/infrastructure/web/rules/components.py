"""The values components show; pages build them, templates draw them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

LightColour = Literal["green", "yellow", "red"]
StepState = Literal["done", "now", "next"]
When = date | datetime | str | None


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open something; ``hidden`` is read out but not shown."""

    text: str
    href: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One known thing: its name, its value and from where and when it is known.

    Attributes:
        source: plain name of where the value comes from, such as 人口库.
        as_of: the day the source held it.
        actions: what can be done with it, usually 更改.
    """

    label: str
    value: object
    source: str = ""
    as_of: When = None
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text, and optionally a link, a light or a figure set to the right."""

    text: object = ""
    href: str = ""
    light: LightColour | Literal[""] = ""
    tag: str = ""
    numeric: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; a cell may be plain text or a ``Cell``."""

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    caption_hidden: bool = False
    empty: str = ""

    @property
    def heads(self) -> tuple[tuple[str, bool], ...]:
        """Return each heading, and whether it stands above numbers."""
        return heads_of(self.columns, self.rows)

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the cells of each row, one for each column."""
        return tuple(
            tuple(
                value if isinstance(value, Cell) else Cell(value)
                for _, value in zip(self.columns, row, strict=True)
            )
            for row in self.rows
        )


def heads_of(
    columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> tuple[tuple[str, bool], ...]:
    """Return each heading, and whether it stands above numbers, which go to the right."""
    first = next(iter(rows), ())
    numeric = [isinstance(each, Cell) and each.numeric for each in first]
    return tuple(zip(columns, numeric or [False] * len(columns), strict=True))


@dataclass(frozen=True, slots=True)
class Keyset:
    """Where the neighbouring pages of a long list begin; empty where there is none."""

    previous: str = ""
    next: str = ""
    parameter: str = "from"
    shown: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One thing to do in a longer affair; without ``href`` it cannot be started yet."""

    title: str
    status: str
    href: str = ""
    hint: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case: what happened or is next, when or by when, and who has it."""

    title: str
    state: StepState
    at: When = None
    due_on: When = None
    who: str = ""
    text: str = ""
    light: LightColour | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that opens what it was computed from."""

    label: str
    value: object
    href: str = ""
    unit: str = ""
    light: LightColour | Literal[""] = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NavigationGroup:
    """A duty of the post and the pages it opens, for the side of the desk."""

    title: str
    links: tuple[Link, ...]

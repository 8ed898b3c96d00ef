"""The table that says what a drawing of a flow shows, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from shuzheng.infrastructure.web.rules.components import Cell, heads_of


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One row, about one element of the drawing.

    Attributes:
        element: its id; empty for a row that is about none.
        mark: how the element is drawn, space-separated: now, done, added, removed, changed,
            problem, warning, slow, never, often-1 to often-5.
        note: a word or number written on the element.
        href: what a click on the element opens.
    """

    element: str
    cells: Sequence[object]
    mark: str = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ElementTable:
    """Rows under headings; a cell may be plain text or a ``Cell``.

    Attributes:
        marks: elements that no row is about, such as lines: how each is drawn, and what is
            written on it.
    """

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[ElementRow]
    empty: str = ""
    marks: Sequence[tuple[str, str, str]] = ()

    @property
    def heads(self) -> tuple[tuple[str, bool], ...]:
        """Return each heading, and whether it stands above numbers."""
        return heads_of(self.columns, (row.cells for row in self.rows))

    @property
    def lines(self) -> tuple[tuple[ElementRow, tuple[tuple[str, Cell], ...]], ...]:
        """Return each row with its cells, each with its heading for the narrow layout."""
        return tuple(
            (
                row,
                tuple(
                    (column, cell if isinstance(cell, Cell) else Cell(cell))
                    for column, cell in zip(self.columns, row.cells, strict=True)
                ),
            )
            for row in self.rows
        )

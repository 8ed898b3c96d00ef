"""One thing that is different between two models."""

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal[
    "element-added",
    "element-removed",
    "renamed",
    "label",
    "type",
    "item",
    "requirement",
    "logic",
    "table-added",
    "table-removed",
    "policy",
    "input-added",
    "input-removed",
    "output-added",
    "output-removed",
    "note-added",
    "note-removed",
    "column",
    "rule-added",
    "rule-removed",
    "rule-moved",
    "cell",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different.

    Attributes:
        kind: what happened.
        table: name of the decision, knowledge model, input or type.
        rule: its number, in the newer version unless it was removed; 0 for a whole table.
        column: label of the column or cell that changed; for a whole thing its kind in DMN.
        before: what stood there; for a whole rule its cells in a row, for a move its number, for
            requirements the names, one a line.
        after: what stands there now.
    """

    kind: ChangeKind
    table: str
    rule: int = 0
    column: str = ""
    before: str = ""
    after: str = ""

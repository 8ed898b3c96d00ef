"""What a check has to say of a table."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is or may be wrong with a table.

    Attributes:
        code: stable, such as ``table-overlap``.
        severity: an ``error`` must not be published, a ``warning`` should be looked at.
        table: name of the decision or knowledge model.
        rules: numbers of the rules concerned, from 1.
        column: label of the column concerned, if it is one.
        message: a sentence that names the cells.
        example: inputs that show it, by column; a column that is not named may be anything.
    """

    code: str
    severity: Literal["error", "warning"]
    table: str
    rules: tuple[int, ...]
    column: str
    message: str
    example: dict[str, Any] = field(default_factory=dict)

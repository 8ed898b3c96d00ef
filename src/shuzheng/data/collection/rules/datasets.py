"""What a department delivers: its columns, their checks, and the register they feed."""

from typing import Literal

from pydantic import Field

from shuzheng.infrastructure.content.rules import ContentModel

CheckName = Literal[
    "",
    "citizen_id",
    "credit_code",
    "area_code",
    "date",
    "mobile_phone",
    "integer",
    "decimal",
    "yes_no",
]


class Column(ContentModel):
    """One column of a feed.

    Attributes:
        name: the heading, as the department writes it.
        field: the register's field it feeds; empty for columns that feed none.
        one_of: the values allowed; empty for any.
    """

    name: str
    field: str = ""
    required: bool = False
    check: CheckName = ""
    one_of: tuple[str, ...] = ()


class Dataset(ContentModel):
    """A department's dataset.

    Attributes:
        feed: the CSV file below the city's `collection` folder.
        key_column: holds the number of the register's record.
        as_of_column: the day for which the row holds.
        delivers: ``changes`` — what a file leaves out stays as it is; ``everything`` — each file is
            the whole dataset, and what it leaves out ends in the register.
        most_ended_percent: of the current records; a file that would end more asks a steward.
    """

    key: str
    name: str
    department: str
    register_key: str
    legal_basis: str
    feed: str
    key_column: str
    as_of_column: str
    columns: tuple[Column, ...]
    delivers: Literal["changes", "everything"] = "changes"
    most_ended_percent: int = Field(default=5, ge=0, le=100)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return every heading the feed must have."""
        return tuple(column.name for column in self.columns)

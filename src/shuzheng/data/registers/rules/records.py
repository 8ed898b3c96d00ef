"""Records as they leave the room: each value with its source and its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one record.

    Attributes:
        field: key of the field; name: its Chinese label.
        value: the text, or what is left of it where `is_masked`.
        source: key of the dataset it came from; source_name: how a citizen knows that source.
        as_of: the day for which the source says it.
    """

    field: str
    name: str
    value: str
    source: str
    source_name: str
    as_of: date
    is_masked: bool = False

    @property
    def origin(self) -> str:
        """The words shown beside a prefilled value."""
        return f"来自：{self.source_name}，{self.as_of.isoformat()}"


@dataclass(frozen=True, slots=True)
class Record:
    """What was read of one record; fields without a value are left out."""

    register: str
    reference: str
    values: Mapping[str, Value]

    def text(self, field: str) -> str:
        """Return the field's text, empty if the register has none."""
        value = self.values.get(field)
        return value.value if value else ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many records a source's delivery made, changed and left as they were."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0

"""What a register is: its fields, the one source of each, and whom each value is about."""

from typing import Literal

from shuzheng.data.registers.rules.masking import MaskKind
from shuzheng.infrastructure.content.rules import ContentModel

DataClass = Literal["open", "internal", "personal", "sensitive"]

SELF = "self"
"""As a field's `person`: the record itself is the person the value is about."""


class Field(ContentModel):
    """One field of a register.

    Attributes:
        dataset: the one dataset that may write the field.
        data_class: open to anyone, internal to officials, or about a person (kept encrypted).
        points_to: the register whose record the value names; the value kept is its reference.
        person: the field that names the person the value is about, `self`, or empty for nobody.
        lookup: records can be found by this value.
    """

    key: str
    name: str
    dataset: str
    source_name: str
    data_class: DataClass = "internal"
    mask: MaskKind = ""
    points_to: str = ""
    person: str = ""
    lookup: bool = False

    @property
    def is_encrypted(self) -> bool:
        """Say whether the value is kept encrypted: every value about a person is."""
        return self.data_class in {"personal", "sensitive"} and not self.points_to


class Register(ContentModel):
    """One of the base databases.

    Attributes:
        key_field: the field whose value identifies a record; references are keyed hashes of it.
        holders: fields that name the persons who may read the record as their own.
    """

    key: str
    name: str
    key_field: str
    legal_basis: str
    holders: tuple[str, ...] = ()
    fields: tuple[Field, ...]

    def get_field(self, key: str) -> Field | None:
        """Return the field of that key, or None."""
        return next((field for field in self.fields if field.key == key), None)

    def list_fields(self, data_class: DataClass) -> tuple[Field, ...]:
        """Return the fields of one data class, in the register's order."""
        return tuple(field for field in self.fields if field.data_class == data_class)

"""Which registers the city has, and how a number becomes a reference."""

from shuzheng.data.registers.models import RegisterDefinition
from shuzheng.data.registers.rules import Field, Register, UnknownField, UnknownRegister
from shuzheng.infrastructure.keys.operations import blind_index


def get_register(register: str) -> Register:
    """Return a register's definition.

    Raises:
        UnknownRegister: the city has none of that key.
    """
    row = RegisterDefinition.objects.filter(key=register).first()
    if row is None:
        raise UnknownRegister(register=register)
    return Register.model_validate(row.definition)


def get_field(register: Register, field: str) -> Field:
    """Return one field of a register.

    Raises:
        UnknownField: the register has none of that key.
    """
    found = register.get_field(field)
    if found is None:
        raise UnknownField(register=register.name, name=field)
    return found


def list_registers() -> tuple[Register, ...]:
    """Return every register of the city, by key."""
    rows = RegisterDefinition.objects.order_by("key")
    return tuple(Register.model_validate(row.definition) for row in rows)


def reference_of(register: str, key: str) -> str:
    """Return the reference of the record with this number: a keyed hash, the same for all rooms.

    Letters' case and blanks around the number do not matter; the record need not exist.
    """
    return blind_index(key.strip().upper(), context=f"register:{register}")


def lookup_index(register: str, field: str, text: str) -> str:
    """Return the keyed hash by which a record is found through one of its lookup fields."""
    return blind_index(text.strip().upper(), context=f"register:{register}.{field}")

"""The registers of a city: which fields they have and where each comes from."""

from collections.abc import Iterable
from datetime import datetime

from shuzheng.data.registers.models import RegisterDefinition
from shuzheng.data.registers.queries import count_records
from shuzheng.data.registers.rules import SELF, Field, Register
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    Item,
    Library,
    Problem,
    register_kind,
)


def check(item: Item, library: Library) -> Iterable[Problem]:
    """Say what the schema cannot: names that lead nowhere, personal fields without a person."""
    register: Register = item.value
    if register.get_field(register.key_field) is None:
        yield item.problem("key_field", message=f"没有字段“{register.key_field}”")
    for holder in register.holders:
        if register.get_field(holder) is None:
            yield item.problem("holders", message=f"没有字段“{holder}”")
    for index, field in enumerate(register.fields):
        yield from _check_field(item, index, field, library)


def _check_field(item: Item, index: int, field: Field, library: Library) -> Iterable[Problem]:
    register: Register = item.value
    if library.get("dataset", field.dataset) is None:
        yield item.problem(
            "fields",
            index,
            "dataset",
            message=f"没有数据集“{field.dataset}”",
            remedy="请在 collection/datasets 中定义。",
        )
    if field.points_to and library.get("register", field.points_to) is None:
        yield item.problem("fields", index, "points_to", message=f"没有“{field.points_to}”库")
    if field.data_class in {"personal", "sensitive"} and not field.person:
        yield item.problem(
            "fields",
            index,
            "person",
            message=f"“{field.name}”是个人信息，却没有写明是谁的",
            remedy="请填写指向本人的字段，或 self。",
        )
    if field.person not in {"", SELF} and register.get_field(field.person) is None:
        yield item.problem("fields", index, "person", message=f"没有字段“{field.person}”")


def apply(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write new and changed registers."""
    for item in items:
        RegisterDefinition.objects.update_or_create(
            key=item.key, defaults={"definition": item.value.model_dump(mode="json")}
        )


def remove(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take away registers that the folder no longer has."""
    RegisterDefinition.objects.filter(key__in=keys).delete()


def texts_of(item: Item) -> Iterable[str]:
    """Yield what people read of a register when it was looked at: its name and its fields."""
    yield item.value.name
    for each in item.value.fields:
        yield from (each.name, each.source_name)


def use(key: str) -> str:
    """Say that a register with records is in use."""
    count = count_records(key)
    return f"库中有 {count} 条记录" if count else ""


register_kind(
    ContentKind(
        name="register",
        folder="registers",
        model=Register,
        key=lambda register: str(register.key),
        check=check,
        apply=apply,
        remove=remove,
        use=use,
        texts=texts_of,
    )
)

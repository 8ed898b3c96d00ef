"""The accounts of a city's demonstration: checked with the content, made by ``demonstration``."""

from collections.abc import Iterable
from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.standards.citizen_id import is_synthetic
from shuzheng.support.identity.rules import DemonstrationAccount


def check(item: Item, library: Library) -> Iterable[Problem]:
    """Say what the schema cannot: staff who are not there, numbers that could be somebody's."""
    account: DemonstrationAccount = item.value
    if account.staff_number and library.get("staff", account.staff_number) is None:
        yield item.problem("staff_number", message=f"没有工号“{account.staff_number}”")
    if account.id_number and not is_synthetic(account.id_number):
        yield item.problem(
            "id_number",
            message="不是虚构号段的身份证号",
            remedy="演示账号只能用不可能签发的号码。",
        )


def leave(_items: tuple[object, ...], _by: Actor, _at: datetime) -> None:
    """Write nothing: a production house applies the same content and must get no such account."""


register_kind(
    ContentKind(
        name="demonstration_account",
        folder="demonstration",
        model=DemonstrationAccount,
        key=lambda account: str(account.username),
        check=check,
        apply=leave,
        texts=lambda item: (item.value.role,),
        remove=leave,
        after=("staff",),
    )
)

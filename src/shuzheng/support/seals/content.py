"""Seals as content: code, name, department and the words on the face."""

from collections.abc import Iterable
from datetime import date, datetime

from pydantic import Field

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.support.seals.operations import remove_seals, replace_seals, use_of_seal
from shuzheng.support.seals.queries import SealRow

# An X.509 name holds at most 64 bytes, 21 Chinese characters (RFC 5280, ub-common-name).
CERTIFICATE_BYTES = 64


class SealContent(ContentModel):
    """An electronic seal.

    Attributes:
        name: what the certificate is called; must say that it is a demonstration.
        short_name: 机关代字, the first word of the numbers of what it seals.
        department: code of the department.
        organisation: the name along the rim of the seal.
        purpose: the words below the star, such as 行政审批专用章; empty for the official seal.
        millimetres: diameter.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{1,50}$")
    name: str = Field(pattern="演示")
    short_name: str = Field(max_length=10)
    department: str
    organisation: str = Field(max_length=30)
    purpose: str = Field(default="", max_length=12)
    millimetres: int = Field(default=42, ge=30, le=50)
    withdrawn_on: date | None = None


def _key(value: SealContent) -> str:
    return value.code


def _check(item: Item, library: Library) -> Iterable[Problem]:
    for field in ("name", "organisation"):
        if len(getattr(item.value, field).encode()) > CERTIFICATE_BYTES:
            yield item.problem(
                field, message="证书中的名称不能超过 21 个汉字", remedy="请使用规范简称。"
            )
    if library.list("department") and not library.get("department", item.value.department):
        yield item.problem(
            "department",
            message=f"没有编码为“{item.value.department}”的部门",
            remedy="请先在 organisation/departments 中登记该部门。",
        )


def _apply(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    replace_seals(seals=tuple(SealRow(**item.value.model_dump()) for item in items))


def _remove(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    remove_seals(codes=keys)


register_kind(
    ContentKind(
        name="seal",
        folder="seals",
        model=SealContent,
        key=_key,
        check=_check,
        apply=_apply,
        remove=_remove,
        use=use_of_seal,
        after=("department",),
    )
)

"""Read ``city/*.yaml``: exactly one city."""

from collections.abc import Iterator
from datetime import datetime

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
from shuzheng.institutions.city.operations import set_city
from shuzheng.institutions.city.rules import CityFacts


class CityFile(ContentModel):
    """The city's own facts."""

    code: str = Field(pattern=r"^\d{6}$")
    name: str
    name_en: str
    case_prefix: str = Field(pattern=r"^[A-Z]{2,8}$")
    hotline: str = ""
    review_organ: str = ""
    court: str = ""


def _check(item: Item, library: Library) -> Iterator[Problem]:
    if len(library.list("city")) > 1:
        yield Problem(
            path=item.path,
            line=item.line,
            field="code",
            message="一个安装只能有一个城市。",
            remedy="只保留一个 city 文件。",
        )


def _apply(items: tuple[Item, ...], by: Actor, at: datetime) -> None:
    for item in items:
        set_city(facts=CityFacts(**item.value.model_dump()), by=by, at=at)


def _remove(_keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """The next city replaces the row; there is never none."""


register_kind(
    ContentKind(
        name="city",
        folder="city",
        model=CityFile,
        key=lambda value: str(value.code),
        check=_check,
        apply=_apply,
        remove=_remove,
    )
)

"""A city of shops and streets, for tests of content."""

from pydantic import Field

from shuzheng.infrastructure.content.rules import ContentKind, ContentModel


class Shop(ContentModel):
    code: str = Field(min_length=1)
    seats: int = Field(default=0, ge=0)
    kind: str = Field(default="noodles", pattern="^[a-z]+$")
    street: str = ""
    menu: str = ""


class Street(ContentModel):
    code: str


def nothing(*_args) -> None:
    """Apply or remove nothing."""


def street_is_known(item, library):
    if item.value.street and library.get("street", item.value.street) is None:
        yield item.problem("street", message="没有这条街", remedy="请核对。")


SHOPS = ContentKind(
    name="shop",
    folder="shops",
    model=Shop,
    key=lambda value: value.code,
    companions=lambda value: (value.menu,) if value.menu else (),
    check=street_is_known,
    apply=nothing,
    remove=nothing,
    after=("street",),
)


def kind(name: str, *after: str) -> ContentKind:
    return ContentKind(
        name=name, folder=name, model=Street, key=str, apply=nothing, remove=nothing, after=after
    )

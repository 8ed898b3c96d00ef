"""Read ``city/*.yaml``, exactly one city, and ``translations/*.yaml``."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from pydantic import Field, field_validator

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.institutions.city.operations import set_city, set_translation
from shuzheng.institutions.city.rules import CityFacts

_FACT = re.compile(r"{\w*}")


class RemediesFile(ContentModel):
    """How a decision may be contested, and whether somebody checked it against the law's text.

    Attributes:
        text: with ``{review_organ}`` and ``{court}`` where the city's own stand.
    """

    text: str = Field(min_length=1)
    verified: bool

    @field_validator("text")
    @classmethod
    def _only_known_places(cls, text: str) -> str:
        try:
            text.format(review_organ="", court="")
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError("只能写 {review_organ} 和 {court} 两处") from error
        return text


class CityFile(ContentModel):
    """The city's own facts."""

    code: str = Field(pattern=r"^\d{6}$")
    name: str
    name_en: str
    case_prefix: str = Field(pattern=r"^[A-Z]{2,8}$")
    hotline: str = ""
    review_organ: str = ""
    court: str = ""
    remedies: RemediesFile


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
        set_city(facts=_facts(item.value), by=by, at=at)


def _facts(value: CityFile) -> CityFacts:
    return CityFacts(**value.model_dump(exclude={"remedies"}), remedies=value.remedies.text)


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


class TranslationFile(ContentModel):
    """Sentences of the content as citizens read them, each with the same in another language.

    Attributes:
        texts: the Chinese sentence, word for word as the content has it, and its translation; one
            that the content no longer says does no harm.
    """

    key: str = Field(pattern=r"^[a-z0-9_.-]{1,64}$")
    language: Literal["en"]
    texts: dict[str, str] = Field(min_length=1)


def _check_translation(item: Item, library: Library) -> Iterator[Problem]:
    yield from _check_facts(item)
    yield from _check_others(item, library)


def _check_facts(item: Item) -> Iterator[Problem]:
    """What is filled in between braces must be the same in both languages, or sending fails."""
    for text, said in item.value.texts.items():
        if sorted(_FACT.findall(text)) != sorted(_FACT.findall(said)):
            yield item.problem(
                "texts",
                text,
                message=f"“{text}”的译文里花括号的内容不同。",
                remedy="两边的花括号要一样。",
            )


def _check_others(item: Item, library: Library) -> Iterator[Problem]:
    """Two files that say one sentence differently would make it depend on their names."""
    for other in library.list("translation"):
        if other.key >= item.key or other.value.language != item.value.language:
            continue
        for text in item.value.texts.keys() & other.value.texts.keys():
            if item.value.texts[text] != other.value.texts[text]:
                yield Problem(
                    path=item.path,
                    line=item.line,
                    field=f"texts.{text}",
                    message=f"“{text}”在 {other.path.name} 里另有译文。",
                    remedy="只留一处。",
                )


def _apply_translations(items: tuple[Item, ...], by: Actor, at: datetime) -> None:
    for item in items:
        value = item.value
        assert isinstance(value, TranslationFile)
        set_translation(key=value.key, language=value.language, texts=value.texts, by=by, at=at)


def _remove_translations(keys: tuple[str, ...], by: Actor, at: datetime) -> None:
    for key in keys:
        set_translation(key=key, language="", texts={}, by=by, at=at)


register_kind(
    ContentKind(
        name="translation",
        folder="translations",
        model=TranslationFile,
        key=lambda value: str(value.key),
        check=_check_translation,
        apply=_apply_translations,
        remove=_remove_translations,
    )
)

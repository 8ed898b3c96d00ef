"""Document templates as content: one YAML item, one typst file, one shared layout."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

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
from shuzheng.support.documents.operations import remove_templates, replace_templates
from shuzheng.support.documents.rules import Template, check_schema


class DocumentTemplateContent(ContentModel):
    """A document template.

    Attributes:
        word: stands in the document's number between organ and year, such as 许准.
        source: typst file beside the YAML; it finds the data in ``data`` and the QR code in ``qr``.
        layout: typst file put before ``source``, shared by several templates.
        data: JSON Schema (2020-12) of the data the template needs.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_.-]+$", max_length=80)
    title: str
    word: str = Field(default="", max_length=10)
    source: str
    layout: str = ""
    data: dict[str, Any]


def _key(value: DocumentTemplateContent) -> str:
    return value.key


def _companions(value: DocumentTemplateContent) -> tuple[str, ...]:
    return tuple(name for name in (value.layout, value.source) if name)


def _check(item: Item, _library: Library) -> Iterable[Problem]:
    why = check_schema(item.value.data)
    if why:
        yield item.problem(
            "data",
            message=f"不是有效的 JSON Schema:{why}",
            remedy="请按 JSON Schema 2020-12 修正 data。",
        )


def _apply(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    replace_templates(templates=tuple(_template(item) for item in items))


def _remove(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    remove_templates(keys=keys)


def _template(item: Item) -> Template:
    content: DocumentTemplateContent = item.value
    source = "\n".join(item.read(name).decode() for name in _companions(content))
    return Template(content.key, content.title, source, content.data, item.digest, content.word)


register_kind(
    ContentKind(
        name="document_template",
        folder="documents",
        model=DocumentTemplateContent,
        key=_key,
        companions=_companions,
        check=_check,
        apply=_apply,
        remove=_remove,
        texts=lambda item: (item.value.title,),
    )
)

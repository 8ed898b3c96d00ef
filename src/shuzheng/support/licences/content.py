"""Licence types as content."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

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
from shuzheng.policy.citations import Citation
from shuzheng.support.licences.operations import (
    remove_licence_types,
    replace_licence_types,
    use_of_licence_type,
)
from shuzheng.support.licences.rules import LicenceField, LicenceType
from shuzheng.support.licences.rules.grounds import EndKey, Ground


class LicenceFieldContent(ContentModel):
    """A fact that licences of a type state."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    is_sensitive: bool = False
    is_required: bool = True


class RenewalContent(ContentModel):
    """Until when renewal is asked for, and when the holder is reminded; in working days."""

    ask_working_days_before: int = Field(ge=1, le=100)
    remind_working_days_before: int = Field(ge=1, le=100)
    citation: Citation


class GroundContent(ContentModel):
    """A ground on which licences of a type end, as a law gives it."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    end: EndKey
    text: str
    requires: Literal["", "ended", "expired"] = ""
    citation: Citation


class LicenceTypeContent(ContentModel):
    """A type of licence.

    Attributes:
        suffix: three digits after the issuing department's credit code (GB/T 36904).
        department: code of the issuing department.
        word: stands in the licence's number between the organ's short name and the year.
        template: key of the document template.
        basis: by which law it is issued.
        valid_years: 0 if it holds without end.
        validity_verified: somebody has read where the years come from.
        supervised_by: code of the department it is handed over to.
        is_reference_copy: its layout is national; ours is a copy for reference.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_.-]+$", max_length=60)
    title: str
    suffix: str = Field(pattern=r"^\d{3}$")
    department: str
    word: str = Field(max_length=10)
    template: str
    basis: Citation
    fields: tuple[LicenceFieldContent, ...]
    valid_years: int = Field(default=0, ge=0, le=50)
    validity_source: str = ""
    validity_verified: bool = False
    supervised_by: str = ""
    holder: Literal["person", "organisation"] = "organisation"
    is_reference_copy: bool = False
    renewal: RenewalContent | None = None
    grounds: tuple[GroundContent, ...] = ()


def _key(value: LicenceTypeContent) -> str:
    return value.key


def _check(item: Item, library: Library) -> Iterable[Problem]:
    value: LicenceTypeContent = item.value
    wanted = (
        ("department", "department", value.department),
        ("supervised_by", "department", value.supervised_by),
        ("template", "document_template", value.template),
    )
    for field, kind, key in wanted:
        if key and not library.get(kind, key):
            yield item.problem(field, message=f"没有“{key}”", remedy=f"请先登记，或改正 {field}。")
    renewal = value.renewal
    if renewal and renewal.remind_working_days_before < renewal.ask_working_days_before:
        yield item.problem(
            "renewal", message="提醒晚于申请延续的最后一天", remedy="提醒应当早于这一天。"
        )


def _apply(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    replace_licence_types(types=tuple(_licence_type(item) for item in items))


def _remove(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    remove_licence_types(keys=keys)


def _licence_type(item: Item) -> LicenceType:
    value: LicenceTypeContent = item.value
    left_out = {"basis", "fields", "validity_source", "validity_verified", "renewal", "grounds"}
    renewal = value.renewal
    return LicenceType(
        **value.model_dump(exclude=left_out),
        renewal_working_days=renewal.ask_working_days_before if renewal else 0,
        remind_working_days=renewal.remind_working_days_before if renewal else 0,
        renewal_basis=renewal.citation.reference if renewal else "",
        grounds=tuple(_ground(each) for each in value.grounds),
        basis=value.basis.reference,
        fields=tuple(LicenceField(**each.model_dump()) for each in value.fields),
        digest=item.digest,
    )


def _ground(value: GroundContent) -> Ground:
    return Ground(
        key=value.key,
        end=value.end,
        text=value.text,
        citation=value.citation.model_dump(mode="json"),
        basis=value.citation.reference,
        requires=value.requires,
    )


register_kind(
    ContentKind(
        name="licence_type",
        folder="licences",
        model=LicenceTypeContent,
        key=_key,
        check=_check,
        apply=_apply,
        remove=_remove,
        use=use_of_licence_type,
        texts=lambda item: (item.value.title,),
        after=("department", "document_template"),
    )
)

"""Departments, posts and duties as the rest of the house sees them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from shuzheng.policy.refusals import NotFound, Refusal, gettext_noop

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """An organ that acts in its own name.

    Attributes:
        credit_code: of GB 32100; invented ones are valid but not ``is_verified``.
        area: code of the area it is responsible for.
        level: ``city``, ``county``, ``town`` or ``village``.
    """

    code: str
    name: str
    credit_code: str
    area: str
    level: str
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A place in a department.

    Attributes:
        department: code of the department.
        areas: codes of the areas whose matters it handles; a parent covers its children.
        permissions: keys of declared permissions.
        superior: code of the post above, empty at the top.
        duties: what it does, ``verb:subject``, such as ``rule:food_licence``.
    """

    code: str
    name: str
    department: str
    areas: tuple[str, ...]
    permissions: tuple[str, ...]
    superior: str
    duties: tuple[str, ...]


class OrganisationRefusal(Refusal):
    """Something about the organisation was refused."""


class DepartmentUnknown(OrganisationRefusal, NotFound):
    """No department has this code."""

    code = "department-unknown"
    template = gettext_noop("没有编码为“{department}”的部门。")
    remedy = gettext_noop("请核对部门编码。")


class PostUnknown(OrganisationRefusal, NotFound):
    """No post has this code."""

    code = "post-unknown"
    template = gettext_noop("没有编码为“{post}”的岗位。")
    remedy = gettext_noop("请核对岗位编码。")


def duties_named_in(value: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield the duties that a content value names in fields called ``duty`` or ``…_duty``.

    A duty with braces is a pattern that is filled in later and is left out.
    """
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str) and f"_{name}".endswith("_duty"):
                if inner and "{" not in inner:
                    yield (*where, name), inner
            else:
                yield from duties_named_in(inner, (*where, name))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from duties_named_in(inner, (*where, index))


def chain_above(post: str, superiors: Mapping[str, str]) -> tuple[str, ...]:
    """Return the posts above a post, nearest first; a circle ends where it closes.

    >>> chain_above("a", {"a": "b", "b": "c", "c": ""})
    ('b', 'c')
    """
    chain: list[str] = []
    above = superiors.get(post, "")
    while above and above not in chain:
        chain.append(above)
        above = superiors.get(above, "")
    return tuple(chain)

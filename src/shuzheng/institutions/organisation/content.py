"""Departments and posts of a city."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from pydantic import Field, field_validator

from shuzheng.infrastructure.access.rules import Actor, declared_permissions
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_check,
    register_kind,
)
from shuzheng.institutions.areas.rules import codes_in
from shuzheng.institutions.organisation.models import Department, Post
from shuzheng.institutions.organisation.rules import chain_above, duties_named_in
from shuzheng.standards.credit_code import is_credit_code

CODE = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"


class DepartmentContent(ContentModel):
    """A department; an invented credit code is ``verified: false``."""

    code: str = Field(pattern=CODE)
    name: str = Field(min_length=1)
    credit_code: str
    verified: bool
    area: str
    level: Literal["province", "city", "county", "town", "village"]

    @field_validator("credit_code")
    @classmethod
    def _has_a_right_check_character(cls, value: str) -> str:
        if not is_credit_code(value):
            raise ValueError(f"统一社会信用代码 {value} 的格式或校验码不对")
        return value


class PostContent(ContentModel):
    """A post: where it acts, what it may and what it has to do."""

    code: str = Field(pattern=CODE)
    name: str = Field(min_length=1)
    department: str
    areas: tuple[str, ...] = Field(min_length=1)
    superior: str = ""
    permissions: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()

    @field_validator("duties")
    @classmethod
    def _verb_and_subject(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for duty in value:
            verb, colon, subject = duty.partition(":")
            if not (verb and colon and subject):
                raise ValueError(f"职责 {duty} 应写成 动作:对象，例如 rule:food_licence")
        return value


def check_department(item: Item, library: Library) -> Iterator[Problem]:
    """A department's area is one of the city's."""
    if item.value.area not in codes_in(library):
        yield _unknown_area(item, item.value.area, "area")


def check_post(item: Item, library: Library) -> Iterator[Problem]:
    """A post stands in a known department, below a known post, with declared permissions."""
    post: PostContent = item.value
    if library.get("department", post.department) is None:
        yield item.problem(
            "department",
            message=f"没有编码为“{post.department}”的部门",
            remedy="请在 organisation/departments 中定义它，或改正编码。",
        )
    yield from _check_superior(item, library)
    for area in sorted(set(post.areas) - codes_in(library)):
        yield _unknown_area(item, area, "areas")
    for key in sorted(set(post.permissions) - {each.key for each in declared_permissions()}):
        yield item.problem(
            "permissions",
            message=f"没有声明过权限“{key}”",
            remedy="请核对权限名；可用的权限见各房间的 rules。",
        )


def check_duties(library: Library) -> Iterator[Problem]:
    """Work that content sends to a duty finds a post that has it."""
    known = {duty for item in library.list("post") for duty in item.value.duties}
    for item in library.all() if known else ():
        for where, duty in duties_named_in(item.value):
            if duty not in known:
                yield item.problem(
                    *where,
                    message=f"没有岗位承担职责“{duty}”",
                    remedy="请在 organisation/posts 中给一个岗位加上它，或改正职责。",
                )


def _check_superior(item: Item, library: Library) -> Iterator[Problem]:
    superior = item.value.superior
    if superior and library.get("post", superior) is None:
        yield item.problem(
            "superior", message=f"没有编码为“{superior}”的岗位", remedy="请核对上级岗位。"
        )
    superiors = {each.key: each.value.superior for each in library.list("post")}
    if item.key in chain_above(item.key, superiors):
        yield item.problem(
            "superior", message="上级岗位连成了一个圈", remedy="最上面的岗位不写 superior。"
        )


def _unknown_area(item: Item, area: str, name: str) -> Problem:
    return item.problem(
        name, message=f"没有代码为“{area}”的行政区划", remedy="请核对 areas 下的区划代码。"
    )


def apply_departments(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write departments."""
    Department.objects.bulk_create(
        [_department_row(item.value) for item in items],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "credit_code", "is_verified", "area", "level"],
    )


def _department_row(value: DepartmentContent) -> Department:
    return Department(
        code=value.code,
        name=value.name,
        credit_code=value.credit_code,
        is_verified=value.verified,
        area=value.area,
        level=value.level,
    )


def apply_posts(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write posts, then who is above whom, since a superior may be new too."""
    departments = {row.code: row for row in Department.objects.all()}
    for item in items:
        post: PostContent = item.value
        Post.objects.update_or_create(
            code=post.code,
            defaults={
                "name": post.name,
                "department": departments[post.department],
                "areas": list(post.areas),
                "permissions": list(post.permissions),
                "duties": list(post.duties),
            },
        )
    for item in items:
        superior = Post.objects.filter(code=item.value.superior).first()
        Post.objects.filter(code=item.key).update(superior=superior)


def remove_departments(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take departments away."""
    Department.objects.filter(code__in=keys).delete()


def remove_posts(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take posts away; those removed together may stand above each other."""
    Post.objects.filter(code__in=keys).update(superior=None)
    Post.objects.filter(code__in=keys).delete()


def use_of_department(code: str) -> str:
    """Say which posts a department still has."""
    posts = Post.objects.filter(department__code=code).values_list("code", flat=True)
    return f"它还有岗位 {'、'.join(sorted(posts))}" if posts else ""


def use_of_post(code: str) -> str:
    """Say which posts still stand below."""
    posts = Post.objects.filter(superior__code=code).values_list("code", flat=True)
    return f"它是 {'、'.join(sorted(posts))} 的上级岗位" if posts else ""


DEPARTMENTS = register_kind(
    ContentKind(
        name="department",
        folder="organisation/departments",
        model=DepartmentContent,
        key=lambda value: value.code,
        check=check_department,
        apply=apply_departments,
        remove=remove_departments,
        use=use_of_department,
        texts=lambda item: (item.value.name,),
        after=("division",),
    )
)
POSTS = register_kind(
    ContentKind(
        name="post",
        folder="organisation/posts",
        model=PostContent,
        key=lambda value: value.code,
        check=check_post,
        apply=apply_posts,
        remove=remove_posts,
        use=use_of_post,
        texts=lambda item: (item.value.name,),
        after=("department",),
    )
)
register_check("duties", check_duties)

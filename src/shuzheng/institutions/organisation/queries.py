"""Who is responsible for what."""

from collections.abc import Mapping
from typing import Any

from shuzheng.infrastructure.access.rules import covers
from shuzheng.infrastructure.content.queries import kept
from shuzheng.institutions.organisation import models
from shuzheng.institutions.organisation.rules import (
    Department,
    DepartmentUnknown,
    Post,
    PostUnknown,
    chain_above,
)


def get_department(code: str) -> Department:
    """Return a department.

    Raises:
        DepartmentUnknown: no department has this code.
    """
    found = _departments().get(code)
    if found is None:
        raise DepartmentUnknown(department=code)
    return found


def list_departments() -> tuple[Department, ...]:
    """Return all departments by code."""
    return tuple(_departments().values())


def get_post(code: str) -> Post:
    """Return a post.

    Raises:
        PostUnknown: no post has this code.
    """
    found = _posts().get(code)
    if found is None:
        raise PostUnknown(post=code)
    return found


def list_posts() -> tuple[Post, ...]:
    """Return all posts by code."""
    return tuple(_posts().values())


def list_posts_with_duty(duty: str, area: str) -> tuple[Post, ...]:
    """Return the posts that have the duty in the area, the most local first."""
    found = [post for post in list_posts() if duty in post.duties and covers(post.areas, area)]
    return tuple(sorted(found, key=lambda post: -max(len(each) for each in post.areas)))


def get_superior_post(code: str) -> Post | None:
    """Return the post above, or nothing at the top.

    Raises:
        PostUnknown: no post has this code.
    """
    superior = get_post(code).superior
    return get_post(superior) if superior else None


def list_posts_above(code: str) -> tuple[Post, ...]:
    """Return the posts above a post, nearest first; none if there is no such post."""
    posts = {post.code: post for post in list_posts()}
    above = chain_above(code, {post.code: post.superior for post in posts.values()})
    return tuple(posts[each] for each in above)


def list_posts_below(code: str) -> tuple[Post, ...]:
    """Return the posts a post stands above, however far, by code."""
    posts = list_posts()
    superiors = {post.code: post.superior for post in posts}
    return tuple(post for post in posts if code in chain_above(post.code, superiors))


def list_posts_of_department(department: str) -> tuple[Post, ...]:
    """Return the posts of a department by code."""
    return tuple(post for post in list_posts() if post.department == department)


@kept
def _departments() -> Mapping[str, Department]:
    return {row.code: _department(row) for row in models.Department.objects.order_by("code")}


@kept
def _posts() -> Mapping[str, Post]:
    rows = models.Post.objects.order_by("code").values_list(*_COLUMNS)
    return {post.code: post for post in map(_post, rows)}


_COLUMNS = (
    *("code", "name", "department__code", "areas", "permissions"),
    *("superior__code", "duties"),
)


def _department(row: models.Department) -> Department:
    return Department(
        code=row.code,
        name=row.name,
        credit_code=row.credit_code,
        area=row.area,
        level=row.level,
        is_verified=row.is_verified,
    )


def _post(row: tuple[Any, ...]) -> Post:
    code, name, department, areas, permissions, superior, duties = row
    return Post(
        code=code,
        name=name,
        department=department,
        areas=tuple(areas),
        permissions=tuple(permissions),
        superior=superior or "",
        duties=tuple(duties),
    )

"""Who is responsible for what."""

from typing import Any

from django.db.models import QuerySet

from shuzheng.infrastructure.access.rules import covers
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
    row = models.Department.objects.filter(code=code).first()
    if row is None:
        raise DepartmentUnknown(department=code)
    return _department(row)


def list_departments() -> tuple[Department, ...]:
    """Return all departments by code."""
    return tuple(_department(row) for row in models.Department.objects.order_by("code"))


def get_post(code: str) -> Post:
    """Return a post.

    Raises:
        PostUnknown: no post has this code.
    """
    row = _posts().filter(code=code).first()
    if row is None:
        raise PostUnknown(post=code)
    return _post(row)


def list_posts() -> tuple[Post, ...]:
    """Return all posts by code."""
    return tuple(_post(row) for row in _posts())


def list_posts_with_duty(duty: str, area: str) -> tuple[Post, ...]:
    """Return the posts that have the duty in the area, the most local first."""
    rows = _posts().filter(duties__contains=[duty])
    found = [post for post in map(_post, rows) if covers(post.areas, area)]
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
    return tuple(_post(row) for row in _posts().filter(department__code=department))


# Rows, not models: every page asks for posts, each with its department and the post above.
_COLUMNS = (
    *("code", "name", "department__code", "areas", "permissions"),
    *("superior__code", "duties"),
)


def _posts() -> QuerySet[models.Post, Any]:
    return models.Post.objects.order_by("code").values_list(*_COLUMNS)


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

"""Posts without anybody: a mark on their tasks, and a table of what lies there."""

from collections.abc import Collection, Iterable
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.support.cases.queries import list_vacant_posts, vacant_among


class Raised(Protocol):
    """A task that may be shown to another post than its own."""

    @property
    def post(self) -> str:
        """Its own post."""

    @property
    def is_escalated(self) -> bool:
        """Whether a post above sees it too."""


def vacant_posts_of(rows: Iterable[Raised], *, own: str = "") -> frozenset[str]:
    """Return the posts of raised tasks that nobody holds now.

    Args:
        own: the reader's post, which somebody holds.
    """
    raised = {row.post for row in rows if row.is_escalated} - {own}
    return vacant_among(raised, at=timezone.now())


def mark_of(row: Raised, vacant: Collection[str]) -> str:
    """Return in words why the reader sees a task of another post; nothing for an ordinary one."""
    if not row.is_escalated:
        return ""
    if row.post not in vacant:
        return gettext("提级")
    names = {each.code: each.name for each in list_posts()}
    return gettext("{post}：本岗位暂无人员").format(post=names.get(row.post, row.post))


def vacancy_table(posts: Collection[str] | None = None) -> Table | None:
    """Draw the posts without anybody that have open work; None where there are none."""
    rows = list_vacant_posts(at=timezone.now(), posts=posts)
    names = {each.code: each.name for each in list_posts()}
    lines = [
        (
            names.get(row.post, row.post) or gettext("没有岗位承担"),
            row.open_tasks,
            row.due_on or gettext("无期限"),
            names[row.raised_to]
            if row.raised_to
            else Cell(gettext("上级岗位也没有人员"), tag="red"),
        )
        for row in rows
    ]
    columns = (gettext("岗位"), gettext("待办任务"), gettext("最早到期"), gettext("现由谁看到"))
    return Table(gettext("有待办而暂无人员的岗位"), columns, lines) if lines else None

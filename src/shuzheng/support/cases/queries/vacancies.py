"""Posts nobody holds, and the work that lies there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min

from shuzheng.support.cases.models import Task
from shuzheng.support.identity.queries import held_among, list_held_posts


@dataclass(frozen=True, slots=True)
class VacantPost:
    """A post nobody holds at the moment, with its open work.

    Attributes:
        post: its code; empty where no post has the duty.
        raised_to: the post above that sees the work; empty while nobody does.
        due_on: the earliest day one of the tasks is due.
    """

    post: str
    raised_to: str
    open_tasks: int
    due_on: date | None


def list_vacant_posts(
    *, at: datetime, posts: Collection[str] | None = None
) -> tuple[VacantPost, ...]:
    """Return the posts without anybody that have open work, what nobody sees on top.

    Args:
        posts: only these; None for all, those also that the organisation no longer has.
    """
    held = list_held_posts(at=at)
    tasks = Task.objects.filter(state="open", for_applicant=False)
    if posts is None:
        tasks = tasks.exclude(post__in=held)
    else:
        tasks = tasks.filter(post__in=set(posts) - held)
    rows = tasks.values_list("post", "escalated_to").annotate(Count("pk"), Min("due_on"))
    found = [
        VacantPost(post, raised_to if raised_to in held else "", count, due_on)
        for post, raised_to, count, due_on in rows
    ]
    return tuple(sorted(_merged(found), key=lambda row: (bool(row.raised_to), row.post)))


def vacant_among(posts: Collection[str], *, at: datetime) -> frozenset[str]:
    """Return those of the posts that nobody holds at a moment."""
    return frozenset(posts) - held_among(posts, at=at) if posts else frozenset()


def _merged(rows: list[VacantPost]) -> list[VacantPost]:
    """Put together what is one line once posts that nobody holds count as none."""
    merged: dict[tuple[str, str], VacantPost] = {}
    for row in rows:
        key = row.post, row.raised_to
        before = merged.get(key, VacantPost(*key, 0, None))
        days = [day for day in (before.due_on, row.due_on) if day]
        total = before.open_tasks + row.open_tasks
        merged[key] = VacantPost(*key, total, min(days, default=None))
    return list(merged.values())

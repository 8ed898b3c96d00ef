"""Who stands in on which post at a moment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.institutions.people.queries import list_posts_of_many
from shuzheng.support.identity.models import Account, Acting


@dataclass(frozen=True, slots=True)
class ActingRow:
    """Somebody stands in on a post from one moment to another."""

    id: int
    post: str
    holder: str
    holder_name: str
    giver_name: str
    from_at: datetime
    to_at: datetime
    reasons: str
    is_in_force: bool


def list_acting(
    *, posts: Collection[str], account: str = "", at: datetime
) -> tuple[ActingRow, ...]:
    """Return who stands in, or will, on these posts, and where the account does."""
    rows = Acting.objects.filter(to_at__gt=at).select_related("holder").order_by("from_at", "pk")
    return tuple(
        _row(row, at)
        for row in rows
        if row.term.end > at and (row.post in posts or str(row.holder.public_id) == account)
    )


def acting_posts(holders: Iterable[Account], *, at: datetime) -> Mapping[int, tuple[str, ...]]:
    """Return the posts each account stands in on at a moment, by the account's key.

    It ends with its term, and as soon as who gave it no longer holds what they gave it from, or
    who stands in no longer holds a post of the same department.
    """
    standing = [each.pk for each in holders if each.acting_until and each.acting_until > at]
    if not standing:
        return {}
    rows = Acting.objects.filter(holder__in=standing, from_at__lte=at, to_at__gt=at)
    found: dict[int, tuple[str, ...]] = {}
    for row in _still_given(tuple(rows.select_related("holder").order_by("pk")), at):
        if row.term.is_in_force(at):
            found[row.holder_id] = (*found.get(row.holder_id, ()), row.post)
    return found


def list_acting_accounts(post: str, *, at: datetime) -> tuple[Account, ...]:
    """Return the open accounts of who stands in on a post at a moment."""
    rows = Acting.objects.filter(post=post, from_at__lte=at, to_at__gt=at, holder__is_active=True)
    given = _still_given(tuple(rows.select_related("holder").order_by("pk")), at)
    return tuple(row.holder for row in given if row.term.is_in_force(at))


def _still_given(rows: tuple[Acting, ...], at: datetime) -> tuple[Acting, ...]:
    """Leave out what its giver can give no longer, and what its holder may take no longer."""
    givers = Account.objects.filter(public_id__in=[row.giver for row in rows], is_active=True)
    numbers = {str(row.public_id): row.staff_number for row in givers}
    staff = {*numbers.values(), *(row.holder.staff_number for row in rows)}
    held = list_posts_of_many(staff, get_calendar().local_day(at))
    department = {post.code: post.department for post in list_posts()}

    def is_given(row: Acting) -> bool:
        own = {department.get(post) for post in held[row.holder.staff_number]} - {None}
        return (
            row.giver in numbers
            and row.giver_post in held[numbers[row.giver]]
            and department.get(row.post) in own
        )

    return tuple(filter(is_given, rows))


def _row(row: Acting, at: datetime) -> ActingRow:
    return ActingRow(
        id=row.pk,
        post=row.post,
        holder=str(row.holder.public_id),
        holder_name=row.holder.display_name,
        giver_name=row.giver_name,
        from_at=row.from_at,
        to_at=row.term.end,
        reasons=row.reasons,
        is_in_force=row.term.is_in_force(at),
    )

"""Name somebody to stand in on a post for a time, and end it early; it ends by itself."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import get_post, list_posts_below
from shuzheng.institutions.organisation.rules import Post
from shuzheng.institutions.people.queries import list_posts_of_staff
from shuzheng.support.identity.models import Account, Acting
from shuzheng.support.identity.queries.accounts import is_identifier
from shuzheng.support.identity.rules.acting import (
    ACTING_ENDED,
    ACTING_NAMED,
    LEND_POST,
    ActingAlready,
    CannotStandIn,
    NoSuchActing,
    PostNotYours,
    ReasonsForActing,
    Term,
    may_lend,
    term,
)


@transaction.atomic
def name_acting(
    *,
    post: str,
    holder: str,
    from_at: datetime,
    to_at: datetime,
    reasons: str,
    by: Actor,
    at: datetime,
) -> int:
    """Let a colleague of the same department act on a post for a time; returns its number.

    Args:
        holder: account of the colleague.
        from_at: not before now; what was done before stays done by whom it was.
        to_at: the first moment at which they may no longer.

    Raises:
        PostNotYours: neither the actor's own post nor one below in the own department.
        CannotStandIn: of another department, on the post already, or the actor.
        ActingPeriodWrong, ActingAlready, ReasonsForActing.
    """
    guard(by, LEND_POST)
    lent = _own_post(post, by)
    if not reasons.strip():
        raise ReasonsForActing(field="reasons")
    account = _standing_in(holder, lent, by=by, at=at)
    wanted = term(from_at=from_at, to_at=to_at, at=at)
    running = Acting.objects.select_for_update().filter(holder=account, post=post)
    if any(each.term.overlaps(wanted) for each in running):
        raise ActingAlready(who=account.display_name, post=lent.name)
    acting = Acting(post=post, holder=account, reasons=reasons.strip(), named_at=at)
    acting.giver, acting.giver_name, acting.giver_post = by.account, by.name, by.post
    acting.from_at, acting.to_at = wanted.from_at, wanted.to_at
    acting.save(force_insert=True)
    _extend(account, wanted)
    _note(ACTING_NAMED, acting, lent, by=by, at=at)
    return int(acting.pk)


def _own_post(code: str, by: Actor) -> Post:
    post = get_post(code)
    if post.department != by.department or not _may_lend(post.code, by):
        raise PostNotYours(post=post.name)
    return post


@transaction.atomic
def end_acting(*, acting: int, reasons: str, by: Actor, at: datetime) -> None:
    """End it now: by who named it, who has the post above, or who stands in.

    Raises:
        NoSuchActing: it is over, or none of the actor's.
        ReasonsForActing: why is not said.
    """
    row = Acting.objects.select_for_update().filter(pk=acting).first()
    if row is None or row.term.end <= at:
        raise NoSuchActing
    is_own = str(row.holder.public_id) == by.account
    if not is_own and not (by.may(LEND_POST) and _may_lend(row.post, by)):
        raise NoSuchActing
    if not reasons.strip():
        raise ReasonsForActing(field="reasons")
    row.ended_at, row.reasons = at, reasons.strip()
    row.save(update_fields=["ended_at", "reasons"])
    _note(ACTING_ENDED, row, get_post(row.post), by=by, at=at)


def _may_lend(post: str, by: Actor) -> bool:
    return may_lend(post, own=by.post, below=(each.code for each in list_posts_below(by.post)))


def _standing_in(holder: str, lent: Post, *, by: Actor, at: datetime) -> Account:
    rows = Account.objects.select_for_update().filter(is_active=True).exclude(staff_number="")
    account = rows.filter(public_id=holder).first() if is_identifier(holder) else None
    if account is None or holder == by.account:
        raise CannotStandIn(who="所选人员" if account is None else by.name, post=lent.name)
    posts = list_posts_of_staff(account.staff_number, get_calendar().local_day(at))
    departments = {get_post(code).department for code in posts}
    if lent.code in posts or lent.department not in departments:
        raise CannotStandIn(who=account.display_name, post=lent.name, field="holder")
    return account


def _extend(account: Account, wanted: Term) -> None:
    until = account.acting_until
    account.acting_until = wanted.to_at if until is None else max(until, wanted.to_at)
    account.save(update_fields=["acting_until"])


def _note(kind: EntryKind, acting: Acting, post: Post, *, by: Actor, at: datetime) -> None:
    append(
        actor=by,
        kind=kind,
        subject=f"post:{acting.post}",
        at=at,
        facts={
            "post": acting.post,
            "post_name": post.name,
            "holder": acting.holder.display_name,
            "giver": acting.giver_name,
            "from_at": _local(acting.from_at),
            "to_at": _local(acting.term.end),
            "reasons": acting.reasons,
        },
    )


def _local(moment: datetime) -> str:
    return moment.astimezone(get_calendar().zone).strftime("%Y-%m-%d %H:%M")

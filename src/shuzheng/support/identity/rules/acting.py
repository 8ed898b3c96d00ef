"""Somebody stands in on a post for a time: never more than the post, never further on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, NotFound, NotPermitted, gettext_noop
from shuzheng.support.identity.rules.declarations import MANAGE_ACCOUNTS
from shuzheng.support.identity.rules.refusals import IdentityRefusal

LEND_POST = declare_permission("identity.lend_post", "指定本岗位或下级岗位的代理人")
STANDING_IN = "（代）"
NEVER_LENT = frozenset({LEND_POST.key, MANAGE_ACCOUNTS.key})
"""What stays with the post's own holder: who stands in names nobody to stand in for them."""
LONGEST = timedelta(days=92)
"""A quarter; no law sets it. Who is needed for longer is assigned to the post."""

_FACTS = ("post", "post_name", "holder", "giver", "from_at", "to_at", "reasons")
ACTING_NAMED = declare_entry_kind("acting.named", "指定代理人", facts=_FACTS)
ACTING_ENDED = declare_entry_kind("acting.ended", "提前结束代理", facts=_FACTS)


class PostNotYours(IdentityRefusal, NotPermitted):
    """One lends one's own post, or one below in the own department; nobody lends another's."""

    code = "post-not-yours"
    template = gettext_noop("您不能为岗位“{post}”指定代理人。")
    remedy = gettext_noop("只能为本人的岗位，或本部门的下级岗位指定代理人。")


class CannotStandIn(IdentityRefusal, Invalid):
    """Who stands in works in the same department and does not hold the post already."""

    code = "cannot-stand-in"
    template = gettext_noop("{who} 不能代理岗位“{post}”。")
    remedy = gettext_noop("代理人应当是同一部门在岗的其他人员，且不是本岗人员。")


class ActingPeriodWrong(IdentityRefusal, Invalid):
    """Acting has a beginning, an end to come, and lasts a quarter at most."""

    code = "acting-period-wrong"
    template = gettext_noop("代理起止时间有误：结束应晚于开始和现在，最长 {days} 天。")


class ActingAlready(IdentityRefusal, Conflict):
    """They stand in on the post in that time already."""

    code = "acting-already"
    template = gettext_noop("{who} 在这段时间已经代理岗位“{post}”。")
    remedy = gettext_noop("请先结束已有的代理。")


class NoSuchActing(IdentityRefusal, NotFound):
    """None in force or to come, or none of the actor's to end."""

    code = "no-such-acting"
    template = gettext_noop("没有找到这次代理。")


class ReasonsForActing(IdentityRefusal, Invalid):
    """Why somebody stands in is written down."""

    code = "acting-reasons"
    template = gettext_noop("请写明代理的理由。")


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when somebody stands in: the end is the first moment no longer in it."""

    from_at: datetime
    to_at: datetime
    ended_at: datetime | None = None

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.to_at if self.ended_at is None else min(self.to_at, self.ended_at)

    def is_in_force(self, at: datetime) -> bool:
        """Say whether somebody stands in at a moment.

        >>> nine, ten = datetime(2026, 1, 5, 9), datetime(2026, 1, 5, 10)
        >>> Term(nine, ten).is_in_force(nine), Term(nine, ten).is_in_force(ten)
        (True, False)
        """
        return self.from_at <= at < self.end

    def overlaps(self, other: "Term") -> bool:
        """Say whether two terms share a moment."""
        return max(self.from_at, other.from_at) < min(self.end, other.end)


def term(*, from_at: datetime, to_at: datetime, at: datetime) -> Term:
    """Return a term that begins now at the earliest.

    Raises:
        ActingPeriodWrong: it ends before it begins, is over, or lasts too long.
    """
    begins = max(from_at, at)
    if to_at <= begins or to_at - begins > LONGEST:
        raise ActingPeriodWrong(days=LONGEST.days, field="to_on")
    return Term(begins, to_at)


def may_lend(post: str, *, own: str, below: Iterable[str]) -> bool:
    """Say whether who is on a post may name somebody to stand in on another."""
    return bool(own) and (post == own or post in set(below))


def lent_permissions(post: Collection[str]) -> frozenset[str]:
    """Return what a post lets somebody do who only stands in on it."""
    return frozenset(post) - NEVER_LENT


def acting_name(name: str) -> str:
    """Return how the record names who stands in.

    >>> acting_name("郑知远")
    '郑知远（代）'
    """
    return f"{name}{STANDING_IN}"


def own_name(name: str) -> str:
    """Return a person's name, whether the record names them as standing in or not.

    >>> own_name("郑知远（代）")
    '郑知远'
    """
    return name.strip().removesuffix(STANDING_IN)

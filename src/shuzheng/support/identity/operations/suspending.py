"""Close an account and open it again; what was done through it stays done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.queries import list_accounts_of_post
from shuzheng.support.identity.rules import (
    MANAGE_ACCOUNTS,
    RESTORED,
    SUSPENDED,
    LastAdministrator,
    NoSuchAccount,
    OwnAccount,
    ReasonMissing,
)


@transaction.atomic
def suspend_account(*, account: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Let nobody in through an account from the next request on; its links are closed.

    Raises:
        PostLacksPermission, NoSuchAccount
        ReasonMissing: nobody is shut out without a reason.
        OwnAccount: nobody shuts themselves out.
        LastAdministrator: nobody would be left who manages accounts.
    """
    row = _lock(account, reason, by)
    if str(row.public_id) == by.account:
        raise OwnAccount
    if not row.is_active:
        return
    if _administers_alone(row, at=at):
        raise LastAdministrator
    row.is_active = False
    row.save(update_fields=["is_active"])
    row.links.filter(used_at__isnull=True).update(used_at=at)
    facts = {"username": row.username, "reason": reason.strip()}
    append(actor=by, kind=SUSPENDED, subject=row.subject, at=at, facts=facts, person=row.person)


@transaction.atomic
def restore_account(*, account: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Open a suspended account again; its password is what it was.

    Raises:
        PostLacksPermission, NoSuchAccount, ReasonMissing
    """
    row = _lock(account, reason, by)
    if row.is_active:
        return
    row.is_active = True
    row.save(update_fields=["is_active"])
    facts = {"username": row.username, "reason": reason.strip()}
    append(actor=by, kind=RESTORED, subject=row.subject, at=at, facts=facts, person=row.person)


def _lock(account: UUID, reason: str, by: Actor) -> Account:
    guard(by, MANAGE_ACCOUNTS)
    row = Account.objects.select_for_update().filter(public_id=account).first()
    if row is None:
        raise NoSuchAccount
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return row


def _administers_alone(row: Account, *, at: datetime) -> bool:
    on = get_calendar().local_day(at)
    posts = [post.code for post in list_posts() if MANAGE_ACCOUNTS.key in post.permissions]
    administrators = {each.id for post in posts for each in list_accounts_of_post(post, on=on)}
    return administrators == {row.public_id}

"""One-time links: the first administrator's way in, and that of staff who lost a password."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.institutions.people.queries import list_staff_of_post
from shuzheng.institutions.people.rules import Staff
from shuzheng.support.identity.models import Account, OneTimeLink
from shuzheng.support.identity.operations.accounts import check_password_strength, create_account
from shuzheng.support.identity.queries import get_account_of_staff, has_password
from shuzheng.support.identity.rules import (
    LINK_MADE,
    LINK_USED,
    MANAGE_ACCOUNTS,
    PASSWORD_SET,
    AccountSuspended,
    LinkClosed,
    LinkForStaffOnly,
    NoSuchAccount,
)

LINK_LASTS = timedelta(hours=1)


@transaction.atomic
def make_link(*, username: str, by: Actor, at: datetime) -> str:
    """Return the secret of a link that lets a member of staff in once, within an hour.

    Earlier links of the account are closed.

    Raises:
        LinkForStaffOnly: a link would let its maker in as a citizen.
        PostLacksPermission, NoSuchAccount, AccountSuspended
    """
    guard(by, MANAGE_ACCOUNTS)
    account = Account.objects.select_for_update().filter(username=username.lower()).first()
    if account is None:
        raise NoSuchAccount
    if not account.staff_number:
        raise LinkForStaffOnly
    if not account.is_active:
        raise AccountSuspended(username=account.username)
    account.links.filter(used_at__isnull=True).update(used_at=at)
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        account=account, token_sha256=digest(token), made_by=by.name, expires_at=at + LINK_LASTS
    )
    facts = {"username": account.username, "expires_at": link.expires_at}
    append(actor=by, kind=LINK_MADE, subject=account.subject, at=at, facts=facts)
    return token


@transaction.atomic
def invite_administrator(*, on: date, by: Actor, at: datetime) -> str:
    """Return a link's secret for the first administrator; nothing if there is one or none can be.

    Administrators are whoever holds a post that may manage accounts on that local day; one of
    them who has a password is enough.
    """
    staff = _administrators(on)
    accounts = [get_account_of_staff(each.number) for each in staff]
    if not staff or any(each is not None and has_password(each.id) for each in accounts):
        return ""
    account = accounts[0] or create_account(
        username=staff[0].number,
        display_name=staff[0].name,
        staff_number=staff[0].number,
        by=by,
        at=at,
    )
    return make_link(username=account.username, by=by, at=at)


def _administrators(on: date) -> list[Staff]:
    posts = [post.code for post in list_posts() if MANAGE_ACCOUNTS.key in post.permissions]
    return [each for post in posts for each in list_staff_of_post(post, on)]


@transaction.atomic
def use_link(*, token: str, password: str, by: Actor, at: datetime) -> Account:
    """Set a new password through a link and close it; the account is returned to be let in.

    Raises:
        LinkClosed: it was used, has expired, or never was.
        PasswordTooWeak: the link stays open.
    """
    rows = OneTimeLink.objects.select_for_update(of=("self",)).select_related("account")
    link = rows.filter(token_sha256=digest(token)).first()
    if link is None or not link.is_open(at=at):
        raise LinkClosed
    account = link.account
    check_password_strength(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    link.used_at = at
    link.save(update_fields=["used_at"])
    append(actor=by, kind=LINK_USED, subject=account.subject, at=at)
    append(actor=by, kind=PASSWORD_SET, subject=account.subject, at=at, person=account.person)
    return account


def digest(token: str) -> str:
    """Return what is kept of a link's secret."""
    return sha256(token.encode()).hexdigest()

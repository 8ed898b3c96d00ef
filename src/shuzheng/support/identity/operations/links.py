"""One-time links: the first administrator's way in, and how a lost password is set anew."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TypedDict

from allauth.mfa.models import Authenticator
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
    CODE_USED,
    FACTORS_RESET,
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


class _Where(TypedDict):
    subject: str
    at: datetime
    person: str


@transaction.atomic
def make_link(*, username: str, by: Actor, at: datetime, resets_factors: bool = False) -> str:
    """Return the secret of a link that lets a member of staff in once, within an hour.

    Earlier links of the account are closed.

    Args:
        resets_factors: its use takes away the account's second factors and passkeys, for who has
            lost those too; else they are asked for as ever.

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
    token = secrets.token_urlsafe(32)
    link = open_link(account, token, resets_factors=resets_factors, by=by, at=at)
    facts = {
        "username": account.username,
        "expires_at": link.expires_at,
        "resets_factors": resets_factors,
    }
    append(actor=by, kind=LINK_MADE, subject=account.subject, at=at, facts=facts)
    return token


def open_link(
    account: Account, token: str, *, resets_factors: bool, by: Actor, at: datetime
) -> OneTimeLink:
    """Keep the hash of a new link or code and close the account's earlier ones."""
    account.links.filter(used_at__isnull=True).update(used_at=at)
    return OneTimeLink.objects.create(
        account=account,
        token_sha256=digest(token),
        made_by=by.name,
        issuer=by.account,
        made_at=at,
        resets_factors=resets_factors,
        expires_at=at + LINK_LASTS,
    )


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
    """Set a new password through a link or code and close it; returns whom to let in.

    A new password ends every session the account has. Second factors stay unless whoever made the
    link said otherwise.

    Raises:
        LinkClosed, LinkUsed, LinkExpired: it never was, was used, or is over.
        PasswordTooWeak: the link stays open.
    """
    rows = OneTimeLink.objects.select_for_update(of=("self",)).select_related("account")
    link = rows.filter(token_sha256=digest(token)).first()
    if link is None:
        raise LinkClosed
    link.check_open(at=at)
    account = link.account
    check_password_strength(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    link.used_at = at
    link.save(update_fields=["used_at"])
    _note_used(link, by=by, at=at)
    return account


def _note_used(link: OneTimeLink, *, by: Actor, at: datetime) -> None:
    account = link.account
    where: _Where = {"subject": account.subject, "at": at, "person": account.person}
    used = LINK_USED if account.staff_number else CODE_USED
    append(actor=by, kind=used, facts={"resets_factors": link.resets_factors}, **where)
    append(actor=by, kind=PASSWORD_SET, **where)
    factors = Authenticator.objects.filter(user=account)
    if link.resets_factors and (count := factors.count()):
        factors.delete()
        append(actor=by, kind=FACTORS_RESET, facts={"count": count}, **where)


def digest(token: str) -> str:
    """Return what is kept of a link's secret."""
    return sha256(token.encode()).hexdigest()

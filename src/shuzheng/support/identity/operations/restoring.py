"""A citizen who lost the password comes to a window with the ID card and gets a one-time code.

Source: 居民身份证法(2011-10-29) 第十三条; 个人信息保护法(2021-08-20) 第五十一条.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from shuzheng.data.registers.queries import reference_of
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.institutions.organisation.queries import get_department, get_post
from shuzheng.policy.refusals import gettext_noop
from shuzheng.standards.citizen_id import is_citizen_id
from shuzheng.support.identity.models import Account, OneTimeLink
from shuzheng.support.identity.operations.links import open_link
from shuzheng.support.identity.rules import (
    ACCOUNT_WINDOW,
    CLERK_WINDOW,
    CODE_ISSUED,
    HOLDER_READ,
    RESTORE_ACCESS,
    AccountSuspended,
    DocumentNotSeen,
    FactorsUndecided,
    HolderNotPresent,
    HolderUnknown,
    NotCitizenId,
    OwnRecovery,
    StaffRestoredElsewhere,
    check_how_many,
    make_code,
)
from shuzheng.support.identity.rules.acting import acting_name

PURPOSE = gettext_noop("来人在窗口出示身份证，找回账号")
DOCUMENT = "居民身份证"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account it is, as a clerk compares it with the card; no number, no address."""

    display_name: str
    username: str
    has_factors: bool


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code as it is handed over; nobody can read it again."""

    code: str
    username: str
    display_name: str
    expires_at: datetime


def read_holder(*, id_number: str, by: Actor, at: datetime) -> Holder:
    """Read whose account an ID number has; also a look-up that finds nobody is written down.

    Raises:
        PostLacksPermission, NotCitizenId, HolderUnknown, StaffRestoredElsewhere
    """
    guard(by, RESTORE_ACCESS)
    person = _person(id_number)
    account = _read(person, by=by, at=at)
    if account is None:
        raise _nobody(person)
    factors = Authenticator.objects.filter(user=account)
    return Holder(account.display_name, account.username, factors.exists())


@transaction.atomic
def issue_code(
    *,
    id_number: str,
    has_seen_document: bool,
    is_holder_present: bool,
    resets_factors: bool | None,
    by: Actor,
    at: datetime,
) -> IssuedCode:
    """Make a code by which the holder sets a new password once, within an hour.

    Earlier codes are closed. The owner is told by a message, as the city words it.

    Args:
        resets_factors: whether its use takes away second factors and passkeys; None where the
            clerk did not say, which an account without any allows.

    Raises:
        PostLacksPermission, NotCitizenId, HolderUnknown, StaffRestoredElsewhere
        DocumentNotSeen, HolderNotPresent, FactorsUndecided: the clerk has not said so.
        OwnRecovery: nobody makes one for themselves.
        AccountSuspended: who was shut out is not let in by a window.
        TooManyCodesOfAccount, TooManyCodesOfClerk
    """
    guard(by, RESTORE_ACCESS)
    person = _person(id_number)
    account = Account.objects.select_for_update().filter(person=person, staff_number="").first()
    if account is None:
        raise _nobody(person)
    _check_seen(has_seen_document=has_seen_document, is_holder_present=is_holder_present)
    _check_account(account, by=by, at=at)
    if resets_factors is None and Authenticator.objects.filter(user=account).exists():
        raise FactorsUndecided(field="factors")
    code = make_code()
    link = open_link(account, code, resets_factors=bool(resets_factors), by=by, at=at)
    _note_issued(link, by=by, at=at)
    return IssuedCode(code, account.username, account.display_name, link.expires_at)


def _person(id_number: str) -> str:
    number = id_number.strip().upper()
    if not is_citizen_id(number):
        raise NotCitizenId(field="id_number")
    return reference_of("persons", number)


@transaction.atomic
def _read(person: str, *, by: Actor, at: datetime) -> Account | None:
    account = Account.objects.filter(person=person, staff_number="").first()
    facts = {
        "what": "账号：姓名、用户名、是否启用两步验证",
        "is_found": account is not None,
        "department": by.department,
    }
    subject = account.subject if account else "account:unknown"
    where = {"purpose": PURPOSE, "person": person}
    append(actor=by, kind=HOLDER_READ, subject=subject, at=at, facts=facts, **where)
    return account


def _nobody(person: str) -> HolderUnknown | StaffRestoredElsewhere:
    is_staff = Account.objects.filter(person=person).exclude(staff_number="").exists()
    return StaffRestoredElsewhere() if is_staff else HolderUnknown(field="id_number")


def _check_seen(*, has_seen_document: bool, is_holder_present: bool) -> None:
    if not has_seen_document:
        raise DocumentNotSeen(field="has_seen_document")
    if not is_holder_present:
        raise HolderNotPresent(field="is_holder_present")


def _check_account(account: Account, *, by: Actor, at: datetime) -> None:
    is_namesake = by.name in {account.display_name, acting_name(account.display_name)}
    if is_namesake or (by.person and by.person == account.person):
        raise OwnRecovery
    if not account.is_active:
        raise AccountSuspended(username=account.username)
    of_account = account.links.filter(made_at__gt=at - ACCOUNT_WINDOW)
    of_clerk = OneTimeLink.objects.filter(issuer=by.account, made_at__gt=at - CLERK_WINDOW)
    check_how_many(of_account=of_account.count(), of_clerk=of_clerk.count())


def _note_issued(link: OneTimeLink, *, by: Actor, at: datetime) -> None:
    account = link.account
    facts = {
        "document": DOCUMENT,
        "where": _where(by),
        "expires_at": link.expires_at,
        "resets_factors": link.resets_factors,
    }
    subject, person = account.subject, account.person
    append(actor=by, kind=CODE_ISSUED, subject=subject, at=at, facts=facts, person=person)


def _where(by: Actor) -> str:
    if not by.post:
        return by.name
    post = get_post(by.post)
    return f"{get_department(post.department).name} {post.name}"

"""Accounts are made here and nowhere else."""

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shuzheng.data.registers.queries import reference_of
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.keys.operations import encrypt
from shuzheng.policy.refusals import gettext_noop
from shuzheng.standards.citizen_id import is_citizen_id
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations.real_name import get_real_name_provider
from shuzheng.support.identity.queries import AccountRow, as_row
from shuzheng.support.identity.rules import (
    CREATED,
    MANAGE_ACCOUNTS,
    PASSWORD_SET,
    SIGNED_UP,
    NotCitizenId,
    NotRealName,
    NotUsername,
    PasswordTooWeak,
    PersonHasAccount,
    RealName,
    StaffHasAccount,
    UsernameTaken,
)

_USERNAME = re.compile(r"[a-z0-9._-]{4,30}")
_ID_CONTEXT = "account.id_number"


def sign_up(
    *,
    username: str,
    password: str,
    name: str,
    id_number: str,
    phone_ending: str,
    at: datetime,
) -> AccountRow:
    """Make an account for a citizen whose name, ID number and phone an authority confirms.

    The check is a transaction of its own: that somebody's data were compared stays written down
    even when the sign-up is refused.

    Raises:
        NotUsername, UsernameTaken, NotCitizenId, PasswordTooWeak: what was entered cannot be used.
        NotRealName: the authority does not confirm; nothing is kept.
        PersonHasAccount: the person has one already.
    """
    username, name, id_number = username.strip().lower(), name.strip(), id_number.strip().upper()
    _check_username(username)
    if not is_citizen_id(id_number):
        raise NotCitizenId(field="id_number")
    account = Account(username=username, display_name=name, created_at=at)
    _check_password(password, account)
    answer = get_real_name_provider().check(
        name=name, id_number=id_number, phone_ending=phone_ending.strip(), at=at
    )
    if not answer.is_confirmed:
        raise NotRealName(field="id_number")
    account.set_password(password)
    return _keep_citizen(account, answer, id_number, at=at)


@transaction.atomic
def _keep_citizen(
    account: Account, answer: RealName, id_number: str, *, at: datetime
) -> AccountRow:
    _check_person(answer.person)
    account.person, account.id_number_encrypted = answer.person, _hidden(id_number)
    account.assurance, account.assured_by = answer.level, get_real_name_provider().name
    account.assured_how, account.assured_at = answer.how, at
    _save_new(account)
    append(
        actor=_as_actor(account),
        kind=SIGNED_UP,
        subject=account.subject,
        at=at,
        facts={"level": answer.level, "how": answer.how},
        person=account.person,
    )
    return as_row(account)


def _save_new(account: Account) -> None:
    """Save, and say it in words when somebody was faster with the name or the person."""
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        if "one_account_a_person" in str(error):
            raise PersonHasAccount(field="id_number") from error
        if "one_account_a_staff_number" in str(error):
            raise StaffHasAccount(staff_number=account.staff_number) from error
        raise UsernameTaken(field="username", username=account.username) from error


@transaction.atomic
def create_account(
    *,
    username: str,
    display_name: str,
    by: Actor,
    at: datetime,
    password: str = "",
    staff_number: str = "",
    id_number: str = "",
    demonstration: bool = False,
) -> AccountRow:
    """Make an account for a member of staff, or for a person seen at a window.

    Without a password the account can be entered by a one-time link alone.

    Raises:
        PostLacksPermission, NotUsername, UsernameTaken, NotCitizenId, PersonHasAccount
    """
    guard(by, MANAGE_ACCOUNTS)
    username = username.strip().lower()
    _check_username(username)
    account = Account(
        username=username,
        display_name=display_name.strip(),
        staff_number=staff_number,
        demonstration=demonstration,
        created_at=at,
    )
    if id_number:
        _establish_person(account, id_number, by=by, at=at)
    account.set_password(password or None)
    _save_new(account)
    facts = {"username": username, "staff_number": staff_number, "demonstration": demonstration}
    append(actor=by, kind=CREATED, subject=account.subject, at=at, facts=facts)
    return as_row(account)


@transaction.atomic
def note_password_set(*, account: Account, by: Actor, at: datetime) -> None:
    """Write down that the account has a new password; what was handed out to set one is closed."""
    account.links.filter(used_at__isnull=True).update(used_at=at)
    append(actor=by, kind=PASSWORD_SET, subject=account.subject, at=at, person=account.person)


def check_password_strength(password: str, account: Account) -> None:
    """Refuse a password that is easily guessed.

    Raises:
        PasswordTooWeak
    """
    _check_password(password, account)


def _check_username(username: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise NotUsername(field="username")
    if Account.objects.filter(username=username).exists():
        raise UsernameTaken(field="username", username=username)


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise PasswordTooWeak(field="password", reasons="".join(error.messages)) from error


def _check_person(person: str) -> None:
    if Account.objects.filter(person=person, staff_number="").exists():
        raise PersonHasAccount(field="id_number")


def _establish_person(account: Account, id_number: str, *, by: Actor, at: datetime) -> None:
    if not is_citizen_id(id_number):
        raise NotCitizenId(field="id_number")
    account.person = reference_of("persons", id_number)
    if not account.staff_number:
        _check_person(account.person)
    account.id_number_encrypted = _hidden(id_number)
    account.assurance = Account.Assurance.WINDOW
    account.assured_by, account.assured_at = by.name, at
    account.assured_how = gettext_noop("窗口核对居民身份证原件")


def _hidden(id_number: str) -> str:
    return encrypt(id_number, context=_ID_CONTEXT)


def _as_actor(account: Account) -> Actor:
    return Actor(
        kind="person",
        account=str(account.public_id),
        name=account.display_name,
        person=account.person,
    )

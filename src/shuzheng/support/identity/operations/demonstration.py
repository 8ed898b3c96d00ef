"""Invented accounts to try every role with; they exist in demonstration mode alone."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from shuzheng.data.registers.queries import reference_of
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.keys.operations import encrypt
from shuzheng.policy.refusals import gettext_noop
from shuzheng.standards.citizen_id import is_synthetic
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.rules import (
    CREATED,
    MANAGE_ACCOUNTS,
    ROLE_SWITCHED,
    NotCitizenId,
    NotDemonstration,
)
from shuzheng.support.identity.rules.demonstration import DemonstrationAccount


@transaction.atomic
def create_demonstration_accounts(
    *, accounts: Sequence[DemonstrationAccount], password: str, by: Actor, at: datetime
) -> int:
    """Make the accounts that are missing, give all of them the password, return how many are new.

    Raises:
        PostLacksPermission
        NotCitizenId: an ID number is not one of the invented range; nothing is made.
    """
    guard(by, MANAGE_ACCOUNTS)
    hashed = _hash_of(password)
    return sum(_create(account, hashed, by=by, at=at) for account in accounts)


@transaction.atomic
def switch_role(*, username: str, by: Actor, at: datetime) -> Account:
    """Return the demonstration account to go on with; the change is written down.

    Raises:
        NotDemonstration: it is not a demonstration account.
    """
    account = Account.objects.filter(username=username, demonstration=True, is_active=True).first()
    if account is None:
        raise NotDemonstration
    facts = {"username": username}
    append(actor=by, kind=ROLE_SWITCHED, subject=account.subject, at=at, facts=facts)
    return account


def _hash_of(password: str) -> str:
    """Return the hash in use while the password is the same: a new one signs everybody out."""
    used = Account.objects.filter(demonstration=True).values_list("password", flat=True).first()
    return used if used and check_password(password, used) else make_password(password)


def _create(entry: DemonstrationAccount, hashed: str, *, by: Actor, at: datetime) -> bool:
    if entry.id_number and not is_synthetic(entry.id_number):
        raise NotCitizenId(field="id_number")
    shown = {
        "display_name": entry.display_name,
        "staff_number": entry.staff_number,
        "role": entry.role,
        "demonstration": True,
        "password": hashed,
    }
    account, is_new = Account.objects.update_or_create(
        username=entry.username,
        defaults=shown,
        create_defaults={**shown, "created_at": at, **_person(entry, at=at)},
    )
    if is_new:
        facts = {
            "username": entry.username,
            "staff_number": entry.staff_number,
            "demonstration": True,
        }
        append(actor=by, kind=CREATED, subject=account.subject, at=at, facts=facts)
    return is_new


def _person(entry: DemonstrationAccount, *, at: datetime) -> dict[str, object]:
    if not entry.id_number:
        return {}
    return {
        "person": reference_of("persons", entry.id_number),
        "id_number_encrypted": encrypt(entry.id_number, context="account.id_number"),
        "assurance": Account.Assurance.REGISTER,
        "assured_by": gettext_noop("演示数据"),
        "assured_how": gettext_noop("演示账号，身份为虚构"),
        "assured_at": at,
    }

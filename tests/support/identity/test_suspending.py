"""An account is closed with a reason, by somebody else, and never the last that manages them."""

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.support.identity.models import Account, OneTimeLink
from shuzheng.support.identity.operations import (
    create_account,
    make_link,
    restore_account,
    suspend_account,
)
from shuzheng.support.identity.queries import get_account, list_staff_accounts
from shuzheng.support.identity.rules import (
    MANAGE_ACCOUNTS,
    AccountSuspended,
    LastAdministrator,
    NoSuchAccount,
    OwnAccount,
    ReasonMissing,
)
from tests.support.identity.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
def clerk(at):
    return create_account(
        username="zhou",
        display_name="周晓岚",
        staff_number="QZ0001",
        password=PASSWORD,
        by=system("tests"),
        at=at,
    )


def test_who_is_suspended_is_out_at_once_and_back_when_restored(clerk, official, client, at):
    by = official(MANAGE_ACCOUNTS)
    client.force_login(Account.objects.get(public_id=clerk.id))
    token = make_link(username="zhou", by=by, at=at)
    assert client.get("/accounts/").status_code == 200
    suspend_account(account=clerk.id, reason="离职", by=by, at=at)

    assert client.get("/accounts/").status_code == 302
    assert client.get(f"/accounts/link/{token}/").status_code == 404
    assert not client.login(username="zhou", password=PASSWORD)
    with pytest.raises(AccountSuspended):
        make_link(username="zhou", by=by, at=at)
    restore_account(account=clerk.id, reason="返聘", by=by, at=at)
    assert get_account(clerk.id).is_active
    told = [
        (entry.kind, entry.facts["reason"])
        for entry in list_entries_of_subject(f"account:{clerk.id}")
        if "reason" in entry.facts
    ]
    assert told == [("account.suspended", "离职"), ("account.restored", "返聘")]


def test_suspending_twice_leaves_one_entry(clerk, official, at):
    for _ in range(2):
        suspend_account(account=clerk.id, reason="离职", by=official(MANAGE_ACCOUNTS), at=at)
    kinds = [entry.kind for entry in list_entries_of_subject(f"account:{clerk.id}")]
    assert kinds.count("account.suspended") == 1


def test_who_may_not_and_what_may_not_be(clerk, official, citizen, at):
    by = official(MANAGE_ACCOUNTS)
    for actor in (citizen, official()):
        with pytest.raises(PostLacksPermission):
            suspend_account(account=clerk.id, reason="离职", by=actor, at=at)
        with pytest.raises(PostLacksPermission):
            restore_account(account=clerk.id, reason="离职", by=actor, at=at)
    with pytest.raises(ReasonMissing):
        suspend_account(account=clerk.id, reason=" ", by=by, at=at)
    own = official(MANAGE_ACCOUNTS, account=str(clerk.id))
    with pytest.raises(OwnAccount):
        suspend_account(account=clerk.id, reason="离职", by=own, at=at)
    with pytest.raises(NoSuchAccount):
        suspend_account(account="00000000-0000-4000-8000-000000000000", reason="离职", by=by, at=at)
    assert get_account(clerk.id).is_active


def test_the_last_who_manages_accounts_stays(official, at):
    only = create_account(
        username="zhan", display_name="占新宇", staff_number="QZ0017", by=system("tests"), at=at
    )
    with pytest.raises(LastAdministrator):
        suspend_account(account=only.id, reason="离职", by=official(MANAGE_ACCOUNTS), at=at)
    assert get_account(only.id).is_active
    assert OneTimeLink.objects.count() == 0
    assert [row.staff_number for row in list_staff_accounts()] == ["QZ0017"]

"""A lost password: the card at the window, a code, a new password, and everybody else out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from shuzheng.data.registers.queries import list_data_access
from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject, list_reads_of_person
from shuzheng.support.identity.models import Account, OneTimeLink
from shuzheng.support.identity.operations import (
    create_account,
    digest,
    issue_code,
    make_link,
    note_password_set,
    read_holder,
    suspend_account,
    use_link,
)
from shuzheng.support.identity.queries import get_account_of_link
from shuzheng.support.identity.rules import (
    MANAGE_ACCOUNTS,
    RESTORE_ACCESS,
    AccountSuspended,
    DocumentNotSeen,
    FactorsUndecided,
    HolderNotPresent,
    HolderUnknown,
    LinkClosed,
    LinkExpired,
    LinkUsed,
    NotCitizenId,
    OwnRecovery,
    StaffRestoredElsewhere,
    TooManyCodesOfAccount,
    TooManyCodesOfClerk,
    make_code,
    written,
)
from tests.cities import apply_kinds
from tests.support.identity.conftest import ID_NUMBER, PASSWORD

NEW = "a-new-pass-9"
OTHER = "330000199502149014"
SEEN = {"has_seen_document": True, "is_holder_present": True}


@pytest.fixture(autouse=True)
def posts(db, at):
    apply_kinds("department", "post", at=at)


@pytest.fixture
def window(official):
    """A clerk at a window, who is not the citizen."""
    return official(RESTORE_ACCESS, account="clerk-1")


def issued(by, at, **changes):
    asked = {"id_number": ID_NUMBER, "resets_factors": None, **SEEN} | changes
    return issue_code(**asked, by=by, at=at)


def kinds(account):
    return [entry.kind for entry in list_entries_of_subject(account.subject)]


def add_factor(account):
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_the_holder_is_found_by_number_and_sees_who_looked(account, window, at):
    holder = read_holder(id_number=ID_NUMBER.lower(), by=window, at=at)
    assert (holder.display_name, holder.username) == ("陈小满", "xiaoman")
    assert not holder.has_factors
    (entry,) = list_reads_of_person(account.person)
    assert entry.kind == "account.read"
    assert entry.purpose == "来人在窗口出示身份证，找回账号"
    (access,) = list_data_access(account.person)
    assert access.what == "账号：姓名、用户名、是否启用两步验证"
    assert not access.is_own


def test_a_look_up_that_finds_nobody_is_written_down_too(account, window, at):
    with pytest.raises(HolderUnknown):
        read_holder(id_number=OTHER, by=window, at=at)
    (entry,) = list_entries_of_subject("account:unknown")
    assert entry.facts["is_found"] is False
    with pytest.raises(NotCitizenId):
        read_holder(id_number="330000198805219004", by=window, at=at)


def test_a_code_sets_a_new_password_once(account, window, citizen, at):
    made = issued(window, at)
    assert (made.username, made.expires_at) == ("xiaoman", at + timedelta(hours=1))
    assert made.code not in OneTimeLink.objects.get().token_sha256
    use_link(token=made.code, password=NEW, by=citizen, at=at)
    account.refresh_from_db()
    assert account.check_password(NEW)
    assert kinds(account) == [
        "account.created",
        "account.code_issued",
        "account.code_used",
        "account.password_set",
    ]
    entry = list_entries_of_subject(account.subject)[1]
    assert entry.person == account.person
    assert entry.facts["where"] == "衢州市营商环境建设办公室 综合窗口"
    with pytest.raises(LinkUsed):
        use_link(token=made.code, password="again-pass-9", by=citizen, at=at)


def test_a_code_that_is_wrong_over_or_replaced_says_so(account, window, citizen, at):
    first, second = issued(window, at), issued(window, at)
    for code, moment, refusal in (
        (first.code, at, LinkUsed),
        (second.code, at + timedelta(hours=1), LinkExpired),
        (make_code(), at, LinkClosed),
    ):
        with pytest.raises(refusal) as refused:
            use_link(token=code, password=NEW, by=citizen, at=moment)
        assert type(refused.value) is refusal
        with pytest.raises(refusal):
            get_account_of_link(digest(code), at=moment)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_who_may_not(account, official, citizen, at):
    for by in (citizen, official(), official(MANAGE_ACCOUNTS)):
        with pytest.raises(PostLacksPermission):
            issued(by, at)
        with pytest.raises(PostLacksPermission):
            read_holder(id_number=ID_NUMBER, by=by, at=at)
    assert OneTimeLink.objects.count() == 0
    assert list_reads_of_person(account.person) == ()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"has_seen_document": False}, DocumentNotSeen),
        ({"is_holder_present": False}, HolderNotPresent),
        ({"id_number": OTHER}, HolderUnknown),
        ({"id_number": "1"}, NotCitizenId),
    ],
)
def test_no_code_without_card_and_holder(account, window, at, changes, refusal):
    with pytest.raises(refusal):
        issued(window, at, **changes)
    assert OneTimeLink.objects.count() == 0
    assert kinds(account) == ["account.created"]


def test_nobody_makes_a_code_for_themselves(account, window, at):
    for by in (
        replace(window, person=account.person),
        replace(window, name="陈小满"),
        replace(window, name="陈小满（代）"),
    ):
        with pytest.raises(OwnRecovery):
            issued(by, at)
    assert OneTimeLink.objects.count() == 0


def test_staff_are_restored_by_the_administrator_alone(window, at):
    create_account(
        username="clerk",
        display_name="周晓岚",
        staff_number="QZ0001",
        id_number=OTHER,
        by=system("tests"),
        at=at,
    )
    with pytest.raises(StaffRestoredElsewhere):
        read_holder(id_number=OTHER, by=window, at=at)
    with pytest.raises(StaffRestoredElsewhere):
        issued(window, at, id_number=OTHER)
    assert OneTimeLink.objects.count() == 0


def test_who_is_suspended_is_not_let_in_by_a_window(account, window, official, at):
    made = issued(window, at)
    by = official(MANAGE_ACCOUNTS)
    suspend_account(account=account.public_id, reason="冒用", by=by, at=at)
    with pytest.raises(AccountSuspended):
        issued(window, at)
    with pytest.raises(LinkUsed):
        use_link(token=made.code, password=NEW, by=window, at=at)


def test_an_account_gets_three_codes_a_day(account, window, official, at):
    for hour in range(3):
        issued(official(RESTORE_ACCESS, account=f"clerk-{hour}"), at + timedelta(hours=hour))
    with pytest.raises(TooManyCodesOfAccount):
        issued(window, at + timedelta(hours=23))
    assert OneTimeLink.objects.count() == 3
    assert issued(window, at + timedelta(hours=24)).username == "xiaoman"


def test_a_clerk_makes_twenty_codes_an_hour(account, window, at):
    other = create_account(username="other", display_name="徐一鸣", by=system("tests"), at=at)
    owner = Account.objects.get(public_id=other.id)
    for each in range(20):
        OneTimeLink.objects.create(
            account=owner, token_sha256=str(each), issuer="clerk-1", made_at=at, expires_at=at
        )
    with pytest.raises(TooManyCodesOfClerk):
        issued(window, at + timedelta(minutes=59))
    assert kinds(account) == ["account.created"]
    assert issued(window, at + timedelta(minutes=60)).username == "xiaoman"


def test_what_becomes_of_second_factors_is_said_and_recorded(account, window, citizen, at):
    add_factor(account)
    assert read_holder(id_number=ID_NUMBER, by=window, at=at).has_factors
    with pytest.raises(FactorsUndecided):
        issued(window, at)
    kept = issued(window, at, resets_factors=False)
    use_link(token=kept.code, password=NEW, by=citizen, at=at)
    assert Authenticator.objects.count() == 1
    lost = issued(window, at, resets_factors=True)
    assert Authenticator.objects.count() == 1
    use_link(token=lost.code, password=PASSWORD, by=citizen, at=at)
    assert Authenticator.objects.count() == 0
    last = list_entries_of_subject(account.subject)[-1]
    assert (last.kind, last.facts) == ("account.factors_reset", {"count": 1})


def test_a_code_is_closed_when_the_owner_sets_a_password_otherwise(account, window, at):
    made = issued(window, at)
    note_password_set(account=account, by=window, at=at)
    with pytest.raises(LinkUsed):
        get_account_of_link(digest(made.code), at=at)


def test_a_code_is_read_however_it_is_typed():
    code = make_code()
    assert written(code.lower().replace("-", " ")) == code
    assert len({make_code() for _ in range(50)}) == 50


def test_the_citizen_types_the_code_and_every_other_session_ends(account, window, at, time_machine):
    time_machine.move_to(at)
    thief, owner = Client(), Client()
    thief.force_login(account)
    assert thief.get("/accounts/").status_code == 200
    code = issued(window, at).code

    wrong = owner.post("/accounts/code/", {"code": "ABCD-EFGH-JKMN"})
    assert wrong.status_code == 422
    assert "没有这个一次性代码" in wrong.content.decode()
    typed = owner.post("/accounts/code/", {"code": code.lower().replace("-", "")})
    assert typed.headers["Location"] == f"/accounts/link/{code}/"
    assert "xiaoman" in owner.get(typed.headers["Location"]).content.decode()
    done = owner.post(typed.headers["Location"], {"password": NEW})
    assert done.headers["Location"] == "/accounts/"
    assert owner.get("/accounts/").status_code == 200
    assert thief.get("/accounts/").status_code == 302
    again = owner.post("/accounts/code/", {"code": code})
    assert "已经用过" in again.content.decode()


def test_second_factors_that_stay_are_asked_for(account, window, at, time_machine):
    time_machine.move_to(at)
    add_factor(account)
    code, owner = issued(window, at, resets_factors=False).code, Client()
    done = owner.post(f"/accounts/link/{code}/", {"password": NEW})
    assert done.headers["Location"].startswith("/accounts/security/authenticate/")
    assert owner.get("/accounts/").status_code == 302
    code = issued(window, at, resets_factors=True).code
    done = owner.post(f"/accounts/link/{code}/", {"password": NEW})
    assert done.headers["Location"] == "/accounts/"
    assert owner.get("/accounts/").status_code == 200


def test_an_administrator_may_reset_the_factors_of_staff(clerk, citizen, at):
    add_factor(clerk)
    token = make_link(username="clerk", resets_factors=True, by=system("tests"), at=at)
    use_link(token=token, password=NEW, by=citizen, at=at)
    assert Authenticator.objects.count() == 0
    assert kinds(clerk)[-1] == "account.factors_reset"

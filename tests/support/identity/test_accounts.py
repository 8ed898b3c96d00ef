"""Accounts: who gets one, and on whose word."""

from datetime import timedelta

import pytest

from shuzheng.data.registers.queries import reference_of
from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject, list_reads_of_person
from shuzheng.support.identity.models import Account, OneTimeLink
from shuzheng.support.identity.operations import (
    NobodyChecks,
    check_password_strength,
    create_account,
    create_demonstration_accounts,
    invite_administrator,
    make_link,
    sign_up,
    switch_role,
    use_link,
    use_real_name_provider,
)
from shuzheng.support.identity.queries import (
    get_account,
    get_account_of_person,
    list_accounts_of_post,
)
from shuzheng.support.identity.rules import (
    MANAGE_ACCOUNTS,
    DemonstrationAccount,
    LinkClosed,
    LinkForStaffOnly,
    NoRealNameAuthority,
    NoSuchAccount,
    NotCitizenId,
    NotDemonstration,
    NotRealName,
    NotUsername,
    PasswordTooWeak,
    PersonHasAccount,
    StaffHasAccount,
    UsernameTaken,
)
from tests.support.identity.conftest import ID_NUMBER, PASSWORD

BY = system("tests")


def enter(at, **changes):
    entered = {
        "username": "Xiao.Man",
        "password": PASSWORD,
        "name": "陈小满",
        "id_number": ID_NUMBER,
        "phone_ending": "1234",
    }
    return sign_up(**(entered | changes), at=at)


def test_a_citizen_whom_the_register_knows_gets_an_account(known_person, at):
    row = enter(at)
    assert row.username == "xiao.man"
    assert row.person == reference_of("persons", ID_NUMBER)
    assert (row.assurance, row.assured_by) == ("register", "人口库核验")
    assert row.assured_at == at
    (entry,) = list_entries_of_subject(f"account:{row.id}")
    assert entry.kind == "account.signed_up"


def test_the_id_number_is_kept_encrypted(known_person, at):
    enter(at)
    account = Account.objects.get()
    assert ID_NUMBER not in account.id_number_encrypted
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"username": "小满"}, NotUsername, "username"),
        ({"username": "abc"}, NotUsername, "username"),
        ({"id_number": "330000198805219004"}, NotCitizenId, "id_number"),
        ({"password": "12345678"}, PasswordTooWeak, "password"),
        ({"name": "陈大满"}, NotRealName, "id_number"),
        ({"id_number": "330000199502149014"}, NotRealName, "id_number"),
        ({"phone_ending": "4321"}, NotRealName, "id_number"),
        ({"phone_ending": ""}, NotRealName, "id_number"),
    ],
)
def test_what_does_not_fit_makes_no_account(known_person, at, changes, refusal, field):
    with pytest.raises(refusal) as refused:
        enter(at, **changes)
    assert refused.value.field == field
    assert Account.objects.count() == 0


def test_a_comparison_that_failed_is_still_shown_to_the_person(known_person, at):
    with pytest.raises(NotRealName):
        enter(at, name="陈大满")
    (entry,) = list_reads_of_person(reference_of("persons", ID_NUMBER))
    assert entry.purpose == "核验注册人的真实身份"


def test_who_guesses_the_phone_is_not_heard_after_a_few_attempts(known_person, at):
    for ending in range(5):
        with pytest.raises(NotRealName):
            enter(at, phone_ending=f"{ending:04}")
    with pytest.raises(NotRealName):
        enter(at)
    assert Account.objects.count() == 0
    assert enter(at + timedelta(days=1)).assurance == "register"


def test_a_person_gets_one_account_and_a_name_is_given_once(known_person, at):
    enter(at)
    with pytest.raises(UsernameTaken):
        enter(at)
    with pytest.raises(PersonHasAccount):
        enter(at, username="second")
    assert Account.objects.count() == 1


def test_only_who_manages_accounts_makes_them(db, official, citizen, at):
    for actor in (official(), citizen):
        with pytest.raises(PostLacksPermission):
            create_account(username="clerk", display_name="x", by=actor, at=at)
        with pytest.raises(PostLacksPermission):
            make_link(username="clerk", by=actor, at=at)
        with pytest.raises(PostLacksPermission):
            create_demonstration_accounts(accounts=(), password="x", by=actor, at=at)
    assert Account.objects.count() == 0


def test_an_account_made_at_the_window_says_who_saw_the_person(db, official, at):
    row = create_account(
        username="xiaoman",
        display_name="陈小满",
        id_number=ID_NUMBER,
        by=official(MANAGE_ACCOUNTS),
        at=at,
    )
    assert (row.assurance, row.assured_by) == ("window", "official-service.window")
    assert get_account_of_person(row.person) == row
    assert not Account.objects.get().has_usable_password()


def test_a_member_of_staff_gets_one_account(clerk, at):
    with pytest.raises(StaffHasAccount):
        create_account(username="again", display_name="周晓岚", staff_number="QZ0001", by=BY, at=at)
    assert Account.objects.count() == 1


def test_accounts_are_found_by_number_and_by_post(clerk, at):
    assert get_account(clerk.public_id).display_name == "周晓岚"
    with pytest.raises(NoSuchAccount):
        get_account("00000000-0000-0000-0000-000000000000")
    found = list_accounts_of_post("service.window", on=at.date())
    assert [each.username for each in found] == ["clerk"]
    assert list_accounts_of_post("audit.auditor", on=at.date()) == ()


def test_a_link_lets_in_once_and_for_an_hour(clerk, citizen, at):
    token = make_link(username="clerk", by=BY, at=at)
    assert token not in OneTimeLink.objects.get().token_sha256
    with pytest.raises(PasswordTooWeak):
        use_link(token=token, password="123", by=citizen, at=at)
    use_link(token=token, password="a-new-pass-9", by=citizen, at=at)
    assert Account.objects.get().check_password("a-new-pass-9")
    with pytest.raises(LinkClosed):
        use_link(token=token, password="again-pass-9", by=citizen, at=at)


def test_a_link_is_closed_by_time_and_by_the_next(clerk, citizen, at):
    first = make_link(username="clerk", by=BY, at=at)
    second = make_link(username="clerk", by=BY, at=at)
    for token, moment in ((first, at), (second, at + timedelta(hours=1)), ("wrong", at)):
        with pytest.raises(LinkClosed):
            use_link(token=token, password="a-new-pass-9", by=citizen, at=moment)
    assert Account.objects.get().check_password(PASSWORD)


def test_nobody_makes_a_link_that_lets_in_as_a_citizen(account, official, at):
    for by in (BY, official(MANAGE_ACCOUNTS)):
        with pytest.raises(LinkForStaffOnly):
            make_link(username="xiaoman", by=by, at=at)
    assert OneTimeLink.objects.count() == 0


def test_a_link_for_nobody_is_refused(db, at):
    with pytest.raises(NoSuchAccount):
        make_link(username="nobody", by=BY, at=at)


def test_the_first_administrator_is_invited_until_there_is_one(organisation, citizen, at):
    token = invite_administrator(on=at.date(), by=BY, at=at)
    assert Account.objects.get().staff_number == "QZ0017"
    assert invite_administrator(on=at.date(), by=BY, at=at) != ""
    use_link(
        token=invite_administrator(on=at.date(), by=BY, at=at),
        password="a-new-pass-9",
        by=citizen,
        at=at,
    )
    assert invite_administrator(on=at.date(), by=BY, at=at) == ""
    with pytest.raises(LinkClosed):
        use_link(token=token, password="a-new-pass-9", by=citizen, at=at)


def test_a_city_without_staff_invites_nobody(db, at):
    assert invite_administrator(on=at.date(), by=BY, at=at) == ""


def demonstration(**changes):
    entry = {"username": "demo", "display_name": "演示", "role": "市民", "try_this": "办事"}
    return DemonstrationAccount(**(entry | changes))


def test_demonstration_accounts_are_made_once_and_get_the_new_password(db, at):
    accounts = [demonstration(id_number=ID_NUMBER), demonstration(username="staff")]
    assert create_demonstration_accounts(accounts=accounts, password="one", by=BY, at=at) == 2
    assert create_demonstration_accounts(accounts=accounts, password="two", by=BY, at=at) == 0
    account = Account.objects.get(username="demo")
    assert account.demonstration
    assert account.check_password("two")
    assert account.person == reference_of("persons", ID_NUMBER)


def test_nobody_is_signed_out_when_the_demonstration_starts_again(db, at):
    accounts = [demonstration(id_number=ID_NUMBER), demonstration(username="staff")]
    create_demonstration_accounts(accounts=accounts, password="one", by=BY, at=at)
    before = {each.username: each.get_session_auth_hash() for each in Account.objects.all()}
    create_demonstration_accounts(accounts=accounts, password="one", by=BY, at=at)
    after = {each.username: each.get_session_auth_hash() for each in Account.objects.all()}
    assert len(before) == 2
    assert after == before


def test_a_short_password_is_told_in_the_readers_language(db, account):
    with pytest.raises(PasswordTooWeak) as told:
        check_password_strength("Kx7-q", account)
    assert told.value.facts["reasons"] == "密码太短，至少要 8 个字符。"


def test_a_demonstration_account_never_has_a_number_somebody_could_hold(db, at):
    accounts = [demonstration(id_number="11010519491231002X")]
    with pytest.raises(NotCitizenId):
        create_demonstration_accounts(accounts=accounts, password="one", by=BY, at=at)
    assert Account.objects.count() == 0


def test_only_demonstration_accounts_can_be_switched_to(account, citizen, at):
    with pytest.raises(NotDemonstration):
        switch_role(username="xiaoman", by=citizen, at=at)
    create_demonstration_accounts(accounts=[demonstration()], password="x", by=BY, at=at)
    assert switch_role(username="demo", by=citizen, at=at).username == "demo"


def test_nobody_signs_up_where_no_authority_says_who_people_are(known_person, at):
    use_real_name_provider(NobodyChecks())
    with pytest.raises(NoRealNameAuthority, match="还没有接入权威的实名核验"):
        enter(at)
    assert not Account.objects.exists()

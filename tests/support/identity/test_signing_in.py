"""Sign-in as people meet it: pages, refusals in plain words, and what is written down."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.support.identity.models import Account, SignInAttempt
from shuzheng.support.identity.operations import create_demonstration_accounts, make_link
from shuzheng.support.identity.rules import DemonstrationAccount
from tests.support.identity.conftest import ID_NUMBER, PASSWORD

LOGIN = "/accounts/login/"
WRONG = "用户名或密码不正确"


@pytest.fixture
def browser() -> Client:
    return Client()


def sign_in(browser, *, username="xiaoman", password=PASSWORD, **more):
    return browser.post(LOGIN, {"login": username, "password": password, **more})


def kinds(account):
    return [entry.kind for entry in list_entries_of_subject(account.subject)]


def test_a_citizen_comes_in_and_goes_out(browser, account):
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "陈小满" in browser.get("/accounts/").content.decode()
    browser.post("/accounts/logout/")
    assert kinds(account) == ["account.created", "account.signed_in", "account.signed_out"]
    assert browser.get("/accounts/").status_code == 302


def test_an_official_comes_in_at_the_desk(browser, clerk):
    assert sign_in(browser, username="clerk").headers["Location"] == "/desk/"


def test_a_wrong_password_is_told_and_counted(browser, account):
    answer = sign_in(browser, password="wrong")
    assert WRONG in answer.content.decode()
    assert SignInAttempt.objects.filter(username="xiaoman", succeeded=False).count() == 1
    assert kinds(account) == ["account.created"]


def test_an_unknown_name_is_told_the_same(browser, db):
    assert WRONG in sign_in(browser, username="nobody").content.decode()


def test_the_sixth_attempt_is_not_heard_even_with_the_right_password(browser, account):
    for _ in range(5):
        sign_in(browser, password="wrong")
    answer = sign_in(browser).content.decode()
    assert "登录已暂停 15 分钟" in answer
    assert kinds(account)[-1] == "account.sign_in_stopped"
    assert browser.get("/accounts/").status_code == 302


def test_the_right_password_begins_the_count_anew(browser, account):
    for _ in range(4):
        sign_in(browser, password="wrong")
    sign_in(browser)
    browser.post("/accounts/logout/")
    sign_in(browser, password="wrong")
    assert sign_in(browser).status_code == 302


def test_a_closed_account_does_not_come_in(browser, account):
    Account.objects.update(is_active=False)
    answer = browser.post(LOGIN, {"login": "xiaoman", "password": PASSWORD}, follow=True)
    assert "账号已停用" in answer.content.decode()
    assert browser.get("/accounts/").status_code == 302


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_no_address_outside_the_house_is_gone_to(browser, account, address):
    assert sign_in(browser, next=address).headers["Location"] == "/"


def test_one_comes_back_to_where_one_was(browser, account):
    assert sign_in(browser, next="/messages/").headers["Location"] == "/messages/"


def test_a_visitor_is_led_to_the_sign_in(browser, db):
    answer = browser.get("/accounts/post/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(LOGIN)


def test_a_citizen_signs_up_and_is_in(browser, known_person):
    entered = {
        "name": "陈小满",
        "id_number": ID_NUMBER,
        "phone_ending": "1234",
        "username": "xiaoman",
        "password": PASSWORD,
        "next": "/messages/",
    }
    answer = browser.post("/accounts/signup/", entered)
    assert answer.headers["Location"] == "/messages/"
    assert "人口库核验" in browser.get("/accounts/").content.decode()


def test_a_sign_up_with_the_wrong_number_keeps_what_was_typed(browser, known_person):
    entered = {
        "name": "陈小满",
        "id_number": "330000199502149014",
        "phone_ending": "1234",
        "username": "xiaoman",
        "password": PASSWORD,
    }
    answer = browser.post("/accounts/signup/", entered)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "姓名、身份证号与登记手机号核对不一致" in page
    assert 'value="陈小满"' in page
    assert PASSWORD not in page
    assert Account.objects.count() == 0


def test_a_one_time_link_sets_the_password_and_lets_in(browser, clerk, at, time_machine):
    time_machine.move_to(at)
    token = make_link(username="clerk", by=system("tests"), at=at)
    assert browser.get(f"/accounts/link/{token}/").status_code == 200
    answer = browser.post(f"/accounts/link/{token}/", {"password": "a-new-pass-9"})
    assert answer.headers["Location"] == "/accounts/"
    assert browser.get(f"/accounts/link/{token}/").status_code == 404


def test_an_official_chooses_a_post(browser, clerk):
    sign_in(browser, username="clerk")
    assert "窗口主管" in browser.get("/accounts/post/").content.decode()
    answer = browser.post("/accounts/post/", {"post": "service.supervisor", "next": "/messages/"})
    assert answer.headers["Location"] == "/messages/"
    clerk.refresh_from_db()
    assert clerk.post == "service.supervisor"


def test_a_post_of_somebody_else_is_refused_in_words(browser, clerk):
    sign_in(browser, username="clerk")
    answer = browser.post("/accounts/post/", {"post": "audit.auditor"})
    assert answer.status_code == 403
    assert "您今天不在岗位" in answer.content.decode()


def test_roles_cannot_be_switched_outside_a_demonstration(browser, account, settings):
    settings.DEMONSTRATION = False
    assert browser.post("/accounts/role/", {"username": "xiaoman"}).status_code == 404


def test_a_demonstration_lets_one_change_roles(browser, account, settings, at):
    settings.DEMONSTRATION = True
    entry = DemonstrationAccount(username="demo", display_name="演示", role="市民", try_this="x")
    create_demonstration_accounts(accounts=[entry], password="x", by=system("tests"), at=at)
    assert browser.post("/accounts/role/", {"username": "xiaoman"}).status_code == 404
    assert browser.post("/accounts/role/", {"username": "demo"}).status_code == 302
    page = browser.get("/accounts/").content.decode()
    assert "演示" in page
    assert "换个角色看看" in page


def test_the_password_is_changed_with_the_old_one(browser, account):
    sign_in(browser)
    new = {"password1": "a-new-pass-9", "password2": "a-new-pass-9"}
    browser.post("/accounts/password/change/", {"oldpassword": "wrong", **new})
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    account.refresh_from_db()
    assert account.check_password("a-new-pass-9")
    assert kinds(account)[-1] == "account.password_set"


def test_a_second_factor_is_asked_for_and_kept_encrypted(browser, account):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(account, secret)
    assert secret not in str(Authenticator.objects.values_list("data", flat=True).first())
    assert sign_in(browser).headers["Location"].startswith("/accounts/security/authenticate/")
    assert browser.get("/accounts/").status_code == 302
    wrong = browser.post("/accounts/security/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    browser.post("/accounts/security/authenticate/", {"code": code})
    assert browser.get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/security/",
        "/accounts/security/totp/activate/",
        "/accounts/passkeys/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
    ],
)
def test_every_page_of_the_account_opens_in_our_shell(browser, account, address):
    sign_in(browser)
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200
    assert "sz-header" in answer.content.decode()


def test_codes_of_a_second_factor_cannot_be_guessed_on(browser, account):
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    sign_in(browser)
    for _ in range(6):
        answer = browser.post("/accounts/security/authenticate/", {"code": "000000"})
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    answer = browser.post("/accounts/security/authenticate/", {"code": code})
    assert answer.status_code == 200
    assert browser.get("/accounts/").status_code == 302


@pytest.mark.parametrize(("host", "is_offered"), [("localhost:8000", True), ("127.0.0.1", False)])
def test_passkeys_are_offered_where_browsers_keep_them(browser, db, host, is_offered):
    page = browser.get(LOGIN, headers={"host": host}).content.decode()
    assert ("用通行密钥登录" in page) is is_offered


def test_a_passkey_is_named_in_the_readers_words(browser, account):
    sign_in(browser)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/passkeys/add/").content.decode()
    assert "给这台设备起个名字" in page
    assert "登录时用它代替密码" in page


def test_a_session_that_is_over_or_was_never_given_is_nobodys(browser, account):
    sign_in(browser)
    assert browser.get("/accounts/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/accounts/").status_code == 302
    browser.cookies["sessionid"] = "' OR '1'='1"
    assert browser.get("/accounts/").status_code == 302


def test_a_new_password_ends_the_sessions_opened_with_the_old_one(browser, account):
    sign_in(browser)
    owner = Account.objects.get(pk=account.pk)
    owner.set_password("another-one-1988")
    owner.save()
    assert browser.get("/accounts/").status_code == 302

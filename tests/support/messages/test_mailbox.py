"""Messages reach the right box once, are opened by their owner, and leave by mail."""

from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.test import Client

from shuzheng.data.registers.rules import DIFFERENCE_DECIDED
from shuzheng.infrastructure.access.rules import VISITOR, system
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.queries import list_entries_of_case, list_entries_of_subject
from shuzheng.institutions.city.models import Translation
from shuzheng.support.cases.rules import ACCEPTED
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import create_account
from shuzheng.support.messages import operations
from shuzheng.support.messages.models import Message, TemplateDefinition
from shuzheng.support.messages.operations import (
    FolderMail,
    mail_digests,
    mail_messages,
    open_message,
    send,
    send_about,
)
from shuzheng.support.messages.queries import count_unread, list_messages
from shuzheng.support.messages.rules import NobodyToTell, NoSuchMessage
from tests.cities import apply_kinds


@pytest.fixture
def templates(db, at):
    apply_kinds("message", at=at)


@pytest.fixture
def decided(templates, at):
    """An entry that a template speaks about, as the journal hands it over."""
    append(
        actor=system("tests"),
        kind=DIFFERENCE_DECIDED,
        subject="register:persons/x",
        at=at,
        facts={"name": "户籍地址", "outcome": "情况属实", "reason": "已更正"},
        case="QZ-1",
        person="person-1",
    )
    return list_entries_of_case("QZ-1")[0]


@pytest.fixture
def folder(tmp_path):
    before = list(operations._mail)
    operations.use_mail(FolderMail(tmp_path / "mail"))
    yield tmp_path / "mail"
    operations._mail[:] = before


@pytest.fixture
def account(db, at):
    row = create_account(
        username="xiaoming", display_name="王小明", by=system("tests"), at=at, password="x"
    )
    Account.objects.filter(public_id=row.id).update(person="person-1")
    return Account.objects.get(public_id=row.id)


def mails(folder):
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]


def test_an_entry_is_told_once_however_often_it_is_delivered(decided, at):
    assert send_about(entry=decided, at=at) == 1
    assert send_about(entry=decided, at=at) == 0
    (message,) = list_messages(person="person-1")
    assert message.title == "您对“户籍地址”的异议已处理"
    assert "处理结果：情况属实" in message.body
    assert count_unread(person="person-1") == 1


@pytest.fixture
def accepted(db, at):
    """An accepted case, in a city that says its messages in both languages."""
    apply_kinds("message", "translation", at=at)
    append(
        actor=system("tests"),
        kind=ACCEPTED,
        subject="case:QZ-1",
        at=at,
        facts={"number": "QZ-1", "matter": "小餐饮店登记", "promised_on": "2026-12-03"},
        case="QZ-1",
        person="person-1",
    )
    send_about(entry=list_entries_of_case("QZ-1")[0], at=at)
    return list_messages(person="person-1")[0]


def test_a_message_is_sent_in_both_languages(accepted):
    assert accepted.title == "申请 QZ-1 已受理"
    assert "“小餐饮店登记”已受理，各部门同时开始办理，承诺在2026年12月3日前办结。" in accepted.body
    assert accepted.title_en == "Application QZ-1 is accepted"
    assert accepted.body_en == (
        "“Small restaurant registration” is accepted. The departments begin at the same time and"
        " promise to finish by 2026-12-03.\n"
        "The statutory period of each matter stands on the progress page."
    )


def test_what_was_sent_stays_when_the_city_says_it_otherwise(accepted, at):
    Translation.objects.all().delete()
    TemplateDefinition.objects.all().delete()
    assert list_messages(person="person-1") == (accepted,)


def test_a_city_without_english_sends_chinese_alone(decided, at):
    send_about(entry=decided, at=at)
    (message,) = list_messages(person="person-1")
    assert (message.title_en, message.body_en) == ("", "")


@pytest.mark.parametrize(
    ("language", "subject", "says"),
    [
        ("", "申请 QZ-1 已受理 / Application QZ-1 is accepted", ("已受理", "is accepted")),
        ("zh-hans", "申请 QZ-1 已受理", ("已受理",)),
        ("en", "Application QZ-1 is accepted", ("is accepted",)),
    ],
)
def test_a_mail_speaks_the_language_of_the_account(
    account, accepted, folder, at, language, subject, says
):
    Account.objects.update(locale=language)
    mail_messages(at=at)
    (mail,) = mails(folder)
    assert mail["Subject"] == subject
    said = mail.get_content()
    assert [words for words in ("已受理", "is accepted") if words in said] == list(says)


def test_an_english_reader_reads_english_and_may_see_the_chinese(account, accepted):
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(account)
    listed = browser.get("/messages/").content.decode()
    assert "Application QZ-1 is accepted" in listed
    assert "申请 QZ-1 已受理" not in listed
    opened = browser.get(f"/messages/{accepted.id}/").content.decode()
    assert '<h1 class="govuk-heading-l">Application QZ-1 is accepted</h1>' in opened
    assert '<div lang="zh-Hans"><p class="govuk-body">申请 QZ-1 已受理</p>' in opened


def test_a_message_from_before_still_shows_its_chinese(account, at):
    number = send(title="已受理", body="请放心", person="person-1", at=at)
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(account)
    opened = browser.get(f"/messages/{number}/").content.decode()
    assert '<p><span lang="zh-Hans">请放心</span></p>' in opened
    assert "The Chinese text" not in opened


def test_what_was_sent_is_written_down(decided, at):
    send_about(entry=decided, at=at)
    (message,) = list_messages(person="person-1")
    (entry,) = list_entries_of_subject(f"message:{message.id}")
    assert (entry.kind, entry.case, entry.person) == ("message.sent", "QZ-1", "person-1")
    assert entry.facts["about"] == str(decided.id)


def test_a_message_has_one_recipient(db, at):
    for recipient in ({}, {"person": "p", "post": "q"}):
        with pytest.raises(NobodyToTell):
            send(title="t", body="b", at=at, **recipient)
    assert Message.objects.count() == 0


def test_a_person_opens_their_own_message_once(db, citizen, at):
    number = send(title="t", body="b", person="person-1", at=at)
    open_message(message=number, by=citizen, at=at)
    open_message(message=number, by=citizen, at=at + timedelta(hours=1))
    assert Message.objects.get().read_at == at
    kinds = [entry.kind for entry in list_entries_of_subject(f"message:{number}")]
    assert kinds == ["message.sent", "message.opened"]
    assert count_unread(person="person-1") == 0


def test_nobody_opens_anothers_message(db, other_citizen, official, at):
    number = send(title="t", body="b", person="person-1", at=at)
    for actor in (other_citizen, official(), VISITOR):
        with pytest.raises(NoSuchMessage):
            open_message(message=number, by=actor, at=at)
    with pytest.raises(NoSuchMessage):
        open_message(message=uuid4(), by=other_citizen, at=at)
    assert Message.objects.get().read_at is None


def test_an_official_opens_the_messages_of_the_post_they_are_on(db, official, at):
    number = send(title="t", body="b", post="fire.chief", at=at)
    with pytest.raises(NoSuchMessage):
        open_message(message=number, by=official(post="market.chief"), at=at)
    assert open_message(message=number, by=official(post="fire.chief"), at=at).title == "t"


def test_the_mailbox_is_newest_first_and_nobody_has_none(db, at):
    send(title="first", body="b", person="person-1", at=at)
    send(title="second", body="b", person="person-1", at=at + timedelta(minutes=1))
    assert [each.title for each in list_messages(person="person-1")] == ["second", "first"]
    assert list_messages() == ()
    assert count_unread() == 0


def test_a_message_is_mailed_once(account, folder, at):
    send(title="已受理", body="请放心", person="person-1", at=at)
    assert mail_messages(at=at) == 1
    assert mail_messages(at=at) == 0
    (mail,) = mails(folder)
    assert mail["To"] == "王小明 <xiaoming@shuzheng.invalid>"
    assert mail["Subject"] == "已受理"
    assert "请放心" in mail.get_content()


def test_a_title_cannot_add_headers_to_a_mail(account, folder, at):
    send(title="好\nBcc: all@example.org", body="b", person="person-1", at=at)
    mail_messages(at=at)
    assert mails(folder)[0]["Bcc"] is None


def test_digests_leave_together(account, folder, at):
    for title in ("一", "二"):
        send(title=title, body="b", person="person-1", at=at)
    Message.objects.update(is_digest=True)
    assert mail_messages(at=at) == 0
    assert mail_digests(at=at) == 1
    assert mail_digests(at=at) == 0
    (mail,) = mails(folder)
    assert mail["Subject"] == "2 条待办提醒 / 2 reminders"
    assert mail.get_content() == "· 一\n· 二\n\n· 一\n· 二\n"


def test_old_messages_are_not_mailed_any_more(account, folder, at):
    send(title="t", body="b", person="person-1", at=at - timedelta(days=2))
    assert mail_messages(at=at) == 0


def test_without_a_way_out_messages_wait(account, folder, at):
    operations._mail.clear()
    send(title="t", body="b", person="person-1", at=at)
    assert mail_messages(at=at) == 0
    assert Message.objects.get().mailed_at is None


def test_the_mailbox_page_shows_and_opens(account, at):
    number = send(title="已受理", body="请放心", person="person-1", link="/my/cases/QZ-1/", at=at)
    browser = Client()
    browser.force_login(account)
    listed = browser.get("/messages/").content.decode()
    assert "已受理" in listed
    assert "1 条未读" in listed
    opened = browser.get(f"/messages/{number}/").content.decode()
    assert 'href="/my/cases/QZ-1/"' in opened
    assert "没有未读消息" in browser.get("/messages/").content.decode()
    assert browser.get(f"/messages/{uuid4()}/").status_code == 404


def test_a_visitor_has_no_mailbox(db):
    assert Client().get("/messages/").status_code == 302


@pytest.mark.parametrize(
    "before", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-02-30T00:00Z", "x"]
)
def test_a_page_that_begins_at_no_moment_begins_with_the_newest(db, client, before, at):
    account = create_account(
        username="reader", display_name="读者", staff_number="QZ0001", by=system("tests"), at=at
    )
    client.force_login(Account.objects.get(public_id=account.id))
    assert client.get("/messages/", {"before": before}).status_code == 200

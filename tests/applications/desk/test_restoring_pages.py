"""A citizen without a password at the window: found, checked, handed a code, told about it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from shuzheng.infrastructure.journal.queries import list_entries_of_person
from shuzheng.support.identity.models import Account
from shuzheng.support.messages.models import Message
from shuzheng.support.messages.operations import send_about
from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import AT, ID_NUMBER

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
FIND, ISSUE = "/desk/restore/", "/desk/restore/code/"
SEEN = {"id_number": ID_NUMBER, "has_seen_document": "yes", "is_holder_present": "yes"}
CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def test_a_clerk_finds_the_holder_and_hands_over_a_code_that_works_once() -> None:
    citizen()
    window = official("window")
    assert FIND in words_of_links(window)
    found = words(window.post(FIND, {"id_number": ID_NUMBER}))
    assert "王小明" in found
    assert "到场的人与证件照片相符" in found
    shown = window.post(ISSUE, SEEN)
    assert "no-store" in shown.headers["Cache-Control"]
    code = CODE.search(words(shown))
    assert code
    assert not CODE.search(words(window.get(FIND)))
    visitor = Client()
    typed = visitor.post("/accounts/code/", {"code": code[0]})
    assert visitor.post(typed.headers["Location"], {"password": "a-new-pass-9"}).status_code == 302
    assert "已经用过" in words(Client().post("/accounts/code/", {"code": code[0]}))


def words_of_links(window: Client) -> str:
    return window.get("/desk/").content.decode()


def test_the_owner_is_told_of_the_code_and_of_its_use() -> None:
    _, applicant = citizen()
    code = CODE.search(words(official("window").post(ISSUE, SEEN)))
    assert code
    Client().post(f"/accounts/link/{code[0]}/", {"password": "a-new-pass-9"})
    for entry in list_entries_of_person(applicant.person):
        send_about(entry=entry, at=AT)
    titles = Message.objects.filter(person=applicant.person).order_by("pk")
    assert list(titles.values_list("title", flat=True)) == [
        "窗口为您的账号签发了一次性代码",
        "您的账号设置了新密码",
    ]
    assert "综合窗口查验居民身份证原件后" in titles[0].body


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"has_seen_document": ""}, 422, "请先查验身份证原件"),
        ({"is_holder_present": ""}, 422, "请先确认到场的就是持证本人"),
        ({"id_number": "330000198805219003"}, 422, "还没有注册过账号"),
    ],
)
def test_what_is_missing_is_said_and_what_was_ticked_stays(changes, status, says) -> None:
    citizen()
    answer = official("window").post(ISSUE, SEEN | changes)
    assert answer.status_code == status
    assert says in words(answer)
    assert not CODE.search(words(answer))


def test_second_factors_are_asked_about_only_where_there_are_some() -> None:
    citizen()
    window = official("window")
    assert "保留：" not in words(window.post(FIND, {"id_number": ID_NUMBER}))
    owner = Account.objects.get(username="wang")
    Authenticator.objects.create(user=owner, type="totp", data={"secret": "x"})
    assert "保留：" in words(window.post(FIND, {"id_number": ID_NUMBER}))
    assert "请选择两步验证是保留还是取消" in words(window.post(ISSUE, SEEN))
    assert CODE.search(words(window.post(ISSUE, {**SEEN, "factors": "keep"})))


def test_only_windows_may() -> None:
    browser, _ = citizen()
    for client in (official("market"), official("administrator"), browser):
        assert client.get(FIND).status_code == 403
        assert client.post(ISSUE, SEEN).status_code == 403
        assert FIND not in words_of_links(client)

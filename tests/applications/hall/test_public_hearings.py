"""Hearings announced to the public: anybody reads them, people known by name sign up."""

import pytest
from django.test import Client

from shuzheng.support.cases.models import Hearing, HearingGuest
from tests.applications.browsers import browser, citizen, official, stranger, words
from tests.support.cases.ordered_hearings import announced, ordered, record
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_a_visitor_reads_what_is_heard_and_not_who_applied() -> None:
    assert "现在没有公告的听证" in words(Client().get("/hearings/"))
    number, pk = announced()
    visitor = Client()
    assert "听证公告" in words(visitor.get("/"))
    listed, shown = (visitor.get(path) for path in ("/hearings/", f"/hearings/{pk}/"))
    for page in (words(listed), words(shown)):
        assert "上街一带排水管网的承载" in page
        assert "2026-12-07" in page
        assert "09:30" in page
        assert "政务中心三楼" in page
        assert "王" not in page
        assert number not in page
    assert "登录并完成实名认证后可以报名" in words(shown)


def test_somebody_signs_up_and_withdraws() -> None:
    _, pk = announced()
    client, path = stranger(), f"/hearings/{pk}/"
    wrong = client.post(f"{path}join/", {"wish": ""})
    assert (wrong.status_code, "请选择旁听还是发言" in words(wrong)) == (422, True)
    assert client.post(f"{path}join/", {"wish": "listen"}).status_code == 302
    assert "您已报名" in words(client.get(path))
    assert HearingGuest.objects.get().wish == "listen"
    assert client.post(f"{path}leave/").status_code == 302
    assert "您已报名" not in words(client.get(path))
    assert not HearingGuest.objects.exists()


def test_who_is_not_known_by_name_does_not_sign_up() -> None:
    _, pk = announced()
    path = f"/hearings/{pk}/join/"
    clerk, unproven = official("window"), browser("unproven")
    with nothing_changes():
        assert Client().post(path, {"wish": "listen"}).status_code == 401
        for client in (clerk, unproven):
            assert client.post(path, {"wish": "listen"}).status_code == 403
            assert 'name="wish"' not in client.get(f"/hearings/{pk}/").content.decode()


def test_what_was_not_announced_is_not_found_and_what_was_held_is_closed() -> None:
    number = ordered()
    visitor, client = Client(), stranger()
    pk = Hearing.objects.get().pk
    for path in (f"/hearings/{pk}/", "/hearings/0/", f"/hearings/{'9' * 30}/"):
        assert visitor.get(path).status_code == 404, path
    other, held = announced()
    record(other)
    page = words(client.get(f"/hearings/{held}/"))
    assert "已举行" in page
    assert "报名参加" not in page
    assert client.post(f"/hearings/{held}/join/", {"wish": "listen"}).status_code == 409
    assert number != other


def test_the_applicant_sees_their_own_hearing_and_only_their_own_notice() -> None:
    number = ordered()
    client, _ = citizen()
    page = words(client.get(f"/my/cases/{number.rpartition('-')[0]}/"))
    assert "本机关决定向社会公告并举行听证" in page

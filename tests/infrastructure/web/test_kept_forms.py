"""A form that could not be sent is kept on the server and offered again."""

from typing import Any

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from shuzheng.infrastructure.web.operations import actor_of, public, signed_in
from shuzheng.policy.refusals import Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@signed_in
def save(request: HttpRequest) -> HttpResponse:
    return HttpResponse(actor_of(request).name)


@public("a test")
def refuse(request: HttpRequest) -> HttpResponse:
    raise Conflict


urlpatterns = [
    path("refuse/", refuse),
    path("save/", save),
    path("", include("shuzheng.infrastructure.web.pages")),
    path("", include("shuzheng.support.identity.pages")),
]


def send(client: Client, **headers: Any) -> Any:
    fields = {"name": "<张三>", "kinds": ["堂食", "外卖"], "password": "secret"}
    return client.post("/save/?page=who", fields, headers=headers)


def test_what_was_typed_is_kept_and_the_reader_is_told() -> None:
    client = Client()
    answer = send(client)
    assert answer.status_code == 401
    assert "/accounts/login/?next=%2Fresume%2F" in answer.content.decode()
    assert "您填写的内容保留了" in answer.content.decode()
    html = client.get("/resume/").content.decode()
    assert 'action="/save/?page=who"' in html
    assert 'name="name" value="&lt;张三&gt;"' in html
    assert html.count('name="kinds"') == 2


def test_passwords_are_not_kept() -> None:
    client = Client()
    send(client)
    assert "secret" not in client.get("/resume/").content.decode()
    assert "secret" not in str(dict(client.session))


def test_another_browser_sees_nothing() -> None:
    send(Client())
    assert Client().get("/resume/").status_code == 302


def test_it_is_kept_for_half_an_hour() -> None:
    client = Client()
    with time_machine.travel("2026-11-23 10:00", tick=False) as clock:
        send(client)
        clock.shift(29 * 60)
        assert client.get("/resume/").status_code == 200
        clock.shift(2 * 60)
        assert client.get("/resume/").status_code == 302
    assert "held_form" not in client.session


def test_the_reader_can_throw_it_away() -> None:
    client = Client()
    send(client)
    assert client.post("/resume/discard/").status_code == 302
    assert client.get("/resume/").status_code == 302


def test_an_autosave_is_refused_in_json_and_not_kept() -> None:
    client = Client()
    answer = send(client, **{"X-Autosave": "1", "Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not-signed-in")
    assert client.get("/resume/").status_code == 302


@pytest.mark.parametrize(
    ("origin", "status_of_resume"), [("http://testserver", 200), ("https://evil.example", 302)]
)
def test_a_stale_form_is_kept_only_if_our_own_page_sent_it(
    origin: str, status_of_resume: int
) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = send(client, Origin=origin)
    assert answer.status_code == 403
    assert client.get("/resume/").status_code == status_of_resume


def test_a_refused_form_shows_what_was_typed_but_no_secret() -> None:
    answer = Client().post("/refuse/", {"reason": "我的理由<很长>", "password": "secret"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "您刚才填写的内容" in html
    assert "我的理由&lt;很长&gt;" in html
    assert "secret" not in html


def test_a_credit_code_is_kept_and_a_one_time_code_is_not() -> None:
    fields = {"credit_code": "92330802MA28F0001J", "code": "482913"}
    html = Client().post("/refuse/", fields).content.decode()
    assert "92330802MA28F0001J" in html
    assert "482913" not in html

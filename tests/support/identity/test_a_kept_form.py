"""A form kept after a session ended belongs to who typed it, not to the browser."""

import pytest
from django.conf import settings
from django.test import Client

from shuzheng.support.identity.models import Account

pytestmark = pytest.mark.django_db
TYPED = {"contact_address": "柯城区坊门街 8 号"}


@pytest.fixture
def browser(account: Account) -> Client:
    """A browser whose reader's session ended while a form was open."""
    client = Client()
    client.force_login(account)
    assert client.get("/accounts/").status_code == 200
    del client.cookies[settings.SESSION_COOKIE_NAME]
    answer = client.post("/accounts/post/", TYPED)
    assert answer.status_code == 401
    return client


def test_who_typed_it_gets_it_back(browser: Client, account: Account) -> None:
    browser.force_login(account)
    assert TYPED["contact_address"] in browser.get("/resume/").content.decode()


def test_somebody_else_at_the_same_browser_is_not_shown_it(browser: Client, clerk: Account) -> None:
    browser.force_login(clerk)
    answer = browser.get("/resume/")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_before_sign_in_nothing_is_shown(browser: Client) -> None:
    answer = browser.get("/resume/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fresume%2F")


def test_the_mark_in_the_browser_names_nobody(browser: Client, account: Account) -> None:
    mark = browser.cookies["reader"]
    assert len(mark.value) == 32
    assert str(account.public_id) not in mark.value
    assert mark["httponly"]
    assert mark["samesite"] == "Lax"
    assert mark["max-age"] == ""

"""Browsers of citizens and officials who are signed in, and what their pages say."""

import html
import re

from django.http import HttpResponse
from django.test import Client

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import create_account
from tests.support.cases.play import AT, ID_NUMBER, wang

STAFF = {
    "window": "QZ0001",
    "window2": "QZ0002",
    "supervisor": "QZ0003",
    "market": "QZ0004",
    "marketchief": "QZ0005",
    "fire": "QZ0006",
    "firechief": "QZ0007",
    "housing": "QZ0008",
    "housingchief": "QZ0009",
    "agent": "QZ0012",
    "steward": "QZ0015",
    "auditor": "QZ0016",
    "administrator": "QZ0017",
}
OTHER_ID_NUMBER = "330000198805219003"


def browser(username: str, **facts: str) -> Client:
    """Return a browser signed in with a new account."""
    made = create_account(
        username=username,
        display_name=facts.pop("display_name", username),
        password="shui-ting-men-1988",
        by=system("tests"),
        at=AT,
        **facts,
    )
    client = Client()
    client.force_login(Account.objects.get(public_id=made.id))
    return client


def citizen() -> tuple[Client, Actor]:
    """Return 王小明 at a browser, and as operations see him."""
    applicant = wang()
    client = browser("wang", display_name="王小明", id_number=ID_NUMBER)
    account = Account.objects.get(username="wang")
    assert account.person == applicant.person
    return client, applicant


def stranger() -> Client:
    """Return another citizen at a browser."""
    return browser("chen", display_name="陈小满", id_number=OTHER_ID_NUMBER)


def official(name: str) -> Client:
    """Return an official at a browser, on the first of their posts."""
    return browser(name, staff_number=STAFF[name])


def words(answer: HttpResponse) -> str:
    """Return a page's text without its marks."""
    text = answer.content.decode()
    return html.unescape(re.sub(r"<[^>]+>", " ", text))

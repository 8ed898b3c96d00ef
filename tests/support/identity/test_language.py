"""The language somebody chooses is kept with their account, for what the house writes to them."""

import pytest
from django.test import Client

from shuzheng.infrastructure.access.rules import VISITOR
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import choose_language
from shuzheng.support.identity.rules import NoSuchAccount


def chosen(account):
    entries = list_entries_of_subject(account.subject)
    return [each.facts for each in entries if each.kind == "account.language_chosen"]


def test_nobody_has_chosen_until_they_choose(account):
    assert account.locale == ""


def test_who_reads_in_english_is_written_to_in_english(account):
    browser = Client()
    browser.force_login(account)
    for _ in range(2):
        browser.post("/language/", {"language": "en", "next": "/"})
    account.refresh_from_db()
    assert account.locale == "en"
    assert chosen(account) == [{"before": "", "language": "en"}]


@pytest.mark.parametrize("language", ["", "fr", "<b>"])
def test_a_language_the_house_does_not_speak_is_not_kept(account, language):
    browser = Client()
    browser.force_login(account)
    browser.post("/language/", {"language": language, "next": "/"})
    account.refresh_from_db()
    assert account.locale == ""
    assert chosen(account) == []


def test_a_visitors_choice_is_kept_nowhere(account):
    Client().post("/language/", {"language": "en", "next": "/"})
    assert Account.objects.get().locale == ""


def test_who_has_no_account_chooses_for_nobody(account, at):
    with pytest.raises(NoSuchAccount):
        choose_language(language="en", by=VISITOR, at=at)
    assert Account.objects.get().locale == ""

"""Officials act by post: on the one they chose, among those they hold today."""

from datetime import date

import pytest

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import switch_post
from shuzheng.support.identity.queries import actor_of_account, list_own_posts
from shuzheng.support.identity.rules import NoSuchAccount, NotYourPost

TODAY = date(2026, 11, 23)


def test_a_citizen_acts_for_themselves(account):
    actor = actor_of_account(account, on=TODAY)
    assert (actor.kind, actor.person, actor.post) == ("person", account.person, "")
    assert actor.permissions == frozenset()
    assert list_own_posts(account, on=TODAY) == ()


def test_an_official_acts_on_the_first_post_until_they_choose(clerk):
    actor = actor_of_account(clerk, on=TODAY)
    assert (actor.kind, actor.post, actor.department) == ("official", "service.window", "service")
    assert actor.areas == ("330800",)
    assert "registers.read" in actor.permissions


def test_a_switch_changes_what_an_official_may_do_and_is_written_down(clerk, at):
    actor = actor_of_account(clerk, on=TODAY)
    changed = switch_post(post="service.supervisor", on=TODAY, by=actor, at=at)
    assert changed.post == "service.supervisor"
    clerk.refresh_from_db()
    assert actor_of_account(clerk, on=TODAY).post == "service.supervisor"
    entry = list_entries_of_subject(clerk.subject)[-1]
    assert entry.facts == {"before": "service.window", "post": "service.supervisor"}


def test_nobody_switches_to_a_post_they_do_not_hold(clerk, at):
    actor = actor_of_account(clerk, on=TODAY)
    with pytest.raises(NotYourPost):
        switch_post(post="audit.auditor", on=TODAY, by=actor, at=at)
    assert Account.objects.get().post == ""


def test_a_post_counts_from_the_day_it_is_held(clerk):
    codes = [post.code for post in list_own_posts(clerk, on=date(2026, 1, 15))]
    assert codes == ["service.window"]
    assert actor_of_account(clerk, on=date(2025, 12, 31)).kind == "person"


def test_a_post_no_longer_held_falls_back_to_one_that_is(clerk):
    clerk.post = "audit.auditor"
    assert actor_of_account(clerk, on=TODAY).post == "service.window"


def test_a_closed_account_can_do_nothing(clerk):
    clerk.is_active = False
    assert actor_of_account(clerk, on=TODAY) == VISITOR


def test_who_has_no_account_has_no_post(db, at):
    with pytest.raises(NoSuchAccount):
        switch_post(post="service.window", on=TODAY, by=Actor(kind="official"), at=at)

"""Somebody stands in: on the post, for the time, never with more, never further on."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.institutions.organisation.queries import get_post
from shuzheng.institutions.people.models import Assignment
from shuzheng.support.identity.models import Account, Acting
from shuzheng.support.identity.operations import (
    create_account,
    end_acting,
    name_acting,
    switch_post,
)
from shuzheng.support.identity.queries import (
    actor_of_account,
    list_acting,
    list_colleagues,
    list_posts_of_accounts,
)
from shuzheng.support.identity.rules import NotYourPost
from shuzheng.support.identity.rules.acting import (
    NEVER_LENT,
    ActingAlready,
    ActingPeriodWrong,
    CannotStandIn,
    NoSuchActing,
    PostNotYours,
    ReasonsForActing,
    Term,
    lent_permissions,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
STAFF = {"zheng": "QZ0004", "chief": "QZ0005", "firemen": "QZ0006"}
AT = datetime.fromisoformat("2026-11-23T02:00:00+00:00")
DAY = timedelta(days=1)
MOMENTS = st.integers(0, 60).map(lambda hours: AT + timedelta(hours=hours))


def person(name: str) -> Account:
    made = create_account(
        username=name,
        display_name=name,
        staff_number=STAFF[name],
        password="shui-ting-men-1988",
        by=system("tests"),
        at=AT,
    )
    return Account.objects.get(public_id=made.id)


def acts(account: Account, at: datetime = AT) -> Actor:
    account.refresh_from_db()
    return actor_of_account(account, on=at.date(), at=at)


def named(giver: Account, holder: Account, **given: object) -> int:
    defaults = {"post": "market.chief", "from_at": AT, "to_at": AT + 2 * DAY, "reasons": "出差"}
    facts = {**defaults, **given}
    return name_acting(holder=str(holder.public_id), by=acts(giver), at=AT, **facts)


def switched(account: Account, post: str, at: datetime) -> Actor:
    return switch_post(post=post, on=at.date(), by=acts(account, at), at=at)


def test_who_stands_in_has_the_post_for_the_time_and_the_record_says_so() -> None:
    chief, reviewer = person("chief"), person("zheng")
    named(chief, reviewer)
    actor = switched(reviewer, "market.chief", AT)
    assert (actor.name, actor.post, actor.is_acting) == ("zheng（代）", "market.chief", True)
    assert actor.permissions == frozenset(get_post("market.chief").permissions) - NEVER_LENT
    last = AT + 2 * DAY - timedelta(microseconds=1)
    assert acts(reviewer, last).post == "market.chief"
    after = acts(reviewer, AT + 2 * DAY)
    assert (after.post, after.name, after.is_acting) == ("market.reviewer", "zheng", False)
    (entry,) = list_entries_of_subject("post:market.chief")
    assert (entry.facts["holder"], entry.facts["giver"]) == ("zheng", "chief")


def test_before_it_begins_nobody_stands_in() -> None:
    chief, reviewer = person("chief"), person("zheng")
    named(chief, reviewer, from_at=AT + DAY)
    with pytest.raises(NotYourPost):
        switched(reviewer, "market.chief", AT)
    assert switched(reviewer, "market.chief", AT + DAY).is_acting


def test_who_stands_in_names_nobody_further() -> None:
    chief, reviewer = person("chief"), person("zheng")
    named(chief, reviewer)
    switched(reviewer, "market.chief", AT)
    with pytest.raises(PostLacksPermission):
        named(reviewer, chief, post="market.reviewer")
    assert Acting.objects.count() == 1


def test_it_ends_when_its_giver_leaves_the_post_it_was_given_from() -> None:
    chief, reviewer = person("chief"), person("zheng")
    named(chief, reviewer)
    assert switched(reviewer, "market.chief", AT).is_acting
    Assignment.objects.filter(staff__number="QZ0005").update(to_on="2026-11-23")
    assert acts(reviewer, AT).is_acting
    assert acts(reviewer, AT + DAY).post == "market.reviewer"


@pytest.mark.parametrize("post", ["", "fire.reviewer"])
def test_it_ends_when_who_stands_in_leaves_the_department(post: str) -> None:
    chief, reviewer = person("chief"), person("zheng")
    named(chief, reviewer)
    assert switched(reviewer, "market.chief", AT).is_acting
    held = Assignment.objects.filter(staff__number="QZ0004")
    staff = held.get().staff
    held.update(to_on="2026-11-23")
    if post:
        Assignment.objects.create(staff=staff, post=post, from_on="2026-11-24")
    assert acts(reviewer, AT).is_acting
    after = acts(reviewer, AT + DAY)
    assert (after.post, after.is_acting) == (post, False)
    assert [row.display_name for row in list_colleagues("market.chief", at=AT + DAY)] == ["chief"]


def test_a_chief_lends_the_post_of_somebody_absent_below() -> None:
    chief, reviewer, fire = person("chief"), person("zheng"), person("firemen")
    with pytest.raises(CannotStandIn):
        named(chief, reviewer, post="market.reviewer")
    with pytest.raises(CannotStandIn):
        named(chief, fire, post="market.reviewer")
    with pytest.raises(CannotStandIn):
        named(chief, chief)
    with pytest.raises(PostNotYours):
        named(chief, reviewer, post="fire.chief")
    with pytest.raises(PostLacksPermission):
        named(reviewer, chief, post="market.reviewer")
    assert not Acting.objects.exists()


def test_a_time_has_an_end_to_come_a_reason_and_no_double() -> None:
    act = partial(named, person("chief"), person("zheng"))
    for wrong in ({"to_at": AT}, {"from_at": AT + 3 * DAY}, {"to_at": AT + 93 * DAY}):
        with pytest.raises(ActingPeriodWrong):
            act(**wrong)
    with pytest.raises(ReasonsForActing):
        act(reasons=" ")
    act()
    with pytest.raises(ActingAlready):
        act(from_at=AT + DAY, to_at=AT + 4 * DAY)
    act(from_at=AT + 2 * DAY, to_at=AT + 4 * DAY)
    assert Acting.objects.count() == 2


def test_it_is_ended_early_by_its_giver_or_its_holder_and_nobody_else() -> None:
    chief, reviewer, fire = person("chief"), person("zheng"), person("firemen")
    acting = named(chief, reviewer)
    end = partial(end_acting, acting=acting, reasons="提前返回", at=AT + DAY)
    with pytest.raises(NoSuchActing):
        end(by=acts(fire))
    end(by=acts(chief))
    assert acts(reviewer, AT + DAY).post == "market.reviewer"
    assert list_acting(posts=("market.chief",), at=AT + DAY) == ()
    with pytest.raises(NoSuchActing):
        end(by=acts(reviewer))


def test_who_stands_in_is_a_colleague_on_the_post_as_long_as_it_lasts() -> None:
    chief, reviewer = person("chief"), person("zheng")
    named(chief, reviewer)
    names = [row.display_name for row in list_colleagues("market.chief", at=AT)]
    assert names == ["chief", "zheng（代）"]
    key = str(reviewer.public_id)
    held = {when: list_posts_of_accounts([key], at=AT + when)[key] for when in (DAY, 2 * DAY)}
    assert held == {
        DAY: {"market.reviewer", "market.chief"},
        2 * DAY: {"market.reviewer"},
    }


@given(MOMENTS, MOMENTS, st.none() | MOMENTS, MOMENTS)
def test_nobody_stands_in_from_the_end_on(
    from_at: datetime, to_at: datetime, ended_at: datetime | None, at: datetime
) -> None:
    one = Term(from_at, to_at, ended_at)
    is_over = at >= to_at or (ended_at is not None and at >= ended_at)
    assert one.is_in_force(at) is (from_at <= at and not is_over)
    assert not one.is_in_force(one.end)


@given(st.frozensets(st.sampled_from(["cases.rule", "cases.read", *NEVER_LENT])))
def test_nothing_is_lent_that_the_post_has_not(post: frozenset[str]) -> None:
    assert lent_permissions(post) <= post
    assert not lent_permissions(post) & NEVER_LENT

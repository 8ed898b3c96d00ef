"""Matters are found by the words people use, and in the version of the day."""

from datetime import date, timedelta

import pytest

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.support.matters.models import MatterRevision
from shuzheng.support.matters.operations import publish_matter, withdraw_matter
from shuzheng.support.matters.queries import (
    get_matter,
    get_revision,
    list_matters,
    search_matters,
)
from shuzheng.support.matters.rules import MatterNotFound
from tests.support.cases.play import AT, TODAY, on_post

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
LATER = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def forgotten_revisions():
    """Forget the versions of a test: after it, their numbers are given anew."""
    yield
    get_revision.cache_clear()


def publish(*, by: Actor, valid_from: date = LATER, title: str = "小餐饮店登记(新)") -> int:
    body = MatterRevision.objects.get(key="small_restaurant").body
    return publish_matter(
        kind="matter",
        key="small_restaurant",
        title=title,
        department="market",
        valid_from=valid_from,
        words=("夜宵摊",),
        digest="new",
        body={**body, "title": title, "valid_from": valid_from.isoformat()},
        questions={},
        form={},
        by=by,
        at=AT,
    )


@pytest.mark.parametrize("text", ["我要开饭店", "开饭店", "面馆", "想开一家面馆", "奶茶店"])
def test_what_people_say_finds_the_bundle_first(text: str) -> None:
    found = search_matters(text, on=TODAY)
    assert (found[0].kind, found[0].key) == ("bundle", "open_restaurant")


def test_a_matter_is_found_by_the_name_of_its_paper() -> None:
    assert "food_licence" in [each.key for each in search_matters("食品经营许可证", on=TODAY)]
    assert "drainage_permit" in [each.key for each in search_matters("排水许可", on=TODAY)]


@pytest.mark.parametrize(
    "text", ["", "  ", "我要", "怎么办理", "火星移民", "身份证丢了", "'; DROP TABLE x; --"]
)
def test_what_says_nothing_or_is_not_done_here_finds_nothing(text: str) -> None:
    assert search_matters(text, on=TODAY) == ()


def test_everything_in_force_is_listed_bundles_first() -> None:
    listed = list_matters(on=TODAY)
    assert listed[0].kind == "bundle"
    assert [each.key for each in listed if each.kind == "matter"] == [
        "business_registration",
        "drainage_permit",
        "fire_inspection",
        "food_licence",
        "outdoor_advertising",
        "small_restaurant",
    ]
    assert list_matters(on=date(2025, 12, 31)) == ()


def test_a_new_version_counts_from_its_day_and_the_old_one_stays_what_it_was() -> None:
    before = get_matter("small_restaurant", on=TODAY)
    new = publish(by=system("tests"))
    assert get_matter("small_restaurant", on=LATER - timedelta(days=1)) == before
    assert get_matter("small_restaurant", on=LATER).id == new
    assert get_matter("small_restaurant", on=LATER).version == before.version + 1
    assert get_revision(before.id).title == "小餐饮店登记"
    titles = {each.title for each in list_matters(on=LATER)}
    assert "小餐饮店登记(新)" in titles
    assert "小餐饮店登记" not in titles
    assert [each.key for each in search_matters("夜宵摊", on=LATER)] == ["small_restaurant"]
    assert search_matters("夜宵摊", on=TODAY) == ()


def test_what_was_taken_out_is_found_no_more_but_its_cases_keep_their_version() -> None:
    before = get_matter("small_restaurant", on=TODAY)
    withdraw_matter(kind="matter", key="small_restaurant", by=system("tests"), at=AT)
    with pytest.raises(MatterNotFound, match="没有找到事项“small_restaurant”"):
        get_matter("small_restaurant", on=TODAY)
    assert get_revision(before.id) == before
    kinds = [each.kind for each in list_entries_of_subject("matter:small_restaurant")]
    assert kinds[-1] == "matter.withdrawn"


def test_only_who_may_publishes_or_withdraws() -> None:
    rows = list(MatterRevision.objects.order_by("pk").values())
    for who in (on_post("market.chief"), Actor(kind="person"), Actor(kind="visitor")):
        with pytest.raises(PostLacksPermission):
            publish(by=who)
        with pytest.raises(PostLacksPermission):
            withdraw_matter(kind="matter", key="small_restaurant", by=who, at=AT)
    assert list(MatterRevision.objects.order_by("pk").values()) == rows


def test_a_revision_that_does_not_exist_is_told() -> None:
    with pytest.raises(MatterNotFound):
        get_revision(0)

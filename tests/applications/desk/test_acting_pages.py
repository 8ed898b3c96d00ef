"""Standing in at the desk: named for some days, switched to, ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases.models import Ruling
from shuzheng.support.identity.models import Account, Acting
from tests.applications.browsers import browser, citizen, official, words
from tests.support.cases.play import RESTAURANT, accepted, member, task, wang

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def typed(who: str, /, **given: str) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "post": "market.chief",
        "holder": str(Account.objects.get(username=who).public_id),
        "from_on": today.isoformat(),
        "to_on": (today + timedelta(days=2)).isoformat(),
        "reasons": "外出开会",
        **given,
    }


def test_a_chief_names_somebody_who_then_rules_and_the_record_says_so() -> None:
    shop = member(accepted(wang(), RESTAURANT), "fire_inspection")
    chief, deputy = official("firechief"), official("fire")
    assert chief.post("/desk/acting/", typed("fire", post="fire.chief")).status_code == 302
    assert "fire代理消防负责岗" in words(chief.get("/desk/acting/"))
    assert "切换到代理的岗位" in words(deputy.get("/desk/acting/"))
    assert "消防负责岗（代理）" in words(deputy.get("/accounts/post/"))
    assert deputy.post("/accounts/post/", {"post": "fire.chief"}).status_code == 302
    found = task(shop, "rule")
    answer = deputy.post(f"/desk/tasks/{found.pk}/rule/", {"ruling": "grant", "reasons": ""})
    assert answer.status_code == 302
    assert Ruling.objects.get(case__number=shop).ruled_name == "fire（代）"
    ruled = [e for e in list_entries_of_case(found.case.root.number) if e.kind == "case.ruled"]
    assert [(e.actor_name, e.actor_post) for e in ruled] == [("fire（代）", "fire.chief")]


def test_a_form_that_is_wrong_comes_back_with_what_was_typed() -> None:
    chief, _ = official("marketchief"), official("market")
    for wrong in (
        {"to_on": ""},
        {"to_on": "2020-01-01"},
        {"to_on": "0001-01-01"},
        {"to_on": "9999-12-31"},
        {"reasons": " "},
        {"holder": "nobody"},
    ):
        answer = chief.post("/desk/acting/", typed("market", **wrong))
        assert answer.status_code == 422, wrong
        assert 'value="market.chief" selected' in answer.content.decode()
    assert not Acting.objects.exists()


def test_it_is_ended_early_and_is_gone() -> None:
    chief, deputy = official("marketchief"), official("market")
    chief.post("/desk/acting/", typed("market"))
    deputy.post("/accounts/post/", {"post": "market.chief"})
    acting = Acting.objects.get()
    assert official("fire").post(f"/desk/acting/{acting.pk}/end/").status_code == 404
    answer = chief.post(f"/desk/acting/{acting.pk}/end/", {"reasons": "提前返回"})
    assert answer.status_code == 302
    assert "现在没有代理" in words(chief.get("/desk/acting/"))
    assert "市场监管审查岗" in words(deputy.get("/desk/"))


def test_who_may_lend_no_post_names_nobody() -> None:
    client, _ = citizen()
    window = official("window")
    browser("supervisor", staff_number="QZ0003")
    assert client.post("/desk/acting/").status_code == 403
    assert "指定代理人" not in words(window.get("/desk/acting/"))
    answer = window.post("/desk/acting/", typed("supervisor", post="service.window"))
    assert answer.status_code == 403
    assert not Acting.objects.exists()


def test_the_last_day_that_was_typed_is_the_last_day_that_is_shown() -> None:
    chief, _ = official("firechief"), official("fire")
    chief.post("/desk/acting/", typed("fire", post="fire.chief", to_on="2026-11-25"))
    said = " ".join(words(chief.get("/desk/acting/")).split())
    assert "2026-11-23 至 2026-11-25（含当天）" in said
    assert "2026-11-26" not in said

"""Stepping back and the second person, at the desk."""

import pytest

from shuzheng.support.cases.models import Recusal, Task, Visit
from tests.applications.browsers import browser, citizen, official, words
from tests.support.cases.play import NOODLES, TODAY, accepted, member, submitted, task, wang

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_an_official_steps_back_and_the_chief_decides_from_the_inbox() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    reviewer, chief = official("market"), official("marketchief")
    reviewer.post(f"/desk/tasks/{found.pk}/claim/")
    path = f"/desk/cases/{shop}/recusal/"
    assert path in reviewer.get(f"/desk/tasks/{found.pk}/").content.decode()
    assert reviewer.post(path, {"grounds": " "}).status_code == 422
    assert reviewer.post(path, {"grounds": "申请人是我的表兄"}).status_code == 302
    assert "market的回避申请" in words(chief.get("/desk/"))
    assert "申请人是我的表兄" in words(chief.get("/desk/recusals/"))
    decide = f"/desk/recusals/{Recusal.objects.get().pk}/"
    assert chief.post(decide, {"reasons": "属实"}).status_code == 422
    assert chief.post(decide, {"verdict": "yes", "reasons": "属实"}).status_code == 302
    assert Task.objects.get(pk=found.pk).claimed_by == ""
    assert reviewer.get(f"/desk/tasks/{found.pk}/").status_code in {403, 404}
    assert "没有待决定的回避申请" in words(chief.get("/desk/recusals/"))


def test_a_head_asks_for_somebody_below() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    window = official("window")
    window.post(f"/desk/tasks/{found.pk}/claim/")
    supervisor = browser("supervisor", staff_number="QZ0003")
    path = f"/desk/cases/{found.case.number}/recusal/"
    assert "window（综合窗口" in words(supervisor.get(path))
    supervisor.post(path, {"task": str(found.pk), "grounds": "有人举报"})
    assert Recusal.objects.get().asked_kind == "head"
    assert window.get("/desk/recusals/").status_code == 403


def test_the_second_person_confirms_a_visit_from_the_inbox() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    found = task(number, "joint_visit")
    market = official("market")
    typed = {"visited_on": TODAY.isoformat(), "participants": "甲\n乙"}
    assert market.post(f"/desk/tasks/{found.pk}/visit/", typed).status_code == 302
    assert "现场核查" not in words(market.get("/desk/")).partition("今天要做的")[0]
    chief = official("marketchief")
    assert f"办件 {number}（market记录）" in words(chief.get("/desk/"))
    assert "待第二人确认" in words(chief.get(f"/desk/cases/{number}/"))
    assert market.post(f"/desk/cases/{number}/confirm/").status_code == 409
    assert chief.post(f"/desk/cases/{number}/confirm/").status_code == 302
    assert Visit.objects.get().confirmed_name == "marketchief"
    assert "marketchief于" in words(chief.get(f"/desk/cases/{number}/"))


def test_a_citizen_decides_and_confirms_nothing_at_the_desk() -> None:
    client, applicant = citizen()
    number = submitted(applicant, NOODLES)
    for path in ("recusals/", f"cases/{number}/recusal/", f"cases/{number}/confirm/"):
        assert client.post(f"/desk/{path}").status_code == 403, path

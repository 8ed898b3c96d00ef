"""Asking other departments, and several at once, at the desk."""

from datetime import date, timedelta

import pytest

from shuzheng.support.cases.models import Clock, Consultation, Task
from tests.applications.browsers import browser, citizen, official, words
from tests.support.cases.play import (
    NOODLES,
    RESTAURANT,
    accepted,
    member,
    submitted,
    task,
    wang,
)
from tests.support.cases.test_clocks import drainage

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_a_question_goes_to_another_department_and_its_answer_is_shown() -> None:
    number = member(accepted(wang(), RESTAURANT), "fire_inspection")
    chief, housing = official("firechief"), browser("housing", staff_number="QZ0008")
    assert "征求其他部门意见、会签" in words(chief.get(f"/desk/cases/{number}/"))
    path = f"/desk/cases/{number}/ask-opinion/"
    typed = {"kind": "countersign", "department": "housing", "question": "", "working_days": "1"}
    wrong = chief.post(path, typed)
    assert wrong.status_code == 422
    assert chief.post(path, {**typed, "question": "与竣工图一致吗"}).status_code == 302
    found = task(number, "consultation")
    page = words(housing.get(f"/desk/tasks/{found.pk}/"))
    assert "与竣工图一致吗" in page
    answer = f"/desk/tasks/{found.pk}/opinion/"
    assert housing.post(answer, {"answer": "一致"}).status_code == 422
    done = housing.post(answer, {"stance": "agree", "answer": "一致"})
    assert "意见：同意" in words(housing.get(done.headers["Location"]))
    assert "housing：一致" in words(chief.get(f"/desk/cases/{number}/"))
    assert Consultation.objects.get().stance == "agree"


def test_several_are_claimed_and_what_was_not_is_said() -> None:
    first, second = (task(submitted(wang(), NOODLES), "receive") for _ in range(2))
    window = official("window")
    official("window2").post(f"/desk/tasks/{second.pk}/claim/")
    assert "批量办理" in words(window.get("/desk/"))
    assert first.case.number in words(window.get("/desk/several/"))
    answer = window.post("/desk/several/claim/", {"task": [first.pk, second.pk]})
    assert "已办 1 件，未办成 1 件" in words(answer)
    assert "已由 window2 认领" in words(answer)
    assert window.post("/desk/several/claim/", {}).status_code == 422
    assert Task.objects.get(pk=first.pk).claimed_name == "window"


def test_one_opinion_on_several_keeps_what_was_typed_when_something_is_missing() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    market = official("market")
    market.get(f"/desk/tasks/{found.pk}/")
    typed = {"task": [found.pk], "opinion": "材料齐全"}
    wrong = market.post("/desk/several/review/", typed)
    assert wrong.status_code == 422
    assert "材料齐全" in words(wrong)
    assert "已办 1 件" in words(market.post("/desk/several/review/", {**typed, "advice": "grant"}))


def test_a_citizen_has_no_part_in_it() -> None:
    client, _ = citizen()
    for path in ("several/", "several/claim/", "several/review/", "tasks/1/opinion/"):
        assert client.post(f"/desk/{path}").status_code == 403, path


@pytest.mark.parametrize(("days_left", "offered"), [(9, "2"), (2, "2"), (1, "1")])
def test_the_days_to_answer_are_what_the_limit_leaves(days_left: int, offered: str) -> None:
    number = drainage()
    last = date(2026, 11, 23) + timedelta(days=days_left)
    Clock.objects.filter(case__number=number).update(due_on=last)
    html = official("housing").get(f"/desk/cases/{number}/").content.decode()
    assert f'name="working_days" inputmode="numeric" value="{offered}"' in html


def test_on_the_last_day_nobody_is_asked_any_more() -> None:
    number = drainage()
    Clock.objects.filter(case__number=number).update(due_on=date(2026, 11, 23))
    page = official("housing").get(f"/desk/cases/{number}/")
    assert "来不及征求其他部门意见" in words(page)
    assert 'name="working_days"' not in page.content.decode()

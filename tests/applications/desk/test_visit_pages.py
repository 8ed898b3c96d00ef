"""The day and hour of a joint visit: set at its task, read by everybody it concerns."""

from datetime import date

import pytest

from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import NOODLES, TODAY, accepted, member, task

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
SEWER = {**NOODLES, "drains": "public_sewer"}
DAY = date(2026, 11, 25)


def test_the_plan_is_made_at_the_task_and_shown_on_both_pages() -> None:
    client, applicant = citizen()
    number = accepted(applicant, SEWER)
    found = task(number, "joint_visit")
    market = official("market")
    path = f"/desk/tasks/{found.pk}/visit/plan/"
    answer = market.post(path, {"planned_on": "", "begins_at": "9"})
    assert (answer.status_code, "请填写核查的日期和开始时间" in words(answer)) == (422, True)
    answer = market.post(path, {"planned_on": DAY.isoformat(), "begins_at": "09:30"})
    assert answer.headers["Location"] == f"/desk/tasks/{found.pk}/"
    said = "联合现场核查定于 2026-11-25 09:30"
    assert said in words(market.get(answer.headers["Location"]))
    assert said in words(official("window").get(f"/desk/cases/{number}/"))
    assert said in words(client.get(f"/my/cases/{number}/"))
    typed = {"visited_on": TODAY.isoformat(), "participants": "甲\n乙"}
    market.post(f"/desk/tasks/{found.pk}/visit/", typed)
    assert said not in words(client.get(f"/my/cases/{number}/"))


def test_a_matters_number_leads_the_applicant_to_the_whole() -> None:
    client, applicant = citizen()
    number = accepted(applicant, SEWER)
    shop = member(number, "small_restaurant")
    answer = client.get(f"/my/cases/{shop}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/my/cases/{number}/")


def test_another_applicant_learns_nothing_by_a_matters_number() -> None:
    client, _ = citizen()
    assert client.get("/my/cases/QZ-2026-999999-1/").status_code == 404

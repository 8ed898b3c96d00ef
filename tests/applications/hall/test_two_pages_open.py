"""The same part of a draft open twice: neither page overwrites the other unseen."""

import re

import pytest
from django.test import Client

from shuzheng.support.cases import operations as cases
from tests.applications.browsers import citizen, words
from tests.support.cases.play import AT, NOODLES, draft
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
SHOP = {
    "premises_address": "柯城区上街88号",
    "business_name": "水亭面馆",
    "credit_code": "92330802MA28F0001J",
    "seats": "20",
}


def opened(client: Client, number: str, part: str = "shop") -> dict[str, str]:
    """Open a page and return what it will post about itself."""
    text = client.get(f"/apply/{number}/form/{part}/").content.decode()
    return dict(re.findall(r'name="(form-[a-z]+)" value="([^"]+)"', text))


def values_of(number: str, applicant) -> dict[str, object]:
    return dict(cases.open_case(number=number, purpose="", by=applicant, at=AT).form.values)


def test_a_page_opened_before_another_saved_shows_both_values_and_keeps_what_was_typed() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    first, second = opened(client, number), opened(client, number)
    path = f"/apply/{number}/form/shop/"
    assert client.post(path, {**SHOP, **first, "seats": "30"}).status_code == 302
    with nothing_changes():
        answer = client.post(path, {**SHOP, **second, "business_name": "南湖面馆"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "“店名”在另一个页面里已保存为“水亭面馆”，您在本页填的是“南湖面馆”。" in words(answer)
    assert "在另一个页面里已保存为“30”，您在本页填的是“20”。" in words(answer)
    assert 'value="南湖面馆"' in text
    assert 'value="20"' in text


def test_sending_the_page_again_decides_for_what_it_says() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    first, second = opened(client, number), opened(client, number)
    path = f"/apply/{number}/form/shop/"
    client.post(path, {**SHOP, **first, "seats": "30"})
    answer = client.post(path, {**SHOP, **second})
    again = dict(re.findall(r'name="(form-[a-z]+)" value="([^"]+)"', answer.content.decode()))
    assert client.post(path, {**SHOP, **again, "seats": "25"}).status_code == 302
    assert values_of(number, applicant)["seats"] == 25


def test_pages_of_two_parts_do_not_hinder_each_other() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    shop, business = opened(client, number), opened(client, number, "business")
    client.post(f"/apply/{number}/form/shop/", {**SHOP, **shop})
    posted = {"food_kinds": ["hot"], "manager_name": "王小明", **business}
    answer = client.post(f"/apply/{number}/form/business/", posted)
    assert answer.status_code == 302, words(answer)
    assert values_of(number, applicant)["business_name"] == "水亭面馆"


def test_a_script_that_saves_as_you_go_is_told_of_the_other_page() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    first, second = opened(client, number), opened(client, number)
    path, script = f"/apply/{number}/form/shop/save/", {"X-Autosave": "1"}
    asked = {**script, "Accept": "application/json"}
    saved = client.post(path, {**SHOP, **first}, headers=asked).json()
    typed = {**SHOP, **first, "seats": "21"}
    assert client.post(path, typed, headers=asked).status_code == 200
    assert saved["revision"] > int(first["form-revision"])
    answer = client.post(path, {**SHOP, **second, "seats": "22"}, headers=asked)
    assert answer.status_code == 409
    assert "已在另一个页面里改过" in answer.json()["error"]["message"]
    assert values_of(number, applicant)["seats"] == 21


def test_what_is_emptied_on_the_page_is_emptied_in_the_draft() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    seen = opened(client, number)
    answer = client.post(f"/apply/{number}/form/shop/", {**SHOP, **seen, "seats": ""})
    assert answer.status_code == 422
    assert "seats" not in values_of(number, applicant)


def test_after_a_change_of_place_the_questions_say_what_was_cleared() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    answer = client.post(f"/apply/{number}/place/", {"premises": ""})
    page = words(client.get(answer.headers["Location"]))
    assert "换了地方，这几项请重新看一遍" in page
    told = page.split("其他回答都还在")[1].split("搜索")[0]
    assert "使用面积是多少平方米？" in told
    assert "店铺地址" in told
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    assert form.answers["drains"] == NOODLES["drains"]

"""An official changes a rule; another reviews it; a case then says which version decided."""

import re

import pytest

from tests.houses import House
from tests.journeys.moves import (
    accept,
    answer,
    choose_place,
    do_task,
    fill_in,
    find_guide,
    submit,
    until,
    upload_everything,
)
from tests.journeys.people import People, Person, people_of

pytestmark = pytest.mark.journey
RULES = "/desk/decisions/food_risk/"
BOUND, REASON = "cell-1-1", "cell-1-3"
ANSWERS = {
    "makes_fumes": "true",
    "subject": "existing",
    "drains": "property_manager",
    "signboard": "ordinary",
    "fire_commitment": "true",
}
FORM = {
    "you": {},
    "shop": {"business_name": "衢州市柯城区大勺小馆", "seats": "40"},
    "business": {"manager_name": "郑大勺", "fire_exits": "2"},
    "confirm": {},
}


def test_an_official_changes_a_rule(house: House) -> None:
    with people_of(house) as people:
        draft = _draft(people.be("market"))
        version = _review_and_publish(people, draft)
        number = _open_case(people)
        _find_in_case(people.be("market"), number, version)
        assert people.faults == []


def _draft(official: Person) -> str:
    """Change a bound, see an example fail, mend the example, and send it for review."""
    official.go(RULES)
    official.check_access()
    official.click("修改这张表")
    official.fill(BOUND, ">= 800")
    official.fill(REASON, '"使用面积八百平方米以上。"')
    official.page.wait_for_selector("#examined >> text=用例：3/4 通过")
    assert official.reads("应得")
    official.check_access()
    official.picture("rule-examples-fail")
    official.fill("reasons", "面积标准调整为八百平方米")
    official.click("保存草稿并送审")
    assert official.reads("用例：3/4 通过")
    text = official.page.input_value("main [name=cases]")
    official.fill("cases", text.replace("floor_area: 999", "floor_area: 799"))
    official.page.wait_for_selector("#examined >> text=用例：4/4 通过")
    official.click("保存草稿并送审")
    assert official.reads("待审核")
    assert not official.page.locator('main button:has-text("审核通过")').count()
    official.check_access()
    found = re.search(r"/drafts/\d+/", official.page.url)
    assert found, official.page.url
    return found.group(0)


def _review_and_publish(people: People, draft: str) -> str:
    """Let the chief approve and the administrator publish; return the new version's words."""
    chief = people.be("marketchief")
    chief.go(f"/desk/decisions{draft}")
    assert chief.reads("面积标准调整为八百平方米")
    assert chief.reads(">= 800")
    chief.check_access()
    chief.picture("rule-review")
    chief.fill("reasons", "与省里新标准一致。")
    chief.click("审核通过")
    assert chief.reads("已通过，待发布")
    administrator = people.be("administrator")
    administrator.go(f"/desk/decisions{draft}")
    administrator.click("发布新版本")
    found = re.search(r"/food_risk/(\d+)/", administrator.page.url)
    assert found, administrator.page.url
    assert administrator.reads("叶承志 审核")
    administrator.check_access()
    return f"规则第 {found.group(1)} 版"


def _open_case(people: People) -> str:
    """Apply for the licence that the rule is about."""
    citizen = people.be("zhengdashao")
    find_guide(citizen, "我要开饭店")
    number = choose_place(citizen, "信安天街")
    answer(citizen, **ANSWERS)
    fill_in(citizen, number, FORM, ["hot", "cold"])
    upload_everything(citizen, number)
    submit(citizen, number)
    do_task(people.be("window"), number, accept)
    return number


def _find_in_case(official: Person, number: str, version: str) -> None:
    """Go from the case to the rule, its clause, and back."""
    official.go(f"/desk/cases/{number}/")
    until(official, "食品经营许可")
    official.click("食品经营许可")
    until(official, version)
    official.check_access()
    case = official.page.url
    official.click("为什么这样判断食品经营风险研判")
    assert official.reads("结果一致")
    assert official.reads("适用")
    official.check_access()
    official.picture("rule-why")
    assert official.page.locator('main a[href^="/laws/"]').count() > 0
    official.page.click("a.govuk-back-link")
    assert official.page.url == case

"""An official changes a rule in the drawing of its model; a second person lets it be published."""

import re

import pytest

from tests.houses import House
from tests.journeys.people import People, Person, people_of

pytestmark = pytest.mark.journey
RULES = "/desk/decisions/joint_visit_need/"
BOUND = "td[data-element-id=joint_visit_need_2_i3]"
CLAUSE = "td.annotation[data-element-id=joint_visit_need_2]"


def test_a_rule_is_changed_in_its_drawing(house: House) -> None:
    with people_of(house) as people:
        official = people.be("market")
        _look_at_the_drawing(official)
        draft = _draft(official)
        _review_and_publish(people, draft)
        _look_without_scripts(people)
        assert people.faults == []


def _look_at_the_drawing(official: Person) -> None:
    """See what the decision rests on, and go from the drawing to the table."""
    official.go(RULES)
    official.page.wait_for_selector("[data-decision][data-drawn]")
    official.check_access()
    official.picture("rule-drawing")
    official.page.click("[data-element-id=joint_visit_need]")
    assert official.page.evaluate("document.activeElement.id") == "table-joint_visit_need"


def _draft(official: Person) -> str:
    """Change a bound, see an example fail, mend the example, and send it for review."""
    official.click("在图上修改")
    official.page.wait_for_selector("[data-decision-editor][data-drawn]")
    official.page.wait_for_selector("#examined >> text=用例：4/4 通过")
    _write(official, BOUND, ">= 400")
    official.page.wait_for_selector("#examined >> text=用例：3/4 通过")
    assert official.reads("应得")
    official.check_access()
    official.picture("rule-drawn")
    _add_a_rule_without_a_clause(official)
    _write(official, CLAUSE, "《食品安全法》(2021-04-29)第三十五条第二款：四百平方米起")
    official.page.wait_for_selector("#examined >> text=四百平方米起")
    text = official.page.input_value("main [name=cases]")
    official.fill("cases", text.replace("floor_area: 400", "floor_area: 399", 1))
    official.page.wait_for_selector("#examined >> text=用例：4/4 通过")
    official.fill("reasons", "核查面积标准调整为四百平方米")
    official.click("保存草稿并送审")
    assert official.reads("待审核")
    official.check_access()
    found = re.search(r"/drafts/\d+/", official.page.url)
    assert found, official.page.url
    return found.group(0)


def _write(official: Person, cell: str, text: str) -> None:
    official.page.click(cell)
    official.page.keyboard.press("Control+A")
    official.page.keyboard.type(text)


def _add_a_rule_without_a_clause(official: Person) -> None:
    """Add a rule, be told that it rests on nothing, and take it back."""
    official.page.click(".add-rule-add button")
    official.page.wait_for_selector("#examined >> text=第 6 条规则没有写依据")
    official.page.locator("[data-editor-canvas] tbody tr").nth(5).locator("td").nth(1).click(
        button="right"
    )
    official.page.click(".context-menu >> text=删除这条规则")
    official.page.wait_for_selector("#examined >> text=没有写依据", state="detached")


def _review_and_publish(people: People, draft: str) -> None:
    """Let the chief see what changed and approve, and the administrator publish."""
    chief = people.be("marketchief")
    chief.go(f"/desk/decisions{draft}")
    chief.page.wait_for_selector("[data-decision][data-drawn]")
    assert chief.reads("核查面积标准调整为四百平方米")
    assert chief.reads(">= 400")
    assert chief.reads("四百平方米起")
    chief.check_access()
    chief.fill("reasons", "同意。")
    chief.click("审核通过")
    administrator = people.be("administrator")
    administrator.go(f"/desk/decisions{draft}")
    administrator.click("发布新版本")
    assert administrator.reads("叶承志 审核")
    assert administrator.reads("第 2 条规则，使用面积(平方米)")


def _look_without_scripts(people: People) -> None:
    """Read the same without scripts: the clause, the bound and what rests on what."""
    context = people.browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(people.be("market").house.address + RULES)
    text = page.inner_text("main")
    assert ">= 400" in text
    assert "四百平方米起" in text
    assert "用文字说明这张图" in text
    context.close()

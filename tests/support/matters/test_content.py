"""What is wrong with a matter's file is told with file, line and what to do; nothing is applied."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from shuzheng.infrastructure.content.operations import check_city
from shuzheng.infrastructure.content.rules import Problem

QUZHOU = settings.PROJECT_FOLDER / "cities" / "quzhou"
Check = Callable[[str, str, str], list[Problem]]


@pytest.fixture
def check_with(tmp_path: Path) -> Check:
    """Change one place of one file of a copy of Quzhou; returns the problems of that file."""

    def check(name: str, old: str, new: str) -> list[Problem]:
        folder = tmp_path / "quzhou"
        shutil.copytree(QUZHOU, folder)
        path = folder / name
        text = path.read_text()
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new))
        return [each for each in check_city(folder=folder) if each.path == path]

    return check


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "says"),
    [
        (
            "matters/food_licence.yaml",
            "\ndepartment: market",
            "\ndepartment: moon",
            "department",
            "没有 department “moon”",
        ),
        (
            "matters/food_licence.yaml",
            "supervising_department: market",
            "supervising_department: moon",
            "supervising_department",
            "没有 department “moon”",
        ),
        (
            "matters/food_licence.yaml",
            "duty: hear:food_licence",
            "duty: hear:drainage_permit",
            "hearing.own_motion.duty",
            "没有岗位承担“hear:drainage_permit”",
        ),
        (
            "matters/food_licence.yaml",
            "flow: food_licence_review",
            "flow: nowhere",
            "flow",
            "没有 flow “nowhere”",
        ),
        (
            "matters/food_licence.yaml",
            "promised_period: {amount: 8,",
            "promised_period: {amount: 21,",
            "promised_period",
            "承诺期限21个工作日超过法定期限20个工作日。",
        ),
        (
            "matters/food_licence.yaml",
            "licence_type: food_licence",
            "licence_type: passport",
            "results.licence_type",
            "没有 licence_type “passport”",
        ),
        (
            "matters/food_licence.yaml",
            "    name: 经营场所布局平面图\n",
            "    name: 经营场所布局平面图\n    needed_when: floor_area > > 3\n",
            "materials.layout_plan.needed_when",
            "",
        ),
        (
            "bundles/open_restaurant.yaml",
            "  - {principal: market, agent: service,",
            "  - {principal: data, agent: service,",
            "entrustments",
            "部门“market”没有委托“service”统一受理",
        ),
        (
            "bundles/open_restaurant.yaml",
            "site_decision: site_check",
            "site_decision: oracle",
            "site_decision",
            "没有 decision “oracle”",
        ),
        (
            "bundles/open_restaurant.yaml",
            "flow: open_restaurant",
            "flow: nowhere",
            "flow",
            "没有 flow “nowhere”",
        ),
        (
            "bundles/open_restaurant.yaml",
            "{matter: outdoor_advertising,",
            "{matter: fortune_telling,",
            "members.matter",
            "没有 matter “fortune_telling”",
        ),
    ],
)
def test_a_fault_is_told_with_its_file_line_field_and_remedy(
    check_with: Check, name: str, old: str, new: str, field: str, says: str
) -> None:
    problems = [each for each in check_with(name, old, new) if each.field == field]
    assert len(problems) >= 1
    assert says in problems[0].message
    assert problems[0].line >= 1
    assert problems[0].remedy


def test_a_reason_to_stop_the_clock_that_the_law_does_not_list_is_refused(
    check_with: Check,
) -> None:
    problems = check_with("matters/food_licence.yaml", "kind: expert_review", "kind: site_visit")
    assert any("special_procedures" in each.field for each in problems)
    assert all(each.remedy for each in problems)


def test_a_form_that_is_no_schema_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(QUZHOU, folder)
    (folder / "bundles" / "open_restaurant.form.json").write_text('{"type": "nothing"}')
    problems = [each for each in check_city(folder=folder) if each.field == "form"]
    assert [each.path.name for each in problems] == ["open_restaurant.yaml"]
    (folder / "bundles" / "open_restaurant.form.json").unlink()
    assert any(each.path.name == "open_restaurant.yaml" for each in check_city(folder=folder))

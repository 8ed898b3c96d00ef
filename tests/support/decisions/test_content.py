import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.operations import apply_city, plan_city
from shuzheng.infrastructure.content.rules import ContentInvalid
from shuzheng.support.decisions.queries import get_decision
from shuzheng.support.decisions.rules import VersionUnknown, word_of
from tests.support.decisions.models_of_rules import table_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A city of one decision with its examples."""
    decisions = tmp_path / "decisions"
    decisions.mkdir()
    (decisions / "area.yaml").write_text("key: area\ntitle: 面积\n")
    xml = table_model(("area",), (("<= 50", '"small"'), ("> 50", '"large"')))
    (decisions / "area.dmn").write_bytes(xml)
    (decisions / "area.cases.yaml").write_text(
        "- {name: 五十平方米是小的, given: {area: 50}, expect: small, rules: [1]}\n"
    )
    return tmp_path


def problems(folder, at):
    return [str(problem) for problem in plan_city(folder=folder, at=at).problems]


def test_a_decision_in_content_is_applied_and_taken_back(folder, at):
    apply_city(folder=folder, by=system("tests"), reason="试", at=at)
    assert (get_decision("area").title, get_decision("area").number) == ("面积", 1)
    for path in (folder / "decisions").iterdir():
        path.unlink()
    apply_city(folder=folder, by=system("tests"), reason="试", at=at)
    with pytest.raises(VersionUnknown):
        get_decision("area")


def test_an_example_that_comes_out_otherwise_is_a_problem(folder, at):
    cases = folder / "decisions" / "area.cases.yaml"
    cases.write_text("- {name: 错的例子, given: {area: 51}, expect: small}\n")
    found = problems(folder, at)
    assert len(found) == 1
    assert "area.cases.yaml" in found[0]
    assert "“错的例子”" in found[0]
    assert "应得 small，实得 large" in found[0]
    with pytest.raises(ContentInvalid):
        apply_city(folder=folder, by=system("tests"), reason="试", at=at)
    with pytest.raises(VersionUnknown):
        get_decision("area")


def test_a_broken_model_is_a_problem_of_its_file(folder, at):
    (folder / "decisions" / "area.dmn").write_bytes(b"<definitions")
    found = problems(folder, at)
    assert len(found) == 1
    assert "area.dmn" in found[0]
    assert "不是合格的 XML" in found[0]


def test_an_optional_input_that_is_not_there_is_a_problem(folder, at):
    (folder / "decisions" / "area.yaml").write_text("key: area\ntitle: 面积\noptional: [flue]\n")
    assert ["没有输入“flue”" in each for each in problems(folder, at)] == [True]


def test_a_case_file_that_is_no_list_of_cases_is_a_problem(folder, at):
    (folder / "decisions" / "area.cases.yaml").write_text("name: 不是列表\n")
    assert len(problems(folder, at)) == 1


def test_words_for_values_are_kept_with_the_version_and_new_words_make_a_new_one(folder, at):
    path = folder / "decisions" / "area.yaml"
    apply_city(folder=folder, by=system("tests"), reason="试", at=at)
    path.write_text("key: area\ntitle: 面积\nwords: {decision: {small: 小的}}\n")
    apply_city(folder=folder, by=system("tests"), reason="试", at=at)
    version = get_decision("area")
    assert version.number == 2
    assert word_of(version.words, version.decision, "small") == "小的"
    assert word_of(version.words, version.decision, "large") == "large"


def test_words_for_what_the_decision_does_not_have_are_a_problem(folder, at):
    path = folder / "decisions" / "area.yaml"
    path.write_text("key: area\ntitle: 面积\nwords: {nothing: {small: 小的}}\n")
    (found,) = problems(folder, at)
    assert "没有输入或结论“nothing”" in found

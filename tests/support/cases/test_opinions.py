"""Texts to begin with: offered where they fit, filled with what is known, checked on apply."""

from pathlib import Path
from typing import Any

import pytest

from shuzheng.infrastructure.content.rules import load_city, registered_kinds
from shuzheng.support.cases.queries.opinions import list_opinion_texts
from shuzheng.support.cases.rules.opinions import OpinionText, unknown_facts

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def keys(**where: str) -> list[str]:
    return [text.key for text in list_opinion_texts(**where)]


def test_a_form_is_offered_the_texts_of_its_work_department_and_matter() -> None:
    where = {"department": "enforcement", "matter": "outdoor_advertising"}
    assert keys(work="rule", **where) == ["rule_refuse", "rule_refuse_advertising"]
    assert keys(work="rule", department="market", matter="food_licence") == ["rule_refuse"]
    assert "review_visited" in keys(work="review", department="market", matter="food_licence")
    assert "review_visited" not in keys(work="review", **where)


def test_a_text_is_filled_with_what_is_known_and_leaves_gaps() -> None:
    text = OpinionText(
        key="a", name="甲", work="review", outcome="grant", text="{matter}于{visited_on}核查。"
    )
    assert text.filled({"matter": "食品经营许可", "visited_on": ""}) == "食品经营许可于____核查。"


@pytest.mark.parametrize(
    ("text", "strange"),
    [("{number}", ()), ("{phone}", ("phone",)), ("{matter.__class__}", ("matter.__class__",))],
)
def test_a_text_names_only_what_there_is(text: str, strange: tuple[str, ...]) -> None:
    assert unknown_facts(text) == strange


def problems(folder: Path, **changes: Any) -> list[str]:
    fields = {"key": "a", "name": "甲", "work": "rule", "outcome": "refuse", **changes}
    lines = "".join(f"  {name}: {value}\n" for name, value in fields.items())
    (folder / "opinions").mkdir()
    (folder / "opinions" / "a.yaml").write_text("-" + lines[1:])
    kinds = tuple(kind for kind in registered_kinds() if kind.name == "opinion_template")
    loaded = load_city(folder, kinds, ())
    return [problem.message for problem in loaded.problems]


def test_content_with_unknown_facts_departments_or_braces_is_refused(tmp_path: Path) -> None:
    for number, (changes, message) in enumerate(
        [
            ({"text": '"{phone}"'}, "没有内容“phone”"),
            ({"text": '"{"'}, "花括号不成对"),
            ({"text": "好", "departments": "[nobody]"}, "没有 department “nobody”"),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert problems(folder, **changes) == [message]

"""What a table concluded is said in the city's words, in the reader's language."""

import re

import pytest
from django.utils import translation

from shuzheng.applications.desk.pages.judgements import list_judgements
from shuzheng.support.decisions.queries import get_decision, list_runs_of_case
from tests.applications.browsers import official, words
from tests.support.cases.play import AT, NOODLES, submitted, wang

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
CODE = re.compile(r"\b(?:allowed|prohibited|doubtful|food_licence|business_registration)\b")


def test_a_conclusion_is_said_in_words_on_the_case_and_on_the_run() -> None:
    number = submitted(wang(), NOODLES)
    answers = {each.run.decision: each.answer for each in list_judgements([number], on=AT.date())}
    assert answers["site_check"] == "可以开办"
    assert answers["restaurant_matters"] == "小餐饮店登记"
    with translation.override("en"):
        in_english = list_judgements([number], on=AT.date())
    assert "You can open here" in {each.answer for each in in_english}
    window = official("window")
    for run in list_runs_of_case(number):
        page = words(window.get(f"/desk/decisions/runs/{run.id}/"))
        assert not CODE.search(page.split("起作用的规则")[0])


def test_every_conclusion_of_the_city_that_is_a_code_has_words() -> None:
    for key in ("site_check", "restaurant_matters", "joint_visit_need", "food_risk"):
        version = get_decision(key)
        for table in version.model.tables.values():
            for number, output in enumerate(table.box.outputs):
                said = version.words.get(output.name or version.decision, {})
                codes = {rule.outputs[number].strip('"') for rule in table.box.rules}
                assert {each for each in codes if each.isascii()} <= said.keys()

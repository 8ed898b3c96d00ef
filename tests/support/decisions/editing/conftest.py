"""A rule in force, who may change it, and what the editor posts."""

import pytest
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.pages.editing import edit_decision
from shuzheng.support.decisions.rules import Case, Publication, write_cases
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION
from tests.support.decisions.models_of_rules import table_model

RULES = (("<= 50", '"small"'), ("> 50", '"large"'))
AREA = table_model(("area",), RULES, types=("number",), laws=("甲法第一条", "甲法第二条"))
CASES = (Case(name="五十平方米是小的", given={"area": 50}, expect="small"),)


@pytest.fixture
def area(at):
    return publish_decision(
        Publication(key="area", title="面积分级", department="service", xml=AREA, cases=CASES),
        by=system("tests"),
        at=at,
    )


@pytest.fixture
def steward(official):
    return official(DRAFT_DECISION, post="")


def send(actor, view=edit_decision, **fields):
    request = RequestFactory().post("/desk/decisions/area/edit/", fields)
    request.actor = actor
    return view(request, key="area")


def look(actor, query="", view=edit_decision):
    request = RequestFactory().get(f"/desk/decisions/area/edit/{query}")
    request.actor = actor
    return view(request, key="area").content.decode()


def fields(*rows, version, **more):
    found = {"version": version, "cases": write_cases(CASES), "reasons": "标准调整", **more}
    for number, (rule, *cells) in enumerate(rows):
        found[f"rule-{number}"] = rule
        found |= {f"cell-{number}-{place}": text for place, text in enumerate(cells)}
    return found


def whole(bound):
    return (
        ("rule-1", f"<= {bound}", '"small"', "甲法第一条"),
        ("rule-2", f"> {bound}", '"large"', "乙法第九条"),
    )

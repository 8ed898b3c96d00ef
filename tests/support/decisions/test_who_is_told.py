"""In the city: who hears of a draft, and what a case says of the rule that decided."""

from datetime import timedelta

import pytest

from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.support.decisions.operations import (
    decide,
    publish_draft,
    review_draft,
    save_draft,
    send_to_review,
)
from shuzheng.support.decisions.queries import get_decision, get_model_text, list_runs_of_case
from shuzheng.support.decisions.rules import write_cases
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
)
from shuzheng.support.messages.models import Message
from shuzheng.support.messages.operations import send_about

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
CASE = "QZ-2026-000123"
INPUTS = {"food_kinds": ["hot"], "floor_area": 900}


@pytest.fixture
def drafter(official):
    return official(DRAFT_DECISION, post="market.reviewer", department="market")


@pytest.fixture
def chief(official):
    return official(REVIEW_DECISION, post="market.chief", department="market")


@pytest.fixture
def draft(drafter, at):
    """The bound of large rooms lowered from 1000 to 800 square metres, waiting for review."""
    base = get_decision("food_risk")
    xml = get_model_text(base.id).replace(b"&gt;= 1000", b"&gt;= 800")
    assert xml != get_model_text(base.id)
    cases = write_cases(base.cases).replace("floor_area: 999", "floor_area: 799")
    number = save_draft(base=base.id, xml=xml, cases=cases, reasons="新标准", by=drafter, at=at)
    send_to_review(draft=number, by=drafter, at=at)
    return number


def told(at):
    """Send what the templates say of the decision's entries; return new posts and titles."""
    before = set(Message.objects.values_list("pk", flat=True))
    for entry in list_entries_of_subject("decision:food_risk"):
        send_about(entry=entry, at=at)
    fresh = Message.objects.exclude(pk__in=before).order_by("pk")
    return [(each.post, each.title, each.link) for each in fresh]


def test_the_reviewers_post_and_then_the_author_are_told(draft, drafter, chief, official, at):
    link = f"/desk/decisions/drafts/{draft}/"
    assert told(at) == [("market.chief", "决策表草稿待审核：食品经营风险研判", link)]
    review_draft(draft=draft, verdict="send_back", reasons="请写明依据", by=chief, at=at)
    assert told(at) == [("market.reviewer", "决策表草稿已退回：食品经营风险研判", link)]
    assert "理由：请写明依据" in Message.objects.latest("pk").body
    send_to_review(draft=draft, by=drafter, at=at)
    assert [post for post, _, _ in told(at)] == ["market.chief"]
    review_draft(draft=draft, verdict="approve", reasons="", by=chief, at=at)
    assert told(at) == []
    publish_draft(draft=draft, by=official(PUBLISH_DECISION, post="data.administrator"), at=at)
    assert told(at) == [("market.reviewer", "决策表已发布：食品经营风险研判 第 2 版", link)]


def test_a_case_says_which_version_decided_and_keeps_it(draft, chief, official, citizen, at):
    first = decide(decision="food_risk", inputs=INPUTS, case=CASE, by=citizen, at=at)
    review_draft(draft=draft, verdict="approve", reasons="", by=chief, at=at)
    later = at + timedelta(days=1)
    by = official(PUBLISH_DECISION, post="data.administrator")
    publish_draft(draft=draft, by=by, at=later)
    second = decide(decision="food_risk", inputs=INPUTS, case=CASE, by=citizen, at=later)
    assert [(run.version, run.value["level"]) for run in list_runs_of_case(CASE)] == [
        (1, "低"),
        (2, "高"),
    ]
    assert (first.matched[0].clause, second.matched[0].clause) != ("", "")

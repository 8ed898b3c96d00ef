"""What a case tells the rooms that make its papers."""

import json
from typing import Any

import pytest

from shuzheng.infrastructure.keys import operations as keys
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import ServiceRequest
from shuzheng.support.cases.queries.opinions import list_opinion_texts
from shuzheng.support.cases.rules.opinions import FACTS
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    draft,
    member,
    review,
    rule,
    submitted,
    wang,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
LARGE = {**NOODLES, "floor_area": 400}


def told(number: str, template: str) -> dict[str, Any]:
    found = ServiceRequest.objects.filter(case__number=number, operation="documents.issue")
    texts = (keys.decrypt(row.payload_encrypted, context=f"service:{number}") for row in found)
    (payload,) = (each for each in map(json.loads, texts) if each["template"] == template)
    return dict(payload["data"])


def test_the_receipt_names_what_was_handed_in() -> None:
    number = submitted(wang(), LARGE)
    assert told(number, "receipt")["materials"] == [
        "经营场所布局平面图",
        "食品安全管理制度",
        "场所平面布置图(疏散、消防设施)",
        "消防安全告知承诺书",
    ]


def test_a_paper_that_is_to_follow_is_not_among_them() -> None:
    applicant = wang()
    number = draft(applicant, LARGE)
    file = cases.open_case(number=number, purpose="", by=applicant, at=AT)
    late = next(each for each in file.materials if each.may_follow)
    (sha256,) = (each.sha256 for each in file.files if each.material == late.key)
    cases.remove_file(number=number, material=late.key, sha256=sha256, by=applicant, at=AT)
    cases.submit_case(number=number, by=applicant, at=AT)
    assert late.name not in told(number, "receipt")["materials"]


def test_a_ruling_on_a_commitment_says_so_and_when_it_was_applied_for() -> None:
    number = member(accepted(wang(), LARGE), "fire_inspection")
    rule(number)
    data = told(number, "ruling_grant")
    assert (data["applied_on"], data["is_by_commitment"]) == ("2026-11-23", True)
    assert data["reasons"] == "承诺和申请材料齐全、符合法定形式。"


def test_a_ruling_after_a_review_rests_on_no_commitment() -> None:
    number = member(accepted(wang(), NOODLES), "small_restaurant")
    review(number)
    rule(number)
    data = told(number, "ruling_grant")
    assert (data["is_by_commitment"], data["reasons"]) == (False, "申请材料齐全，符合法定条件。")


def test_no_text_for_a_decision_names_the_applicant() -> None:
    assert "applicant" not in FACTS
    texts = list_opinion_texts(work="rule", department="market", matter="food_licence")
    assert [text.filled({"matter": "食品经营许可"}) for text in texts] == [
        "经审查，“食品经营许可”申请不符合（写明条款）规定的条件：（写明事实）。"
    ]

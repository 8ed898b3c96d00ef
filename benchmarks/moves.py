"""The moves of a restaurant's opening, as the tests play them, at moments that go on."""

from datetime import UTC, datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import State
from tests.support.cases.play import (
    NOODLES,
    RESTAURANT,
    confirm,
    draft,
    member,
    on_post,
    progress,
    review,
    rule,
    task,
    work_off,
)

CONTACT = {"applicant_phone": "13800000001", "applicant_address": "柯城区上街1号"}


def fill_draft(by: Actor, *, at: datetime) -> str:
    """Open a draft of a noodle shop, answer, fill in, attach; return its number."""
    return draft(by, NOODLES, at=at, **CONTACT)


def open_four_matters(by: Actor, *, at: datetime) -> str:
    """Apply, be accepted and registered: from then on all four matters are open or ruled."""
    number = draft(by, RESTAURANT, at=at, **CONTACT)
    cases.submit_case(number=number, by=by, at=at)
    received = task(number, "receive").pk
    cases.accept_case(task_id=received, by=on_post("service.window"), at=at)
    rule(member(number, "business_registration"), at=at)
    return number


def play_restaurant(by: Actor) -> str:
    """Play the whole journey of a restaurant of 400 m²: four matters, one visit, four rulings.

    Returns:
        The number of the case, closed, delivered, archived, every document sealed.
    """
    at = datetime.now(UTC)
    number = open_four_matters(by, at=at)
    rule(member(number, "fire_inspection"), at=at)
    visit = task(number, "joint_visit")
    findings = {"food_licence": "布局符合要求", "drainage_permit": "隔油池已建"}
    cases.record_visit(
        task_id=visit.pk,
        visited_on=at.date(),
        participants=["市场监管 赵一", "住建 钱二"],
        findings=findings,
        by=on_post(visit.post),
        at=at,
    )
    confirm(number, at=at)
    for matter in findings:
        review(member(number, matter), at=at)
        rule(member(number, matter), at=at)
    work_off(at)
    assert progress(number, today=at.date()).case.state == State.CLOSED
    return number

"""A restaurant opens, played through the door of cases with real documents and seals."""

from datetime import date

import pytest
import time_machine

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, ServiceRequest, Task
from shuzheng.support.cases.rules import State
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    TODAY,
    accepted,
    confirm,
    member,
    on_post,
    progress,
    review,
    rule,
    state,
    task,
    wang,
    work_off,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_a_restaurant_of_400_square_metres_opens() -> None:
    applicant = wang()
    number = accepted(applicant, RESTAURANT)
    assert progress(number).matters == (
        "business_registration",
        "food_licence",
        "fire_inspection",
        "drainage_permit",
    )
    opened = {each.variables["matter"] for each in progress(number).members}
    assert opened == {"business_registration", "fire_inspection", "drainage_permit"}

    rule(member(number, "business_registration"))
    assert "food_licence" in {each.variables["matter"] for each in progress(number).members}
    rule(member(number, "fire_inspection"))
    visit = task(number, "joint_visit")
    cases.record_visit(
        task_id=visit.pk,
        visited_on=TODAY,
        participants=["市场监管 赵一", "住建 钱二"],
        findings={"food_licence": "布局符合要求", "drainage_permit": "隔油池已建"},
        by=on_post(visit.post),
        at=AT,
    )
    confirm(number)
    for matter in ("food_licence", "drainage_permit"):
        review(member(number, matter))
        rule(member(number, matter))
    work_off()

    assert state(number) == State.CLOSED
    assert {each.case.state for each in progress(number).members} == {"closed"}
    assert len(progress(number).archived_sha256) == 64
    published = queries.list_published_rulings()
    assert {row.published_holder for row in published} == {"柯城区水亭饭店"}
    assert len(published) == 4
    assert not ServiceRequest.objects.filter(done_at__isnull=True).exists()


def test_a_small_noodle_shop_needs_one_registration_only() -> None:
    number = accepted(wang(), NOODLES)
    assert progress(number).matters == ("small_restaurant",)
    assert not Task.objects.filter(element="joint_visit").exists()
    shop = member(number, "small_restaurant")
    review(shop)
    rule(shop)
    work_off()
    assert state(number) == State.CLOSED


def test_a_bundle_may_end_partly_granted() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    visit = task(number, "joint_visit")
    cases.record_visit(
        task_id=visit.pk,
        visited_on=TODAY,
        participants=["甲", "乙"],
        findings={"drainage_permit": "没有隔油池"},
        by=on_post(visit.post),
        at=AT,
    )
    confirm(number)
    for matter, is_granted in (("small_restaurant", True), ("drainage_permit", False)):
        review(member(number, matter))
        rule(member(number, matter), is_granted=is_granted, reasons="没有建设隔油池。")
    work_off()
    rulings = {each.variables["matter"]: each.ruling for each in progress(number).members}
    assert rulings["small_restaurant"].is_granted
    assert not rulings["drainage_permit"].is_granted
    assert "行政复议" in rulings["drainage_permit"].remedies
    assert state(number) == State.CLOSED


def test_if_the_registration_is_refused_the_food_licence_is_never_opened() -> None:
    number = accepted(wang(), {**RESTAURANT, "floor_area": 200, "drains": "property_manager"})
    visit = task(number, "joint_visit") if _has_visit(number) else None
    rule(
        member(number, "business_registration"),
        is_granted=False,
        reasons="名称不符合规定。",
    )
    visit = visit or task(number, "joint_visit")
    cases.record_visit(
        task_id=visit.pk,
        visited_on=TODAY,
        participants=["甲", "乙"],
        findings={},
        by=on_post(visit.post),
        at=AT,
    )
    work_off()
    assert {each.variables["matter"] for each in progress(number).members} == {
        "business_registration"
    }
    assert state(number) == State.CLOSED


def _has_visit(number: str) -> bool:
    return Task.objects.filter(case__number=number, element="joint_visit", state="open").exists()


def test_a_sequential_matter_starts_its_clock_at_the_notice_it_waited_for() -> None:
    number = accepted(wang(), RESTAURANT)
    later = AT.replace(day=25)
    with time_machine.travel(later, tick=False):
        rule(member(number, "business_registration"), at=later)
    clocks = {
        (each.variables["matter"], clock.kind): clock.started_on
        for each in progress(number).members
        for clock in each.clocks
    }
    assert clocks["fire_inspection", "statutory"] == date(2026, 11, 23)
    assert clocks["food_licence", "statutory"] == date(2026, 11, 25)


def test_each_member_has_its_legal_clock_and_the_bundle_its_promise() -> None:
    number = accepted(wang(), RESTAURANT)
    assert [(clock.kind, clock.due_on) for clock in progress(number).clocks] == [
        ("receiving", date(2026, 11, 30)),
        ("statutory", date(2027, 1, 25)),
        ("promise", date(2026, 12, 9)),
    ]
    fire = progress(member(number, "fire_inspection"))
    assert [(clock.kind, clock.due_on, clock.is_running) for clock in fire.clocks] == [
        ("statutory", date(2026, 12, 7), True),
        ("promise", date(2026, 11, 30), True),
    ]


def test_number_follows_the_city_and_the_members_follow_the_bundle() -> None:
    number = accepted(wang(), RESTAURANT)
    assert number.startswith("QZ-2026-")
    assert [each.case.number for each in progress(number).members] == [
        f"{number}-{n}" for n in (1, 2, 3)
    ]
    assert Case.objects.get(number=number).flow_state is not None

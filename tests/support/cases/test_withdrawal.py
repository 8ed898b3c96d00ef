"""An application taken back: nothing of it goes on, and what was ruled before stands."""

from datetime import timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import (
    Case,
    Clock,
    Ruling,
    ServiceRequest,
    Suspension,
    Task,
    Timer,
)
from shuzheng.support.cases.rules import CaseStateForbids, PartOfBundle, State
from shuzheng.support.licences.queries import list_licences_of_case
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    draft,
    member,
    on_post,
    progress,
    review,
    rule,
    state,
    submitted,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import nothing_changes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def withdraw(number: str) -> None:
    cases.withdraw_case(number=number, by=wang(), at=AT)


def assert_at_rest(number: str) -> None:
    family = Case.objects.filter(number__startswith=number)
    assert not Task.objects.filter(case__in=family, state="open").exists()
    assert not Timer.objects.filter(case__in=family, state="set").exists()
    assert not Clock.objects.filter(case__in=family, stopped_at__isnull=True).exists()
    assert not Suspension.objects.filter(case__in=family, to_at__isnull=True).exists()


def test_a_draft_and_a_submission_can_be_taken_back() -> None:
    for begin in (draft, submitted):
        number = begin(wang(), NOODLES)
        withdraw(number)
        assert state(number) == State.WITHDRAWN
        assert_at_rest(number)
        later = AT + timedelta(days=60)
        assert cases.fire_timers(at=later) == 0
        assert cases.escalate_overdue(at=later) == 0
        refuses(CaseStateForbids, cases.withdraw_case, number=number, by=wang(), at=AT)


def test_the_matters_go_with_the_bundle_and_their_tasks_tell_so() -> None:
    number = accepted(wang(), RESTAURANT)
    fire = member(number, "fire_inspection")
    found = task(fire, "rule")
    withdraw(number)
    assert {each.case.state for each in progress(number).members} == {State.WITHDRAWN}
    assert_at_rest(number)
    refusal = refuses(
        CaseStateForbids,
        cases.rule_matter,
        task_id=found.pk,
        is_granted=True,
        reasons="",
        by=on_post("fire.chief"),
        at=AT,
    )
    assert "任务已取消" in str(refusal)


def test_a_ruling_made_before_stands_and_its_licence_comes_but_opens_nothing_new() -> None:
    number = accepted(wang(), {**RESTAURANT, "drains": "property_manager"})
    registration = member(number, "business_registration")
    found = task(registration, "rule")
    cases.rule_matter(task_id=found.pk, is_granted=True, reasons="", by=on_post(found.post), at=AT)
    withdraw(number)
    work_off(AT + timedelta(seconds=1))
    assert state(number) == State.WITHDRAWN
    assert Ruling.objects.get(case__number=registration).is_granted
    assert state(registration) == State.CLOSED
    assert len(list_licences_of_case(registration)) == 1
    assert "food_licence" not in {each.variables["matter"] for each in progress(number).members}
    assert not ServiceRequest.objects.filter(done_at__isnull=True).exists()
    assert_at_rest(number)


def test_when_every_matter_is_decided_there_is_nothing_left_to_take_back() -> None:
    number = accepted(wang(), NOODLES)
    shop = member(number, "small_restaurant")
    review(shop)
    found = task(shop, "rule")
    cases.rule_matter(task_id=found.pk, is_granted=True, reasons="", by=on_post(found.post), at=AT)
    applicant = wang()
    refusal = refuses(CaseStateForbids, cases.withdraw_case, number=number, by=applicant, at=AT)
    assert "已作出决定" in str(refusal)
    work_off(AT + timedelta(seconds=1))
    assert state(number) == State.CLOSED


def test_one_matter_of_a_bundle_is_not_withdrawn_or_rated_by_itself() -> None:
    number = accepted(wang(), RESTAURANT)
    fire = member(number, "fire_inspection")
    refusal = refuses(PartOfBundle, cases.withdraw_case, number=fire, by=wang(), at=AT)
    assert number in str(refusal)
    rule(fire)
    assert state(fire) == State.CLOSED
    applicant = wang()
    refuses(PartOfBundle, cases.rate_case, number=fire, level=5, comment="", by=applicant, at=AT)


def test_a_suspended_clock_ends_with_the_case() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    drainage = member(number, "drainage_permit")
    housing = on_post("housing.reviewer")
    cases.suspend_clock(number=drainage, kind="testing", reason="取水样", by=housing, at=AT)
    withdraw(number)
    assert_at_rest(number)
    assert Suspension.objects.get(case__number=drainage).result == "申请已撤回"


def test_a_second_report_of_work_done_changes_nothing() -> None:
    number = submitted(wang(), NOODLES)
    work_off(AT)
    request = ServiceRequest.objects.get(case__number=number)
    assert request.done_at is not None
    report = partial(cases.complete_service, case_number=number, token=request.token)
    with nothing_changes():
        report(result={"document": "another"}, by=system("licences"), at=AT)

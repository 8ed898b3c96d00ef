"""What is granted on a commitment is checked; what is not as committed is put right or revoked."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, CommitmentBar, CommitmentCheck, ServiceRequest, Task
from shuzheng.support.cases.rules import CaseNotFound, DeadlineInPast, ReasonsMissing, TaskNotFound
from shuzheng.support.cases.rules.committing import (
    CheckInFuture,
    CheckState,
    CommitmentBarred,
    FaultsMissing,
    FindingsMissing,
    RectificationRuns,
    TwoOfficersNeeded,
    next_state,
)
from shuzheng.support.licences.queries import list_licences_of_case
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    draft,
    member,
    on_post,
    progress,
    rule,
    state,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import actors, outcomes, refuses

LARGE = {**NOODLES, "floor_area": 400}
BY = date(2026, 12, 20)
AFTER = AT + timedelta(days=30)


@given(st.sampled_from(["due", "rectifying"]), st.booleans(), st.dates(), st.dates())
def test_nobody_fails_before_the_time_to_put_right_is_over(
    before: str, is_met: bool, today: date, until: date
) -> None:
    rectify_by_on = until if before == "rectifying" else None
    act = partial(next_state, before, is_met=is_met, today=today, rectify_by_on=rectify_by_on)
    if not is_met and before == "rectifying" and today <= until:
        with pytest.raises(RectificationRuns):
            act()
        return
    expected = CheckState.RECTIFYING if before == "due" else CheckState.FAILED
    assert act() == (CheckState.PASSED if is_met else expected)


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
class TestInACase:
    def granted(self) -> str:
        fire = member(accepted(wang(), LARGE), "fire_inspection")
        rule(fire)
        work_off(AT + timedelta(seconds=2))
        return fire

    def check(self, number: str, *, is_met: bool, at: datetime = AT, **order: object) -> None:
        found = task(number, "commitment_check")
        cases.record_commitment_check(
            task_id=found.pk,
            officers=["甲", "乙"],
            checked_on=AT.date(),
            findings="疏散通道畅通情况",
            is_met=is_met,
            by=on_post(found.post),
            at=at,
            **order,  # type: ignore[arg-type]
        )

    def broken(self) -> str:
        number = self.granted()
        self.check(number, is_met=False, faults="疏散通道堆放杂物", rectify_by_on=BY)
        self.check(number, is_met=False, at=AFTER)
        return number

    def test_the_grant_opens_a_check_within_its_period(self) -> None:
        number = self.granted()
        found = task(number, "commitment_check")
        assert (found.post, found.due_on) == ("fire.reviewer", date(2027, 2, 15))
        assert CommitmentCheck.objects.get(case__number=number).state == CheckState.DUE

    def test_without_a_commitment_there_is_no_check(self) -> None:
        root = accepted(wang(), {**LARGE, "fire_commitment": False})
        fire = member(root, "fire_inspection")
        assert not Task.objects.filter(case__number=fire, element="commitment_check").exists()
        assert not CommitmentCheck.objects.exists()

    def test_what_is_as_committed_passes_and_is_told(self) -> None:
        number = self.granted()
        self.check(number, is_met=True)
        work_off(AT + timedelta(seconds=3))
        row = progress(number).commitment_check
        assert row is not None
        assert row["state"] == CheckState.PASSED
        titles = [each.title for each in list_messages(person=wang().person)]
        assert any(each.endswith("的承诺已核查通过") for each in titles)

    def test_what_is_not_is_put_right_in_time_and_passes(self) -> None:
        number = self.granted()
        self.check(number, is_met=False, faults="疏散通道堆放杂物", rectify_by_on=BY)
        assert task(number, "commitment_check").due_on == BY
        assert ServiceRequest.objects.filter(token__startswith="rectification:").count() == 1
        self.check(number, is_met=True, at=AT + timedelta(days=2))
        assert CommitmentCheck.objects.get(case__number=number).state == CheckState.PASSED

    def test_what_is_not_put_right_is_revoked_with_its_licence(self) -> None:
        number = self.broken()
        (licence,) = list_licences_of_case(number)
        assert licence.state == "in_force"
        found = task(number, "revoke_grant")
        assert found.post == "fire.chief"
        act = partial(cases.revoke_grant, task_id=found.pk, by=on_post("fire.chief"), at=AFTER)
        refuses(ReasonsMissing, act, reasons=" ")
        act(reasons="整改期满，疏散通道仍被占用")
        work_off(AFTER + timedelta(seconds=1))
        work_off(AFTER + timedelta(seconds=2))
        (licence,) = list_licences_of_case(number)
        assert licence.state == "revoked"
        assert CommitmentCheck.objects.get(case__number=number).state == CheckState.REVOKED
        assert ServiceRequest.objects.filter(token__startswith="grant_revocation:").count() == 1
        titles = [each.title for each in list_messages(person=wang().person)]
        assert any(each.endswith("的许可已被撤销") for each in titles)
        assert not CommitmentBar.objects.exists(), "no law read says so of this matter"
        assert state(number) == "closed"

    def test_a_finding_names_two_officers_the_facts_and_a_day_that_came(self) -> None:
        number = self.granted()
        act = partial(
            cases.record_commitment_check,
            task_id=task(number, "commitment_check").pk,
            by=on_post("fire.reviewer"),
            at=AT,
        )
        whole = {"officers": ["甲", "乙"], "checked_on": AT.date(), "findings": "有杂物"}
        refuses(TwoOfficersNeeded, act, is_met=True, **{**whole, "officers": ["甲", "甲 "]})
        refuses(FindingsMissing, act, is_met=True, **{**whole, "findings": " "})
        refuses(CheckInFuture, act, is_met=True, **{**whole, "checked_on": BY})
        refuses(FaultsMissing, act, is_met=False, **whole)
        refuses(
            DeadlineInPast,
            act,
            is_met=False,
            **whole,
            faults="清理",
            rectify_by_on=AT.date(),
        )

    def test_nobody_is_found_wanting_before_the_time_is_over(self) -> None:
        number = self.granted()
        self.check(number, is_met=False, faults="疏散通道堆放杂物", rectify_by_on=BY)
        found = task(number, "commitment_check")
        refuses(
            RectificationRuns,
            cases.record_commitment_check,
            task_id=found.pk,
            officers=["甲", "乙"],
            checked_on=AT.date(),
            findings="仍有杂物",
            is_met=False,
            by=on_post("fire.reviewer"),
            at=AT,
        )

    def barred(self) -> str:
        number = self.broken()
        CommitmentBar.objects.create(
            case=Case.objects.get(number=number),
            matter="fire_inspection",
            person=wang().person,
            citation={},
            since_at=AFTER,
        )
        return number

    def test_who_broke_a_commitment_gets_the_matter_only_the_other_way_until_repaired(self) -> None:
        number = self.barred()
        again = draft(wang(), LARGE, at=AFTER)
        refuses(CommitmentBarred, cases.submit_case, number=again, by=wang(), at=AFTER)
        other = draft(wang(), {**LARGE, "fire_commitment": False}, at=AFTER)
        assert cases.submit_case(number=other, by=wang(), at=AFTER)
        lift = partial(cases.lift_commitment_bar, number=number, by=on_post("fire.reviewer"))
        refuses(ReasonsMissing, lift, reasons="", at=AFTER)
        lift(reasons="信用修复完成", at=AFTER)
        assert cases.submit_case(number=again, by=wang(), at=AFTER)

    def test_who_may_not(self) -> None:
        number = self.barred()
        revoking = task(number, "revoke_grant")
        checked = Task.objects.filter(case__number=number, element="commitment_check").first()
        assert checked is not None
        who = actors(window="service.window", market="market.chief", housing="housing.reviewer")
        acts = {
            "check": lambda by: cases.record_commitment_check(
                task_id=checked.pk,
                officers=["甲", "乙"],
                checked_on=AT.date(),
                findings="看过",
                is_met=True,
                by=by,
                at=AT,
            ),
            "revoke": lambda by: cases.revoke_grant(
                task_id=revoking.pk, reasons="理由", by=by, at=AT
            ),
            "lift": lambda by: cases.lift_commitment_bar(
                number=number, reasons="理由", by=by, at=AT
            ),
        }
        lacks = dict.fromkeys(who, PostLacksPermission.code)
        assert outcomes(acts, who) == {
            "check": lacks,
            "revoke": {**lacks, "market": TaskNotFound.code},
            "lift": lacks,
        }
        refuses(
            CaseNotFound,
            cases.lift_commitment_bar,
            number=number.rpartition("-")[0],
            reasons="理由",
            by=on_post("fire.reviewer"),
            at=AT,
        )

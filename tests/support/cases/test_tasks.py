"""A task is done once, in its own way, by one person; what is late is shown to the post above."""

from datetime import timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Ruling, Task
from shuzheng.support.cases.operations.procedure.visits import VisitInFuture
from shuzheng.support.cases.rules import (
    ReasonsMissing,
    TaskAlreadyDone,
    TaskClaimedByOther,
    TaskNotFound,
    TaskOfOtherKind,
    TwoVisitorsNeeded,
)
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    TODAY,
    accepted,
    member,
    on_post,
    submitted,
    task,
    wang,
)
from tests.support.cases.refusals import nothing_changes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
LATE = AT + timedelta(days=30)


def test_a_second_official_who_rules_on_the_same_matter_is_told_who_was_faster() -> None:
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    found = task(fire, "rule")
    act = partial(cases.rule_matter, task_id=found.pk, at=AT)
    act(is_granted=True, reasons="", by=on_post("fire.chief", "first"))
    refusal = refuses(
        TaskAlreadyDone, act, is_granted=False, reasons="不行", by=on_post("fire.chief", "second")
    )
    assert "消防负责岗甲" in str(refusal)
    assert Ruling.objects.get(case__number=fire).is_granted


def test_an_opinion_is_no_ruling_though_the_post_may_do_both() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    assert found.post == "market.reviewer"
    reviewer = on_post("market.reviewer")
    refuses(
        TaskOfOtherKind,
        cases.rule_matter,
        task_id=found.pk,
        is_granted=True,
        reasons="",
        by=reviewer,
        at=AT,
    )
    visit = {"visited_on": TODAY, "participants": ["甲", "乙"], "findings": {}}
    refuses(TaskOfOtherKind, cases.record_visit, task_id=found.pk, **visit, by=reviewer, at=AT)
    assert not Ruling.objects.exists()


def test_what_a_colleague_has_claimed_is_left_to_them_until_given_back() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    first, second = on_post("service.window", "first"), on_post("service.window", "second")
    cases.claim_task(task_id=found.pk, by=first, at=AT)
    for act in (cases.claim_task, cases.release_task, cases.accept_case):
        refuses(TaskClaimedByOther, act, task_id=found.pk, by=second, at=AT)
    cases.release_task(task_id=found.pk, by=first, at=AT)
    cases.accept_case(task_id=found.pk, by=second, at=AT)
    assert Task.objects.get(pk=found.pk).done_by == "second"


def test_a_task_that_does_not_exist_is_not_found() -> None:
    for number in (0, 2**62):
        refuses(
            TaskNotFound, cases.accept_case, task_id=number, by=on_post("service.window"), at=AT
        )


def test_an_opinion_and_a_refusal_have_words() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "property_manager"})
    shop = member(number, "small_restaurant")
    refuses(
        ReasonsMissing,
        cases.review_matter,
        task_id=task(shop, "review").pk,
        advises_grant=True,
        opinion=" ",
        by=on_post("market.reviewer"),
        at=AT,
    )
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    refuses(
        ReasonsMissing,
        cases.rule_matter,
        task_id=task(fire, "rule").pk,
        is_granted=False,
        reasons=" ",
        by=on_post("fire.chief"),
        at=AT,
    )


def test_a_visit_is_made_by_two_and_recorded_afterwards() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    found = task(number, "joint_visit")
    act = partial(cases.record_visit, task_id=found.pk, findings={}, by=on_post(found.post), at=AT)
    refuses(TwoVisitorsNeeded, act, visited_on=TODAY, participants=["甲", " "])
    refuses(VisitInFuture, act, visited_on=TODAY + timedelta(days=1), participants=["甲", "乙"])
    act(visited_on=TODAY, participants=["甲", "乙"])
    refuses(TaskAlreadyDone, act, visited_on=TODAY, participants=["甲", "乙"])


def test_overdue_work_is_shown_to_the_post_above_once() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    assert found.due_on is not None
    with nothing_changes():
        assert cases.escalate_overdue(at=AT) == 0
        assert cases.escalate_overdue(at=AT.replace(day=30)) == 0
    assert cases.escalate_overdue(at=LATE) == 1
    with nothing_changes():
        assert cases.escalate_overdue(at=LATE) == 0
    assert Task.objects.get(pk=found.pk).escalated_to == "service.supervisor"
    shown = queries.list_inbox(post="service.supervisor", today=LATE.date())
    assert [(row.id, row.is_escalated, row.light.colour) for row in shown] == [
        (found.pk, True, "red")
    ]
    (entry,) = [e for e in list_entries_of_case(number) if e.kind == "case.overdue"]
    assert (entry.facts["from_post"], entry.facts["post"]) == (
        "service.window",
        "service.supervisor",
    )


def test_the_post_above_may_do_what_was_shown_to_it() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    supervisor = on_post("service.supervisor")
    refuses(TaskNotFound, cases.accept_case, task_id=found.pk, by=supervisor, at=AT)
    cases.escalate_overdue(at=LATE)
    cases.claim_task(task_id=found.pk, by=supervisor, at=LATE)
    assert Task.objects.get(pk=found.pk).claimed_by == supervisor.account


def test_work_is_overdue_again_after_a_suspension_has_ended_but_not_while_it_lasts() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    visit = task(number, "joint_visit")
    cases.record_visit(
        task_id=visit.pk,
        visited_on=TODAY,
        participants=["甲", "乙"],
        findings={},
        by=on_post(visit.post),
        at=AT,
    )
    drainage = member(number, "drainage_permit")
    found = task(drainage, "review")
    housing = on_post("housing.reviewer")
    cases.suspend_clock(number=drainage, kind="testing", reason="取水样", by=housing, at=AT)
    cases.escalate_overdue(at=LATE)
    assert Task.objects.get(pk=found.pk).escalated_to == ""
    cases.resume_clock(number=drainage, result="合格", by=housing, at=LATE)
    cases.escalate_overdue(at=LATE)
    assert Task.objects.get(pk=found.pk).escalated_to == ""
    cases.escalate_overdue(at=LATE + timedelta(days=60))
    assert Task.objects.get(pk=found.pk).escalated_to == "housing.chief"

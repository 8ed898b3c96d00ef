"""A task changes hands lawfully: by whom it belongs to or the post above, with reasons, told."""

from datetime import date, timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.institutions.people.models import Assignment, Staff
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.rules import ReasonsMissing, TaskAlreadyDone, TaskNotFound
from shuzheng.support.cases.rules.handing import (
    AlreadyInHand,
    NotEntitled,
    TaskNotClaimed,
    WorkOfOtherPost,
)
from shuzheng.support.identity.operations import create_account
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    member,
    on_post,
    submitted,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import actors, outcomes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
WHY = "经办人外出培训"


def account_of(staff_number: str, name: str) -> str:
    """Make an account for a member of staff and return its identifier."""
    made = create_account(
        username=staff_number.lower(),
        display_name=name,
        staff_number=staff_number,
        password="shui-ting-men-1988",
        by=system("tests"),
        at=AT,
    )
    return str(made.id)


def zhou() -> Actor:
    return on_post("service.window", account_of("QZ0001", "周晓岚"))


def claimed(by: Actor) -> int:
    found = task(submitted(wang(), NOODLES), "receive")
    cases.claim_task(task_id=found.pk, by=by, at=AT)
    return int(found.pk)


def holder(task_id: int) -> tuple[str, str, str]:
    row = Task.objects.get(pk=task_id)
    return row.post, row.claimed_by, row.claimed_name


def test_the_post_above_takes_over_what_somebody_absent_has_claimed_and_finishes_it() -> None:
    task_id = claimed(zhou())
    supervisor = on_post("service.supervisor")
    cases.take_over_task(task_id=task_id, reasons=WHY, by=supervisor, at=AT)
    assert holder(task_id)[1:] == (supervisor.account, supervisor.name)
    cases.accept_case(task_id=task_id, by=supervisor, at=AT)
    assert Task.objects.get(pk=task_id).done_by == supervisor.account


def test_what_was_escalated_while_claimed_is_no_longer_stuck() -> None:
    task_id = claimed(zhou())
    late, supervisor = AT + timedelta(days=30), on_post("service.supervisor")
    assert cases.escalate_overdue(at=late) == 1
    cases.take_over_task(task_id=task_id, reasons=WHY, by=supervisor, at=late)
    assert holder(task_id)[1:] == (supervisor.account, supervisor.name)


def test_a_claim_given_back_is_free_for_the_whole_post_and_the_post_is_told() -> None:
    task_id = claimed(zhou())
    number = Task.objects.get(pk=task_id).case.number
    cases.give_back_task(task_id=task_id, reasons=WHY, by=on_post("service.supervisor"), at=AT)
    assert holder(task_id) == ("service.window", "", "")
    cases.accept_case(task_id=task_id, by=on_post("service.window", "second"), at=AT)
    (entry,) = [e for e in list_entries_of_case(number) if e.kind == "task.given_back"]
    assert (entry.facts["from_name"], entry.facts["reasons"]) == ("综合窗口甲", WHY)
    work_off()
    told = [row.title for row in list_messages(post="service.window")]
    assert f"认领已退回：开饭店一件事 {number}" in told


def test_a_task_is_passed_to_a_colleague_of_an_entitled_post_only() -> None:
    giver, fang = zhou(), account_of("QZ0002", "方以宁")
    task_id = claimed(giver)
    act = partial(cases.reassign_task, task_id=task_id, reasons=WHY, by=giver, at=AT)
    refusal = refuses(NotEntitled, act, to=account_of("QZ0004", "郑知远"))
    assert "郑知远" in str(refusal)
    refuses(AlreadyInHand, act, to=giver.account)
    act(to=fang)
    assert holder(task_id) == ("service.window", fang, "方以宁")
    refuses(TaskNotFound, act, to=fang)


def test_the_post_above_passes_on_what_nobody_has_claimed() -> None:
    fang = account_of("QZ0002", "方以宁")
    found = task(submitted(wang(), NOODLES), "receive")
    cases.reassign_task(
        task_id=found.pk, to=fang, reasons=WHY, by=on_post("service.supervisor"), at=AT
    )
    assert holder(found.pk) == ("service.window", fang, "方以宁")


def test_everything_somebody_has_is_handed_over_row_by_row() -> None:
    giver, fang = zhou(), account_of("QZ0002", "方以宁")
    first, second = claimed(giver), claimed(giver)
    rows = cases.hand_over_tasks(holder=giver.account, to=fang, reasons=WHY, by=giver, at=AT)
    assert [(row.task_id, row.refusal) for row in rows] == [(first, None), (second, None)]
    assert {holder(each) for each in (first, second)} == {("service.window", fang, "方以宁")}
    assert cases.hand_over_tasks(holder=giver.account, to=fang, reasons=WHY, by=giver, at=AT) == ()


def test_what_cannot_be_handed_over_is_named_and_stays() -> None:
    giver, zheng = zhou(), account_of("QZ0004", "郑知远")
    task_id = claimed(giver)
    (row,) = cases.hand_over_tasks(holder=giver.account, to=zheng, reasons=WHY, by=giver, at=AT)
    assert (row.task_id, type(row.refusal)) == (task_id, NotEntitled)
    assert holder(task_id)[1] == giver.account


def test_nothing_is_told_of_what_somebody_of_another_department_has() -> None:
    giver, fang = zhou(), account_of("QZ0002", "方以宁")
    task_id = claimed(giver)
    chief = on_post("market.chief")
    act = partial(cases.hand_over_tasks, holder=giver.account, to=fang, reasons=WHY, at=AT)
    assert act(by=chief) == ()
    assert holder(task_id)[1] == giver.account


def test_to_be_above_somebody_is_not_to_be_allowed_their_work() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    review = task(shop, "review")
    cases.claim_task(task_id=review.pk, by=on_post("market.reviewer"), at=AT)
    chief = on_post("market.chief")
    refuses(WorkOfOtherPost, cases.take_over_task, task_id=review.pk, reasons=WHY, by=chief, at=AT)
    cases.give_back_task(task_id=review.pk, reasons=WHY, by=chief, at=AT)
    refuses(TaskNotClaimed, cases.give_back_task, task_id=review.pk, reasons=WHY, by=chief, at=AT)


def test_changing_hands_has_reasons_and_an_open_task() -> None:
    task_id, supervisor = claimed(zhou()), on_post("service.supervisor")
    for act in (cases.take_over_task, cases.give_back_task):
        refuses(ReasonsMissing, act, task_id=task_id, reasons=" ", by=supervisor, at=AT)
    cases.take_over_task(task_id=task_id, reasons=WHY, by=supervisor, at=AT)
    refuses(AlreadyInHand, cases.take_over_task, task_id=task_id, reasons=WHY, by=supervisor, at=AT)
    cases.accept_case(task_id=task_id, by=supervisor, at=AT)
    refuses(
        TaskAlreadyDone, cases.give_back_task, task_id=task_id, reasons=WHY, by=supervisor, at=AT
    )


def test_who_is_not_above_and_has_it_not_in_hand_changes_nothing() -> None:
    task_id, fang = claimed(zhou()), account_of("QZ0002", "方以宁")
    who = {
        **actors(colleague="service.window", other="market.chief", auditor="audit.auditor"),
        "applicant": wang(),
    }
    lacks, nothing = PostLacksPermission.code, TaskNotFound.code
    given = {"task_id": task_id, "reasons": WHY, "at": AT}
    acts = {
        "take over": lambda by: cases.take_over_task(**given, by=by),
        "give back": lambda by: cases.give_back_task(**given, by=by),
        "reassign": lambda by: cases.reassign_task(**given, to=fang, by=by),
    }
    above = {**dict.fromkeys(who, lacks), "other": nothing}
    assert outcomes(acts, who) == {
        "take over": above,
        "give back": above,
        "reassign": {**above, "colleague": nothing},
    }


def test_the_claims_of_who_left_the_post_are_given_back_by_themselves() -> None:
    task_id = claimed(zhou())
    assert cases.free_claims_of_absent(at=AT) == 0
    Assignment.objects.filter(staff__number="QZ0001").update(to_on=date(2026, 11, 23))
    assert cases.free_claims_of_absent(at=AT) == 0
    tomorrow = AT + timedelta(days=1)
    assert cases.free_claims_of_absent(at=tomorrow) == 1
    assert holder(task_id) == ("service.window", "", "")
    number = Task.objects.get(pk=task_id).case.number
    (entry,) = [e for e in list_entries_of_case(number) if e.kind == "task.freed"]
    assert (entry.actor_kind, entry.facts["from_name"]) == ("system", "综合窗口甲")
    assert cases.free_claims_of_absent(at=tomorrow) == 0


def test_a_claim_made_from_above_stays_while_the_post_above_is_held() -> None:
    task_id = claimed(zhou())
    supervisor = on_post("service.supervisor", account_of("QZ0003", "徐文澜"))
    cases.take_over_task(task_id=task_id, reasons=WHY, by=supervisor, at=AT)
    assert cases.free_claims_of_absent(at=AT) == 0
    Staff.objects.get(number="QZ0003").assignments.all().delete()
    assert cases.free_claims_of_absent(at=AT) == 1

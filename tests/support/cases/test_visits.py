"""A joint visit: due with the first who waits for it, announced with its day and hour."""

from datetime import date, time
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Task, VisitPlan
from shuzheng.support.cases.operations.record.periods import recompute
from shuzheng.support.cases.rules.visits import (
    VisitPlanIncomplete,
    VisitPlanInPast,
    VisitPlanTooLate,
)
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    on_post,
    progress,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
SEWER = {**NOODLES, "drains": "public_sewer"}
DAY, HOUR = date(2026, 11, 25), time(9, 30)


def waiting() -> tuple[str, Task]:
    number = accepted(wang(), SEWER)
    return number, task(number, "joint_visit")


def plan(found: Task, day: date | None = DAY, hour: time | None = HOUR) -> None:
    by = on_post(found.post)
    cases.plan_visit(task_id=found.pk, planned_on=day, begins_at=hour, by=by, at=AT)


def earliest(number: str) -> date:
    visited = progress(number).variables["visit_matters"]
    return min(
        clock.due_on
        for each in progress(number).members
        if each.variables["matter"] in visited
        for clock in each.clocks
    )


def test_a_visit_is_due_no_later_than_the_first_who_waits_for_it() -> None:
    number, found = waiting()
    of_the_bundle = min(each.due_on for each in progress(number).clocks if each.is_running)
    assert found.due_on == earliest(number)
    assert found.due_on is not None
    assert found.due_on < of_the_bundle


def test_it_stays_so_when_the_days_of_the_bundle_are_counted_anew() -> None:
    number, found = waiting()
    recompute(found.case, cause="日历改版", by=on_post("service.window"), at=AT)
    assert Task.objects.get(pk=found.pk).due_on == earliest(number)


def test_its_day_and_hour_are_told_to_the_applicant_and_the_departments() -> None:
    number, found = waiting()
    plan(found)
    work_off()
    title = "联合现场核查定于2026年11月25日 09:30"
    assert title in [each.title for each in list_messages(person=wang().person)]
    assert f"{title}：{number}" in [each.title for each in list_messages(post="housing.reviewer")]
    (entry,) = [e for e in list_entries_of_case(number) if e.kind == "case.visit_planned"]
    assert entry.facts["planned_on"] == "2026-11-25"


def test_a_new_plan_takes_the_place_of_the_old_and_is_told_again() -> None:
    number, found = waiting()
    plan(found)
    plan(found, date(2026, 11, 24), time(14, 0))
    row = VisitPlan.objects.get(case__number=number)
    assert (row.planned_on, row.begins_at) == (date(2026, 11, 24), time(14, 0))
    kinds = [each.kind for each in list_entries_of_case(number)]
    assert kinds.count("case.visit_planned") == 2


def test_a_plan_has_a_day_to_come_within_the_task() -> None:
    _, found = waiting()
    assert found.due_on is not None
    refuses(VisitPlanIncomplete, partial(plan, found, None))
    refuses(VisitPlanIncomplete, partial(plan, found, hour=None))
    refuses(VisitPlanInPast, partial(plan, found, date(2026, 11, 22)))
    refuses(VisitPlanTooLate, partial(plan, found, date(2027, 1, 4)))


def test_only_who_visits_plans() -> None:
    _, found = waiting()
    act = partial(cases.plan_visit, task_id=found.pk, planned_on=DAY, begins_at=HOUR, at=AT)
    refuses(PostLacksPermission, act, by=on_post("service.window"))
    refuses(PostLacksPermission, act, by=wang())
    assert not VisitPlan.objects.exists()

"""What stops a clock is a closed list; a due date moves by the days left out, and says so."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Clock, ServiceRequest, Suspension
from shuzheng.support.cases.rules import (
    ClockIsSuspended,
    ClockNotSuspended,
    ReasonsMissing,
    SuspensionNotLawful,
)
from tests.support.cases.play import (
    AT,
    NOODLES,
    TODAY,
    accepted,
    confirm,
    member,
    on_post,
    progress,
    review,
    task,
    wang,
)
from tests.support.cases.refusals import nothing_changes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def drainage(*, is_visited: bool = True) -> str:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    if is_visited:
        visit = task(number, "joint_visit")
        cases.record_visit(
            task_id=visit.pk,
            visited_on=TODAY,
            participants=["甲", "乙"],
            findings={},
            by=on_post(visit.post),
            at=AT,
        )
        confirm(number)
    return member(number, "drainage_permit")


def suspend(number: str, *, at: datetime = AT) -> None:
    cases.suspend_clock(
        number=number, kind="testing", reason="取水样检测", by=on_post("housing.reviewer"), at=at
    )


def resume(number: str, *, at: datetime) -> None:
    cases.resume_clock(number=number, result="合格", by=on_post("housing.reviewer"), at=at)


def due(number: str) -> dict[str, date]:
    return dict(Clock.objects.filter(case__number=number).values_list("kind", "due_on"))


def working_days(after: date, until: date) -> int:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(get_calendar().is_working_day(day) for day in days)


def test_while_the_clock_is_stopped_nobody_rules_or_reviews() -> None:
    number = drainage()
    found = task(number, "review")
    suspend(number)
    refusal = refuses(
        ClockIsSuspended,
        cases.review_matter,
        task_id=found.pk,
        advises_grant=True,
        opinion="可以",
        by=on_post("housing.reviewer"),
        at=AT,
    )
    assert number in str(refusal)
    resume(number, at=AT)
    review(number)
    suspend(number)
    ruling = partial(
        cases.rule_matter,
        task_id=task(number, "rule").pk,
        is_granted=True,
        reasons="",
        by=on_post("housing.chief"),
        at=AT,
    )
    refuses(ClockIsSuspended, ruling)


@pytest.mark.parametrize("days", [1, 4, 9, 45])
def test_the_due_date_moves_by_the_working_days_left_out_and_the_journal_says_so(days: int) -> None:
    number = drainage()
    before = due(number)
    suspend(number, at=AT + timedelta(days=1))
    assert due(number) == before
    resume(number, at=AT + timedelta(days=days))
    left_out = working_days(TODAY, TODAY + timedelta(days=days))
    after = due(number)
    assert {kind: working_days(before[kind], after[kind]) for kind in before} == dict.fromkeys(
        before, left_out
    )
    moved = [
        entry.facts
        for entry in list_entries_of_case(number.rpartition("-")[0])
        if (entry.kind, entry.subject) == ("case.due_moved", f"case:{number}")
    ]
    until = TODAY + timedelta(days=days)
    assert sorted(moved, key=lambda facts: str(facts["clock"])) == [
        {
            "clock": kind,
            "from_on": before[kind].isoformat(),
            "to_on": after[kind].isoformat(),
            "cause": f"水质检测 2026-11-24–{until}",
        }
        for kind in sorted(before)
    ]
    assert task(number, "review").due_on == min(after.values())


def test_a_weekend_left_out_moves_nothing_and_is_told_all_the_same() -> None:
    number = drainage()
    before = due(number)
    suspend(number, at=AT + timedelta(days=5))
    resume(number, at=AT + timedelta(days=6))
    assert due(number) == before
    requests = ServiceRequest.objects.filter(case__number=number)
    tokens = set(requests.values_list("token", flat=True))
    (suspension,) = Suspension.objects.filter(case__number=number)
    assert {f"suspension:{suspension.pk}", f"resumption:{suspension.pk}"} <= tokens


def test_the_clocks_of_the_other_matters_run_on() -> None:
    number = drainage()
    root = number.rpartition("-")[0]
    others = Clock.objects.exclude(case__number=number).filter(case__root__number=root)
    before = list(others.order_by("pk").values_list("due_on", flat=True))
    assert before
    suspend(number)
    resume(number, at=AT + timedelta(days=7))
    assert list(others.order_by("pk").values_list("due_on", flat=True)) == before


def test_only_what_the_matter_lists_stops_its_clock_and_only_with_reasons() -> None:
    number = drainage()
    act = partial(cases.suspend_clock, number=number, by=on_post("housing.reviewer"), at=AT)
    for kind in ("expert_review", "site_visit", ""):
        refuses(SuspensionNotLawful, act, kind=kind, reason="等现场核查")
    refuses(ReasonsMissing, act, kind="testing", reason="  ")


def test_a_clock_is_stopped_once_at_a_time_and_resumed_only_if_stopped() -> None:
    number = drainage()
    housing = on_post("housing.reviewer")
    refuses(ClockNotSuspended, cases.resume_clock, number=number, result="", by=housing, at=AT)
    suspend(number)
    again = {"number": number, "kind": "testing", "reason": "再测一次", "by": housing, "at": AT}
    refuses(ClockIsSuspended, cases.suspend_clock, **again)
    resume(number, at=AT)
    with nothing_changes(), pytest.raises(ClockNotSuspended):
        resume(number, at=AT)


def test_what_the_bundle_promised_does_not_move() -> None:
    number = drainage(is_visited=False)
    root = number.rpartition("-")[0]
    before = due(root)["promise"]
    suspend(number)
    resume(number, at=AT + timedelta(days=7))
    assert due(root)["promise"] == before


def test_the_day_expected_of_the_bundle_follows_though_the_promise_stays() -> None:
    number = drainage(is_visited=False)
    root = number.rpartition("-")[0]
    assert queries.expected_on(progress(root)) == date(2026, 12, 7)
    suspend(number)
    assert queries.expected_on(progress(root)) == date(2026, 12, 21)
    resume(number, at=AT + timedelta(days=14))
    assert queries.expected_on(progress(root)) == max(due(number)["promise"], date(2026, 12, 7))
    assert due(root)["promise"] == date(2026, 12, 9)

"""A legal period is lengthened once, by the post the law names, before it ends, and told."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.institutions.calendar.rules import Calendar
from shuzheng.policy.periods import Period, PeriodUnit, due_on
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Clock, Extension, ServiceRequest, Task
from shuzheng.support.cases.rules import CaseNotFound, ReasonsMissing, TaskNotFound
from shuzheng.support.cases.rules.extensions import (
    AlreadyExtended,
    ApproverAsked,
    ExtensionAlreadyAsked,
    ExtensionNotLawful,
    PeriodAlreadyOver,
    lengthened,
)
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    member,
    on_post,
    progress,
    review,
    rule,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import actors, nothing_changes, outcomes, refuses
from tests.support.cases.test_clocks import drainage, due, resume, suspend

WHY = "管网图纸要向建设单位核实"


def ask(number: str, post: str = "housing.reviewer", *, at: datetime = AT) -> None:
    cases.ask_extension(number=number, reasons=WHY, by=on_post(post), at=at)


def decide(number: str, *, is_approved: bool = True, reasons: str = "", at: datetime = AT) -> None:
    found = task(number, "extension")
    cases.decide_extension(
        task_id=found.pk, is_approved=is_approved, reasons=reasons, by=on_post(found.post), at=at
    )


@given(st.integers(0, 60), st.lists(st.integers(0, 20), max_size=3), st.dates(date(2026, 1, 1)))
def test_a_longer_period_ends_where_counting_on_from_its_old_end_leads(
    amount: int, more: list[int], start: date
) -> None:
    start = min(start, date(2026, 12, 31))
    calendar = Calendar()
    period = Period(amount=amount, unit=PeriodUnit.WORKING_DAY)
    by = [Period(amount=each, unit=PeriodUnit.WORKING_DAY) for each in more]
    whole = due_on(lengthened(period, by), started_on=start, calendar=calendar)
    step = due_on(period, started_on=start, calendar=calendar)
    for each in by:
        step = due_on(each, started_on=step, calendar=calendar)
    if calendar.is_working_day(start):
        assert whole == step
    assert whole >= due_on(period, started_on=start, calendar=calendar)


def test_a_longer_period_counts_in_the_same_unit() -> None:
    day = Period(amount=10, unit=PeriodUnit.CALENDAR_DAY)
    with pytest.raises(ValueError, match="working_day"):
        lengthened(Period(amount=20, unit=PeriodUnit.WORKING_DAY), [day])


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
class TestInACase:
    def test_the_head_approves_and_only_the_legal_date_moves(self) -> None:
        number = drainage()
        before = due(number)
        ask(number)
        assert due(number) == before
        found = task(number, "extension")
        assert (found.post, found.due_on) == ("housing.chief", before["statutory"])
        decide(number)
        after = due(number)
        assert after["promise"] == before["promise"]
        assert after["statutory"] == date(2027, 1, 4)
        assert before["statutory"] == date(2026, 12, 21)
        moved = [
            entry.facts
            for entry in list_entries_of_case(number.rpartition("-")[0])
            if (entry.kind, entry.subject) == ("case.due_moved", f"case:{number}")
        ]
        assert moved == [
            {
                "clock": "statutory",
                "from_on": "2026-12-21",
                "to_on": "2027-01-04",
                "cause": "延长10个工作日，《行政许可法》(2019-04-23)第四十二条第一款",
            }
        ]

    def test_the_applicant_is_told_the_reasons_in_writing(self) -> None:
        number = drainage()
        ask(number)
        decide(number)
        work_off(AT + timedelta(seconds=1))
        (row,) = Extension.objects.filter(case__number=number)
        request = ServiceRequest.objects.get(case__number=number, token=f"extension:{row.pk}")
        assert request.operation == "documents.issue"
        titles = [each.title for each in list_messages(person=wang().person)]
        assert "事项“城镇污水排入排水管网许可”的法定期限延长10个工作日" in titles

    def test_a_joint_handling_is_lengthened_by_the_head_of_the_government(self) -> None:
        number = drainage().rpartition("-")[0]
        assert due(number) == {
            "receiving": date(2026, 11, 30),
            "promise": date(2026, 12, 9),
            "statutory": date(2027, 1, 25),
        }
        ask(number, "service.supervisor")
        assert task(number, "extension").post == "government.leader"
        decide(number)
        assert due(number)["statutory"] > date(2027, 1, 25)
        assert due(number)["promise"] == date(2026, 12, 9)

    def test_never_twice_and_one_request_at_a_time(self) -> None:
        number = drainage()
        again = partial(
            cases.ask_extension, number=number, reasons=WHY, by=on_post("housing.reviewer"), at=AT
        )
        ask(number)
        refuses(ExtensionAlreadyAsked, again)
        decide(number, is_approved=False, reasons="可以按期办结")
        ask(number)
        decide(number)
        refuses(AlreadyExtended, again)
        assert Extension.objects.filter(case__number=number, state="approved").count() == 1

    def test_what_is_refused_moves_nothing_and_has_reasons(self) -> None:
        number = drainage()
        ask(number)
        before = due(number)
        found = task(number, "extension")
        refuses(
            ReasonsMissing,
            cases.decide_extension,
            task_id=found.pk,
            is_approved=False,
            reasons=" ",
            by=on_post("housing.chief"),
            at=AT,
        )
        decide(number, is_approved=False, reasons="可以按期办结")
        assert due(number) == before
        assert progress(number).extensions[0].decision == "可以按期办结"

    def test_it_is_asked_and_approved_before_the_last_day_is_over(self) -> None:
        number = drainage()
        late = AT + timedelta(days=29)
        refuses(
            PeriodAlreadyOver,
            cases.ask_extension,
            number=number,
            reasons=WHY,
            by=on_post("housing.reviewer"),
            at=late,
        )
        ask(number, at=AT + timedelta(days=28))
        with nothing_changes(), pytest.raises(PeriodAlreadyOver):
            decide(number, at=late)

    def test_while_the_clock_stands_the_last_day_is_not_yet_known(self) -> None:
        number = drainage()
        suspend(number)
        ask(number, at=AT + timedelta(days=60))
        decide(number, at=AT + timedelta(days=61))
        resume(number, at=AT + timedelta(days=62))
        calendar = Calendar()
        left = sum(
            calendar.is_working_day(date(2026, 11, 23) + timedelta(days=n)) for n in range(1, 63)
        )
        whole = Period(amount=30 + left, unit=PeriodUnit.WORKING_DAY)
        expected = due_on(whole, started_on=date(2026, 11, 23), calendar=calendar)
        assert due(number)["statutory"] == expected

    def test_a_matter_whose_law_knows_no_extension_gets_none(self) -> None:
        root = accepted(wang(), {**NOODLES, "floor_area": 400, "fire_commitment": False})
        fire = member(root, "fire_inspection")
        act = partial(cases.ask_extension, number=fire, reasons=WHY, at=AT)
        refuses(ExtensionNotLawful, act, by=on_post("fire.reviewer"))

    def test_reasons_are_given(self) -> None:
        number = drainage()
        act = partial(cases.ask_extension, number=number, at=AT)
        refuses(ReasonsMissing, act, reasons="  ", by=on_post("housing.reviewer"))

    def test_a_decided_matter_waits_for_no_extension(self) -> None:
        number = drainage()
        review(number)
        ask(number)
        rule(number)
        assert not Task.objects.filter(case__number=number, element="extension", state="open")
        assert Extension.objects.get(case__number=number).state == "dropped"

    def test_who_may_not_ask(self) -> None:
        number = drainage()
        who = actors(
            window="service.window",
            market="market.reviewer",
            chief="housing.chief",
            leader="government.leader",
        )
        acts = {"ask": lambda by: cases.ask_extension(number=number, reasons=WHY, by=by, at=AT)}
        lacks = PostLacksPermission.code
        assert outcomes(acts, who)["ask"] == {
            **dict.fromkeys(who, lacks),
            "market": CaseNotFound.code,
        }

    def test_who_may_not_approve(self) -> None:
        number = drainage()
        ask(number)
        found = task(number, "extension")
        who = actors(
            reviewer="housing.reviewer",
            market="market.chief",
            leader="government.leader",
            window="service.window",
        )
        acts = {
            "decide": lambda by: cases.decide_extension(
                task_id=found.pk, is_approved=True, reasons="", by=by, at=AT
            )
        }
        lacks = PostLacksPermission.code
        assert outcomes(acts, who)["decide"] == {
            **dict.fromkeys(who, lacks),
            "market": TaskNotFound.code,
            "leader": TaskNotFound.code,
        }

    def test_who_asked_does_not_approve(self) -> None:
        number = drainage()
        cases.ask_extension(
            number=number, reasons=WHY, by=on_post("housing.reviewer", "same"), at=AT
        )
        refuses(
            ApproverAsked,
            cases.decide_extension,
            task_id=task(number, "extension").pk,
            is_approved=True,
            reasons="",
            by=on_post("housing.chief", "same"),
            at=AT,
        )

    def test_the_days_of_a_members_special_procedure_are_left_out_of_the_joint_period(self) -> None:
        number = drainage()
        root = number.rpartition("-")[0]
        before = due(root)
        suspend(number, at=AT + timedelta(days=1))
        resume(number, at=AT + timedelta(days=4))
        after = due(root)
        assert after["promise"] == before["promise"]
        clock = Clock.objects.get(case__number=root, kind="statutory")
        longer = Period(amount=49, unit=PeriodUnit.WORKING_DAY)
        assert clock.due_on == due_on(longer, started_on=date(2026, 11, 23), calendar=Calendar())

"""A hearing: told of, asked for in its days, announced in time, held, recorded — then decided."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Hearing, ServiceRequest, Suspension
from shuzheng.support.cases.rules import CaseNotFound, ReasonsMissing, State
from shuzheng.support.cases.rules.hearings import (
    HearingAlreadyTold,
    HearingAskedLate,
    HearingIncomplete,
    HearingInFuture,
    HearingNotHeld,
    HearingNotStartedHere,
    HearingNotTold,
    HearingRightRuns,
    NoHearingProvided,
)
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.hearings import HELD, SAID, announce, asked, told
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    member,
    on_post,
    progress,
    rule,
    state,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import LI, actors, outcomes, refuses
from tests.support.cases.test_clocks import drainage, due

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


ON_THE_DAY = AT + timedelta(days=14)


def test_nobody_stops_the_clock_by_calling_it_a_hearing() -> None:
    number = drainage()
    with pytest.raises(HearingNotStartedHere):
        cases.suspend_clock(
            number=number,
            kind="hearing",
            reason="专家评审",
            by=on_post("housing.reviewer"),
            at=AT,
        )
    assert not Suspension.objects.exists()


def record(number: str, *, at: datetime = ON_THE_DAY, minutes: str = "各方意见") -> None:
    cases.record_hearing(
        task_id=task(number, "hearing").pk,
        attendants=["王小明", "邻居代表"],
        minutes=minutes,
        by=on_post("housing.reviewer"),
        at=at,
    )


def test_the_right_is_told_in_writing_with_its_five_days() -> None:
    number = told()
    work_off(AT + timedelta(seconds=1))
    assert Hearing.objects.get().ask_by_on == date(2026, 11, 30)
    assert ServiceRequest.objects.filter(token__startswith="hearing_right:").count() == 1
    titles = [each.title for each in list_messages(person=wang().person)]
    assert any("您可以在2026年11月30日前申请听证" in each for each in titles)
    act = partial(cases.tell_hearing_right, number=number, by=on_post("housing.reviewer"), at=AT)
    refuses(HearingAlreadyTold, act, reasons="再告知一次")


def test_while_it_may_be_asked_for_nothing_is_decided_and_afterwards_it_is() -> None:
    number = told()
    act = partial(
        cases.rule_matter,
        task_id=task(number, "rule").pk,
        is_granted=True,
        reasons="",
        by=on_post("housing.chief"),
    )
    refuses(HearingRightRuns, act, at=AT + timedelta(days=7))
    rule(number, at=AT + timedelta(days=8))
    assert state(number) == State.CLOSED


def test_asked_for_the_clock_stops_until_the_record_is_kept() -> None:
    number = asked()
    before = due(number)
    row = Hearing.objects.get()
    assert (row.asked_by, row.hold_by_on) == ("申请人", date(2026, 12, 21))
    (running,) = Suspension.objects.all()
    assert (running.kind, running.to_on) == ("hearing", None)
    assert task(number, "hearing").post == "housing.reviewer"
    resume = partial(
        cases.resume_clock, number=number, result="", by=on_post("housing.reviewer"), at=AT
    )
    refuses(HearingNotHeld, resume)
    announce(number)
    record(number)
    running.refresh_from_db()
    assert running.to_on == HELD
    assert due(number)["statutory"] > before["statutory"]
    rule(number, at=ON_THE_DAY)
    assert state(number) == State.CLOSED


def test_the_record_is_a_document_and_lies_encrypted() -> None:
    number = asked()
    announce(number)
    record(number, minutes="邻居代表：担心堵塞。")
    row = Hearing.objects.get()
    assert row.attendants == ["王小明", "邻居代表"]
    assert row.minutes_encrypted
    assert "堵塞" not in row.minutes_encrypted
    tokens = set(ServiceRequest.objects.values_list("token", flat=True))
    assert f"hearing_record:{row.pk}" in tokens
    shown = progress(number).hearing
    assert shown is not None
    assert shown["is_held"]


def test_a_record_is_kept_of_what_was_held_and_by_whom() -> None:
    number = asked()
    act = partial(
        cases.record_hearing,
        task_id=task(number, "hearing").pk,
        by=on_post("housing.reviewer"),
    )
    refuses(HearingNotHeld, act, attendants=["王"], minutes="意见", at=ON_THE_DAY)
    announce(number)
    refuses(HearingInFuture, act, attendants=["王"], minutes="意见", at=AT)
    refuses(HearingIncomplete, act, attendants=[" "], minutes="意见", at=ON_THE_DAY)
    refuses(HearingIncomplete, act, attendants=["王"], minutes=" ", at=ON_THE_DAY)


def test_it_is_asked_for_once_in_its_days_by_who_was_told() -> None:
    number = told()
    refuses(HearingAskedLate, cases.ask_hearing, number=number, by=wang(), at=ON_THE_DAY)
    cases.ask_hearing(number=number, who="邻居代表", by=on_post("housing.reviewer"), at=AT)
    assert Hearing.objects.get().asked_by == "邻居代表"
    refuses(HearingNotTold, cases.ask_hearing, number=number, by=wang(), at=AT)


def test_a_matter_whose_content_names_none_has_none() -> None:
    fire = member(
        accepted(wang(), {**NOODLES, "floor_area": 400, "fire_commitment": False}),
        "fire_inspection",
    )
    act = partial(cases.tell_hearing_right, number=fire, by=on_post("fire.reviewer"), at=AT)
    refuses(NoHearingProvided, act, reasons="重大利益")
    number = drainage()
    act = partial(cases.tell_hearing_right, number=number, by=on_post("housing.reviewer"), at=AT)
    refuses(ReasonsMissing, act, reasons=" ")


def test_who_may_not() -> None:
    number = asked()
    found = task(number, "hearing")
    who = actors(window="service.window", chief="housing.chief", agent="village.agent")
    acts = {
        "tell": lambda by: cases.tell_hearing_right(number=number, reasons="理由", by=by, at=AT),
        "ask": lambda by: cases.ask_hearing(number=number, by=by, at=AT),
        "announce": lambda by: cases.announce_hearing(
            task_id=found.pk, announcement=SAID, by=by, at=AT
        ),
        "record": lambda by: cases.record_hearing(
            task_id=found.pk, attendants=["王"], minutes="意见", by=by, at=AT
        ),
    }
    lacks = dict.fromkeys(who, PostLacksPermission.code)
    assert outcomes(acts, who) == {
        "tell": lacks,
        "ask": dict.fromkeys(who, CaseNotFound.code),
        "announce": lacks,
        "record": lacks,
    }
    refuses(CaseNotFound, cases.ask_hearing, number=number, by=LI, at=AT)


def test_that_the_clock_stops_for_a_hearing_is_told_once() -> None:
    number = drainage()
    by = on_post("housing.reviewer")
    cases.tell_hearing_right(number=number, reasons="共用管道", by=by, at=AT)
    cases.ask_hearing(number=number, by=wang(), at=AT)
    work_off(AT + timedelta(seconds=1))
    titles = [each.title for each in list_messages(person=wang().person)]
    assert "“城镇污水排入排水管网许可”将举行听证" in titles
    assert not [each for each in titles if "进入听证" in each]

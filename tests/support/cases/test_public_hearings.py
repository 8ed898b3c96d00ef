"""A hearing that the organ orders: announced to all, attended, recorded, then decided."""

from datetime import date, time
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Hearing, HearingGuest
from shuzheng.support.cases.operations.applying.drafts import ApplicantUnknown
from shuzheng.support.cases.operations.file.reading import PurposeMissing
from shuzheng.support.cases.queries.public_hearings import (
    count_guests,
    get_public_hearing,
    get_wish,
    list_public_hearings,
)
from shuzheng.support.cases.rules import CaseNotFound, State
from shuzheng.support.cases.rules.hearings import (
    HearingIncomplete,
    HearingNotHeld,
    HearingNotTold,
    HearingTooSoon,
)
from shuzheng.support.cases.rules.public_hearings import (
    HearingClosedToGuests,
    NoPublicHearing,
    SaysWhoApplied,
    WishUnknown,
)
from tests.support.cases.ordered_hearings import (
    HELD,
    NEED,
    ON_THE_DAY,
    SUBJECT,
    announce,
    announced,
    asked,
    chief,
    decide,
    ordered,
    record,
    reviewer,
)
from tests.support.cases.play import AT, on_post, state, task, wang
from tests.support.cases.refusals import LI, actors, outcomes, refuses
from tests.support.cases.test_clocks import drainage, due

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_it_is_held_recorded_and_decided_like_any_other() -> None:
    number, _ = announced()
    before = due(number)
    refuses(HearingNotTold, cases.ask_hearing, number=number, by=wang(), at=AT)
    act = partial(
        cases.rule_matter,
        task_id=task(number, "rule").pk,
        is_granted=True,
        reasons="",
        by=chief(),
    )
    resume = partial(cases.resume_clock, number=number, result="", by=reviewer(), at=AT)
    refuses(HearingNotHeld, resume)
    record(number)
    assert due(number)["statutory"] > before["statutory"]
    act(at=ON_THE_DAY)
    assert state(number) == State.RULED


def test_the_public_reads_what_when_where_and_how_and_not_who() -> None:
    number = ordered()
    refuses(HearingIncomplete, partial(announce, number), joining=" ")
    for said in ({"joining": "请找王小明"}, {"place": "王小明家"}):
        refuses(SaysWhoApplied, partial(announce, number), **said)
    refuses(HearingTooSoon, partial(announce, number), held_on=date(2026, 12, 1))
    assert list_public_hearings() == ()
    announce(number, parties=("方以宁",))
    (row,) = list_public_hearings()
    assert get_public_hearing(row.id) == row
    assert (row.subject, row.held_on, row.begins) == (SUBJECT, HELD, time(9, 30))
    assert (row.department, row.state) == ("housing", "coming")
    said = str(row)
    for private in ("王小明", "方以宁", number, wang().person):
        assert private not in said
    record(number)
    assert list_public_hearings()[0].state == "held"


def test_a_hearing_whose_case_was_withdrawn_is_not_held() -> None:
    number, pk = announced()
    cases.withdraw_case(number=number.rpartition("-")[0], by=wang(), at=AT)
    assert get_public_hearing(pk).state == "cancelled"
    act = partial(cases.join_hearing, hearing=pk, wish="listen", by=LI, at=AT)
    refuses(HearingClosedToGuests, act)


def test_people_sign_up_change_their_mind_and_withdraw() -> None:
    number, pk = announced()
    join = partial(cases.join_hearing, hearing=pk, by=LI)
    refuses(WishUnknown, join, wish="shout", at=AT)
    refuses(HearingClosedToGuests, join, wish="listen", at=ON_THE_DAY)
    join(wish="listen", at=AT)
    join(wish="speak", at=AT)
    guest = HearingGuest.objects.get()
    assert (guest.person, guest.wish) == (LI.person, "speak")
    assert "李小红" not in guest.name_encrypted
    assert get_wish(pk, LI.person) == "发言"
    assert count_guests(number) == {"旁听": 0, "发言": 1}
    cases.leave_hearing(hearing=pk, by=LI, at=AT)
    assert not HearingGuest.objects.exists()
    refuses(NoPublicHearing, cases.leave_hearing, hearing=pk, by=LI, at=AT)
    kinds = Entry.objects.filter(person=LI.person).order_by("arrival")
    assert list(kinds.values_list("kind", flat=True)) == [
        "case.hearing_joined",
        "case.hearing_joined",
        "case.hearing_left",
    ]


def test_the_department_reads_who_signed_up_and_each_of_them_sees_it() -> None:
    number, pk = announced()
    cases.join_hearing(hearing=pk, wish="speak", by=LI, at=AT)
    act = partial(cases.open_guests, number=number, by=reviewer(), at=AT)
    refuses(PurposeMissing, act, purpose=" ")
    (guest,) = act(purpose="组织听证")
    assert (guest.name, guest.wish) == ("李小红", "发言")
    (read,) = list_reads_of_person(LI.person)
    assert (read.purpose, read.actor_post) == ("组织听证", "housing.reviewer")


def test_only_one_that_was_announced_to_the_public_is_joined_or_read() -> None:
    number = ordered()
    pk = Hearing.objects.get().pk
    for hearing in (pk, 0):
        refuses(NoPublicHearing, cases.join_hearing, hearing=hearing, wish="listen", by=LI, at=AT)
        with pytest.raises(NoPublicHearing):
            get_public_hearing(hearing)
    other = drainage()
    cases.tell_hearing_right(number=other, reasons="共用管道", by=reviewer(), at=AT)
    cases.ask_hearing(number=other, by=wang(), at=AT)
    announce(other, joining="")
    assert list_public_hearings() == ()
    private = Hearing.objects.exclude(pk=pk).get().pk
    refuses(NoPublicHearing, cases.join_hearing, hearing=private, wish="listen", by=LI, at=AT)
    assert number != other


def test_who_may_not() -> None:
    number = asked()
    approval = task(number, "hearing_order").pk
    decide(number)
    announce(number)
    pk = Hearing.objects.get().pk
    other = drainage()
    who = {
        **actors(window="service.window", agent="village.agent", fire="fire.chief"),
        "applicant": wang(),
    }
    acts = {
        "order": lambda by: cases.order_hearing(number=other, by=by, **NEED),
        "guests": lambda by: cases.open_guests(number=number, purpose="看看", by=by, at=AT),
    }
    lacks = dict.fromkeys(who, PostLacksPermission.code)
    assert outcomes(acts, who) == dict.fromkeys(acts, lacks)
    strangers = {"market": on_post("market.reviewer")}
    assert outcomes(acts, strangers) == {name: {"market": CaseNotFound.code} for name in acts}
    decisions = {
        "decide": lambda by: cases.decide_hearing_order(
            task_id=approval, is_approved=True, reasons="", by=by, at=AT
        )
    }
    found = outcomes(decisions, {**who, "reviewer": reviewer(), "market": on_post("market.chief")})
    assert found["decide"].pop("fire") == found["decide"].pop("market") == "task-not-found"
    assert set(found["decide"].values()) == {PostLacksPermission.code}
    officials = {"reviewer": reviewer(), **actors(window="service.window")}
    officials.pop("other citizen")
    joins = {"join": lambda by: cases.join_hearing(hearing=pk, wish="listen", by=by, at=AT)}
    unknown = dict.fromkeys(officials, ApplicantUnknown.code)
    assert outcomes(joins, officials) == {"join": unknown}

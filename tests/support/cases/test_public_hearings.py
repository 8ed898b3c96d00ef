"""A hearing that the organ itself orders: approved, announced to all, attended, then decided."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.infrastructure.journal.queries import list_entries_of_case, list_reads_of_person
from shuzheng.policy.citations import Citation
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import (
    Hearing,
    HearingGuest,
    HearingOrder,
    ServiceRequest,
    Suspension,
)
from shuzheng.support.cases.operations.applying.drafts import ApplicantUnknown
from shuzheng.support.cases.operations.file.reading import PurposeMissing
from shuzheng.support.cases.operations.procedure import hearings, ordering
from shuzheng.support.cases.queries.public_hearings import (
    count_guests,
    get_public_hearing,
    get_wish,
    list_hearing_orders,
    list_public_hearings,
)
from shuzheng.support.cases.rules import CaseNotFound, ReasonsMissing, State, TaskOfOtherKind
from shuzheng.support.cases.rules.hearings import (
    Announcement,
    HearingIncomplete,
    HearingNotHeld,
    HearingNotTold,
    HearingTooSoon,
    NoHearingProvided,
)
from shuzheng.support.cases.rules.public_hearings import (
    PUBLIC_INTEREST,
    REQUIRED,
    HearingAlreadyCalled,
    HearingClosedToGuests,
    HearingOrderWaits,
    HearingRequired,
    NoOwnMotion,
    NoPublicHearing,
    OrderIncomplete,
    OwnApproval,
    SaysWhoApplied,
    WishUnknown,
    require_nameless,
)
from shuzheng.support.cases.rules.states import CaseStateForbids
from shuzheng.support.matters.rules import HearingProvision
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    ID_NUMBER,
    NOODLES,
    accepted,
    member,
    on_post,
    review,
    rule,
    state,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import LI, actors, outcomes, refuses
from tests.support.cases.test_clocks import drainage, due

HELD = date(2026, 12, 7)
SAID = Announcement(
    held_on=HELD,
    begins=time(9, 30),
    place="政务中心三楼",
    chair="李主持",
    joining="可以在本页报名，也可以到场旁听。",
)
ON_THE_DAY = AT + timedelta(days=14)
SUBJECT = "上街一带排水管网的承载"
NEED = {"ground": PUBLIC_INTEREST, "subject": SUBJECT, "reasons": "关系沿线住户", "at": AT}


@given(st.text(min_size=1), st.text(), st.text())
def test_nothing_private_is_said_to_the_public(private: str, before: str, after: str) -> None:
    with pytest.raises(SaysWhoApplied):
        require_nameless({"subject": before + private + after}, private=["", private])


def reviewer() -> Actor:
    return on_post("housing.reviewer")


def chief() -> Actor:
    return on_post("housing.chief")


def asked() -> str:
    number = drainage()
    review(number)
    cases.order_hearing(number=number, by=reviewer(), **NEED)
    return number


def decide(number: str, *, is_approved: bool = True, reasons: str = "") -> None:
    found = task(number, "hearing_order").pk
    cases.decide_hearing_order(
        task_id=found, is_approved=is_approved, reasons=reasons, by=chief(), at=AT
    )


def ordered() -> str:
    number = asked()
    decide(number)
    return number


def announce(number: str, **changes: object) -> None:
    found = task(number, "hearing").pk
    said = replace(SAID, **changes)
    cases.announce_hearing(task_id=found, announcement=said, by=reviewer(), at=AT)


def announced() -> tuple[str, int]:
    number = ordered()
    announce(number)
    return number, Hearing.objects.get(case__number=number).pk


def record(number: str) -> None:
    cases.record_hearing(
        task_id=task(number, "hearing").pk,
        attendants=["王小明", "邻居代表"],
        minutes="各方意见",
        by=reviewer(),
        at=ON_THE_DAY,
    )


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> Iterator[Citation]:
    """Let a law have the matter heard; no matter of the city's content has one."""
    cited = Citation(
        law="某条例", version=date(2020, 1, 1), article="第九条", says="应当听证。", verified=False
    )
    own = hearings.hearing_provision

    def provision(case: object) -> HearingProvision:
        found = own(case)  # type: ignore[arg-type]
        assert found.own_motion is not None
        changed = found.own_motion.model_copy(update={"required_by": cited})
        return found.model_copy(update={"own_motion": changed})

    monkeypatch.setattr(ordering, "hearing_provision", provision)
    monkeypatch.setattr(hearings, "required_by", lambda _: cited)
    return cited


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
class TestInACase:
    def test_it_is_asked_of_the_head_and_until_the_answer_nothing_is_decided(self) -> None:
        number = asked()
        (row,) = list_hearing_orders(number)
        assert (row.state, row.subject) == ("asked", SUBJECT)
        assert task(number, "hearing_order").post == "housing.chief"
        assert not Hearing.objects.exists()
        assert not Suspension.objects.exists()
        work_off(AT + timedelta(seconds=1))
        assert any("提请依职权听证" in row.title for row in list_messages(post="housing.chief"))
        act = partial(
            cases.rule_matter,
            task_id=task(number, "rule").pk,
            is_granted=True,
            reasons="",
            by=chief(),
        )
        refuses(HearingOrderWaits, act, at=AT)

    def test_approved_the_clock_stops_and_the_applicant_is_told_why(self) -> None:
        ordered()
        row = Hearing.objects.get()
        assert (row.ground, row.asked_by) == (PUBLIC_INTEREST, "衢州市住房和城乡建设局")
        assert (row.ask_by_on, row.hold_by_on, row.asked_on) == (None, None, AT.date())
        assert row.citation["article"] == "第四十六条"
        (running,) = Suspension.objects.all()
        assert (running.kind, running.to_on) == ("hearing", None)
        assert ServiceRequest.objects.filter(token=f"suspension:{running.pk}").count() == 1
        work_off(AT + timedelta(seconds=1))
        titles = [each.title for each in list_messages(person=wang().person)]
        assert any("举行听证" in each for each in titles)
        assert list_public_hearings() == ()

    def test_refused_the_matter_goes_on_and_the_department_may_ask_again(self) -> None:
        number = asked()
        found = task(number, "hearing_order").pk
        act = partial(cases.decide_hearing_order, task_id=found, is_approved=False, at=AT)
        refuses(ReasonsMissing, act, reasons=" ", by=chief())
        refuses(OwnApproval, act, reasons="好", by=replace(chief(), account=reviewer().account))
        decide(number, is_approved=False, reasons="影响限于本户")
        assert not Suspension.objects.exists()
        kinds = [each.kind for each in list_entries_of_case(number.rpartition("-")[0])]
        assert kinds[-1] == "case.hearing_order_refused"
        cases.order_hearing(number=number, by=reviewer(), **NEED)
        decide(number, is_approved=False, reasons="同前")
        rule(number)
        assert state(number) == State.CLOSED

    def test_it_is_held_recorded_and_decided_like_any_other(self) -> None:
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

    def test_one_hearing_serves_those_too_who_were_told_of_their_right(self) -> None:
        number = drainage()
        tell = partial(
            cases.tell_hearing_right, number=number, reasons="共用管道", by=reviewer(), at=AT
        )
        tell()
        cases.order_hearing(number=number, by=reviewer(), **NEED)
        refuses(HearingAlreadyCalled, cases.order_hearing, number=number, by=reviewer(), **NEED)
        decide(number)
        row = Hearing.objects.get()
        assert (row.ground, row.ask_by_on) == (PUBLIC_INTEREST, date(2026, 11, 30))
        refuses(HearingAlreadyCalled, tell)
        refuses(HearingAlreadyCalled, cases.order_hearing, number=number, by=reviewer(), **NEED)

    def test_where_one_was_asked_for_none_is_ordered(self) -> None:
        number = drainage()
        cases.tell_hearing_right(number=number, reasons="共用管道", by=reviewer(), at=AT)
        cases.ask_hearing(number=number, by=wang(), at=AT)
        refuses(HearingAlreadyCalled, cases.order_hearing, number=number, by=reviewer(), **NEED)

    def test_an_order_says_what_is_heard_and_why_and_names_nobody(self) -> None:
        number = drainage()
        act = partial(cases.order_hearing, number=number, by=reviewer())
        refuses(OrderIncomplete, act, **{**NEED, "subject": " "})
        refuses(OrderIncomplete, act, **{**NEED, "reasons": " "})
        refuses(NoOwnMotion, act, **{**NEED, "ground": REQUIRED})
        for private in ("王小明", ID_NUMBER, "13800000001"):
            refuses(SaysWhoApplied, act, **{**NEED, "subject": f"{private}的排水"})

    def test_what_a_law_has_heard_needs_no_approval_and_is_not_decided_without(
        self, law: Citation
    ) -> None:
        number = drainage()
        review(number)
        act = partial(
            cases.rule_matter,
            task_id=task(number, "rule").pk,
            is_granted=True,
            reasons="",
            by=chief(),
        )
        refusal = refuses(HearingRequired, act, at=AT)
        assert law.reference in str(refusal)
        order = partial(cases.order_hearing, number=number, by=reviewer())
        refuses(NoOwnMotion, order, **NEED)
        order(**{**NEED, "ground": REQUIRED})
        assert Hearing.objects.get().citation["law"] == "某条例"
        assert HearingOrder.objects.get().state == "approved"
        announce(number)
        record(number)
        act(at=ON_THE_DAY)
        assert state(number) == State.RULED

    def test_the_public_reads_what_when_where_and_how_and_not_who(self) -> None:
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

    def test_a_hearing_whose_case_was_withdrawn_is_not_held(self) -> None:
        number, pk = announced()
        cases.withdraw_case(number=number.rpartition("-")[0], by=wang(), at=AT)
        assert get_public_hearing(pk).state == "cancelled"
        act = partial(cases.join_hearing, hearing=pk, wish="listen", by=LI, at=AT)
        refuses(HearingClosedToGuests, act)

    def test_people_sign_up_change_their_mind_and_withdraw(self) -> None:
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

    def test_the_department_reads_who_signed_up_and_each_of_them_sees_it(self) -> None:
        number, pk = announced()
        cases.join_hearing(hearing=pk, wish="speak", by=LI, at=AT)
        act = partial(cases.open_guests, number=number, by=reviewer(), at=AT)
        refuses(PurposeMissing, act, purpose=" ")
        (guest,) = act(purpose="组织听证")
        assert (guest.name, guest.wish) == ("李小红", "发言")
        (read,) = list_reads_of_person(LI.person)
        assert (read.purpose, read.actor_post) == ("组织听证", "housing.reviewer")

    def test_only_one_that_was_announced_to_the_public_is_joined_or_read(self) -> None:
        number = ordered()
        pk = Hearing.objects.get().pk
        for hearing in (pk, 0):
            refuses(
                NoPublicHearing, cases.join_hearing, hearing=hearing, wish="listen", by=LI, at=AT
            )
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

    def test_a_matter_whose_content_names_none_has_none_and_a_closed_case_neither(self) -> None:
        number = drainage()
        review(number)
        rule(number)
        refuses(CaseStateForbids, cases.order_hearing, number=number, by=reviewer(), **NEED)
        shop = member(accepted(wang(), NOODLES), "small_restaurant")
        act = partial(cases.order_hearing, number=shop, by=on_post("market.reviewer"))
        refuses(NoHearingProvided, act, **NEED)

    def test_who_may_not(self) -> None:
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
        found = outcomes(
            decisions, {**who, "reviewer": reviewer(), "market": on_post("market.chief")}
        )
        assert found["decide"].pop("fire") == found["decide"].pop("market") == "task-not-found"
        assert set(found["decide"].values()) == {PostLacksPermission.code}
        officials = {"reviewer": reviewer(), **actors(window="service.window")}
        officials.pop("other citizen")
        joins = {"join": lambda by: cases.join_hearing(hearing=pk, wish="listen", by=by, at=AT)}
        unknown = dict.fromkeys(officials, ApplicantUnknown.code)
        assert outcomes(joins, officials) == {"join": unknown}

    def test_a_task_of_the_order_is_no_ruling(self) -> None:
        number = asked()
        found = task(number, "hearing_order").pk
        act = partial(cases.rule_matter, task_id=found, is_granted=True, reasons="")
        refuses(TaskOfOtherKind, act, by=chief(), at=AT)

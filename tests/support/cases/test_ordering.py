"""The organ itself orders a hearing: asked of its head, approved or refused, once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.policy.citations import Citation
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Hearing, HearingOrder, ServiceRequest, Suspension
from shuzheng.support.cases.operations.procedure import hearings, ordering
from shuzheng.support.cases.queries.public_hearings import list_hearing_orders, list_public_hearings
from shuzheng.support.cases.rules import ReasonsMissing, State, TaskOfOtherKind
from shuzheng.support.cases.rules.hearings import NoHearingProvided
from shuzheng.support.cases.rules.public_hearings import (
    PUBLIC_INTEREST,
    REQUIRED,
    HearingAlreadyCalled,
    HearingOrderWaits,
    HearingRequired,
    NoOwnMotion,
    OrderIncomplete,
    OwnApproval,
    SaysWhoApplied,
)
from shuzheng.support.cases.rules.states import CaseStateForbids
from shuzheng.support.matters.rules import HearingProvision
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.ordered_hearings import (
    NEED,
    ON_THE_DAY,
    SUBJECT,
    announce,
    asked,
    chief,
    decide,
    ordered,
    record,
    reviewer,
)
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
from tests.support.cases.refusals import refuses
from tests.support.cases.test_clocks import drainage

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


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


def test_it_is_asked_of_the_head_and_until_the_answer_nothing_is_decided() -> None:
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


def test_approved_the_clock_stops_and_the_applicant_is_told_why() -> None:
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


def test_refused_the_matter_goes_on_and_the_department_may_ask_again() -> None:
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


def test_one_hearing_serves_those_too_who_were_told_of_their_right() -> None:
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


def test_where_one_was_asked_for_none_is_ordered() -> None:
    number = drainage()
    cases.tell_hearing_right(number=number, reasons="共用管道", by=reviewer(), at=AT)
    cases.ask_hearing(number=number, by=wang(), at=AT)
    refuses(HearingAlreadyCalled, cases.order_hearing, number=number, by=reviewer(), **NEED)


def test_an_order_says_what_is_heard_and_why_and_names_nobody() -> None:
    number = drainage()
    act = partial(cases.order_hearing, number=number, by=reviewer())
    refuses(OrderIncomplete, act, **{**NEED, "subject": " "})
    refuses(OrderIncomplete, act, **{**NEED, "reasons": " "})
    refuses(NoOwnMotion, act, **{**NEED, "ground": REQUIRED})
    for private in ("王小明", ID_NUMBER, "13800000001"):
        refuses(SaysWhoApplied, act, **{**NEED, "subject": f"{private}的排水"})


def test_what_a_law_has_heard_needs_no_approval_and_is_not_decided_without(law: Citation) -> None:
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


def test_a_matter_whose_content_names_none_has_none_and_a_closed_case_neither() -> None:
    number = drainage()
    review(number)
    rule(number)
    refuses(CaseStateForbids, cases.order_hearing, number=number, by=reviewer(), **NEED)
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    act = partial(cases.order_hearing, number=shop, by=on_post("market.reviewer"))
    refuses(NoHearingProvided, act, **NEED)


def test_a_task_of_the_order_is_no_ruling() -> None:
    number = asked()
    found = task(number, "hearing_order").pk
    act = partial(cases.rule_matter, task_id=found, is_granted=True, reasons="")
    refuses(TaskOfOtherKind, act, by=chief(), at=AT)

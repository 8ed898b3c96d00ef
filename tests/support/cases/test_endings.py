"""After the ruling: rated once, handed over, a table set aside with reasons, reads written down."""

from datetime import timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.journal.queries import list_entries_of_case, list_reads_of_person
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, HandOver, Rating
from shuzheng.support.cases.operations.file.reading import PurposeMissing
from shuzheng.support.cases.operations.procedure.endings import LevelUnknown
from shuzheng.support.cases.rules import (
    AlreadyRated,
    CaseNotFound,
    CaseStateForbids,
    DecisionOfOtherCase,
    ReasonsMissing,
)
from shuzheng.support.decisions.queries import list_runs_of_case
from shuzheng.support.decisions.rules import RunSetAsideAlready
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    member,
    on_post,
    review,
    rule,
    submitted,
    wang,
    work_off,
)
from tests.support.cases.refusals import LI, nothing_changes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def closed() -> str:
    number = accepted(wang(), NOODLES)
    shop = member(number, "small_restaurant")
    review(shop)
    rule(shop)
    work_off(AT + timedelta(seconds=2))
    return number


def rated(number: str, level: int, *, comment: str = "") -> None:
    cases.rate_case(number=number, level=level, comment=comment, by=wang(), at=AT)


def test_a_service_is_rated_once_when_it_has_ended_on_five_levels() -> None:
    number, applicant = closed(), wang()
    act = partial(cases.rate_case, number=number, comment=" 很快 ", by=applicant, at=AT)
    for level in (0, 6, -1):
        refuses(LevelUnknown, act, level=level)
    act(level=5)
    rating = Rating.objects.get(case__number=number)
    assert (rating.level, rating.comment, rating.answer_by_on) == (5, "很快", None)
    refuses(AlreadyRated, act, level=1)


def test_a_bad_rating_has_a_day_by_which_it_is_answered() -> None:
    number = closed()
    rated(number, 2)
    rating = Rating.objects.get(case__number=number)
    assert rating.answer_by_on is not None
    assert rating.answer_by_on.isoformat() == "2026-12-14"


def test_what_has_not_ended_is_not_rated() -> None:
    number = submitted(wang(), NOODLES)
    applicant = wang()
    refuses(
        CaseStateForbids, cases.rate_case, number=number, level=5, comment="", by=applicant, at=AT
    )


def test_the_supervising_department_signs_once_for_what_is_handed_over() -> None:
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    rule(fire)
    assert [row.number for row in queries.list_hand_overs(department="fire")] == [fire]
    assert queries.list_hand_overs(department="market") == ()
    cases.receive_hand_over(number=fire, by=on_post("fire.reviewer"), at=AT)
    assert HandOver.objects.get(case__number=fire).received_by == "消防审查岗甲"
    with nothing_changes():
        cases.receive_hand_over(number=fire, by=on_post("fire.chief"), at=AT)


def test_nothing_is_handed_over_or_licensed_after_a_refusal() -> None:
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    rule(fire, is_granted=False, reasons="疏散通道被占用")
    assert not HandOver.objects.exists()
    refuses(CaseNotFound, cases.receive_hand_over, number=fire, by=on_post("fire.reviewer"), at=AT)


def test_a_table_is_set_aside_once_with_reasons_and_the_flow_reads_the_new_value() -> None:
    food = member(accepted(wang(), {**RESTAURANT, "subject": "existing"}), "food_licence")
    (run,) = list_runs_of_case(food)
    act = partial(
        cases.set_aside_decision,
        number=food,
        run=run.id,
        element="food_risk",
        value={"level": "低"},
        by=on_post("market.reviewer"),
        at=AT,
    )
    assert Case.objects.get(number=food).variables["food_risk"] == run.value
    refuses(ReasonsMissing, act, reasons=" ")
    act(reasons="只做热食，没有冷食间")
    assert Case.objects.get(number=food).variables["food_risk"] == {**run.value, "level": "低"}
    with nothing_changes(), pytest.raises((RunSetAsideAlready, DecisionOfOtherCase)):
        act(reasons="又改主意了")


def test_a_judgement_replaces_only_what_was_decided_for_this_case() -> None:
    answers = {**RESTAURANT, "subject": "existing"}
    food, other = (member(accepted(wang(), answers), "food_licence") for _ in range(2))
    (run,), (elsewhere,) = list_runs_of_case(food), list_runs_of_case(other)
    act = partial(
        cases.set_aside_decision,
        number=food,
        value={"level": "低"},
        reasons="看过现场",
        by=on_post("market.reviewer"),
        at=AT,
    )
    refuses(DecisionOfOtherCase, act, run=elsewhere.id, element="food_risk")
    for element in ("visit", "matters", "rule", ""):
        refuses(DecisionOfOtherCase, act, run=run.id, element=element)


def test_a_file_is_opened_for_a_purpose_and_the_applicant_sees_by_whom_and_why() -> None:
    applicant = wang()
    number = submitted(applicant, NOODLES)
    before = list_reads_of_person(applicant.person)
    with nothing_changes():
        cases.open_case(number=number, purpose="", by=applicant, at=AT)
    refuses(
        PurposeMissing,
        cases.open_case,
        number=number,
        purpose=" ",
        by=on_post("service.window"),
        at=AT,
    )
    cases.open_case(number=number, purpose="审查收件", by=on_post("service.window"), at=AT)
    added = [each for each in list_reads_of_person(applicant.person) if each not in before]
    assert [(each.kind, each.actor_post, each.purpose) for each in added] == [
        ("case.read", "service.window", "审查收件")
    ]


def test_a_material_is_opened_by_its_own_case_only_and_written_down() -> None:
    applicant = wang()
    number, other = submitted(applicant, NOODLES), submitted(applicant, NOODLES)
    file = Case.objects.get(number=number).attachments.order_by("pk")[0]
    act = partial(cases.open_attachment, material=file.material, sha256=file.sha256, at=AT)
    refuses(CaseNotFound, act, number=number, purpose="看看", by=LI)
    refuses(PurposeMissing, act, number=number, purpose="", by=on_post("service.window"))
    absent = partial(cases.open_attachment, number=other, purpose="", by=applicant, at=AT)
    refuses(CaseNotFound, absent, material=file.material, sha256="0" * 64)
    refuses(CaseNotFound, absent, material="no_such_material", sha256=file.sha256)
    act(number=number, purpose="审查收件", by=on_post("service.window"))
    reads = [each for each in list_entries_of_case(number) if each.kind == "case.file_read"]
    assert [(each.facts["material"], each.purpose, each.person) for each in reads] == [
        (file.material, "审查收件", applicant.person)
    ]

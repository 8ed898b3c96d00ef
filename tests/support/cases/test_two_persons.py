"""What the law wants two for is done by two: the second confirms with their own account."""

from dataclasses import replace
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Ruling, Visit
from shuzheng.support.cases.rules.two_persons import (
    NoVisitToConfirm,
    OwnReview,
    SamePerson,
    VisitConfirmedBefore,
    VisitUnconfirmed,
)
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    NOODLES,
    TODAY,
    accepted,
    member,
    on_post,
    review,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import actors, outcomes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def visited() -> str:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    visit = task(number, "joint_visit")
    cases.record_visit(
        task_id=visit.pk,
        visited_on=TODAY,
        participants=["市场监管 赵一", "住建 钱二"],
        findings={},
        by=on_post(visit.post),
        at=AT,
    )
    return number


def test_no_ruling_rests_on_a_visit_that_one_person_vouches_for() -> None:
    number = visited()
    drainage = member(number, "drainage_permit")
    review(drainage)
    found = task(drainage, "rule")
    act = partial(
        cases.rule_matter, task_id=found.pk, is_granted=True, reasons="", by=on_post(found.post)
    )
    assert "市场监管审查岗甲" in str(refuses(VisitUnconfirmed, act, at=AT))
    cases.confirm_visit(number=number, by=on_post("housing.reviewer"), at=AT)
    act(at=AT)
    assert Ruling.objects.get(case__number=drainage).is_granted


def test_the_second_person_is_another_and_confirms_once() -> None:
    number = visited()
    recorder = on_post("market.reviewer")
    on_other_post = replace(on_post("market.chief"), account=recorder.account)
    act = partial(cases.confirm_visit, number=number, at=AT)
    refuses(SamePerson, act, by=recorder)
    refuses(SamePerson, act, by=on_other_post)
    act(by=on_post("housing.reviewer"))
    visit = Visit.objects.get(case__number=number)
    assert (visit.recorded_name, visit.confirmed_name) == ("市场监管审查岗甲", "住建审查岗甲")
    refuses(VisitConfirmedBefore, act, by=on_post("housing.chief"))
    (entry,) = [e for e in list_entries_of_case(number) if e.kind == "visit.confirmed"]
    assert entry.actor_account == "account-housing.reviewer"


def test_the_posts_that_could_have_been_there_are_told() -> None:
    visited()
    work_off()
    told = [row.title for row in list_messages(post="housing.reviewer")]
    assert any("请确认现场核查" in title for title in told)
    assert not any("请确认现场核查" in row.title for row in list_messages(post="fire.chief"))


def test_who_has_no_part_in_the_case_confirms_nothing() -> None:
    number = visited()
    who = actors(window="service.window", fire="fire.reviewer", auditor="audit.auditor")
    expected = dict.fromkeys(who, PostLacksPermission.code) | {"fire": NoVisitToConfirm.code}
    acts = {"confirm": lambda by: cases.confirm_visit(number=number, by=by, at=AT)}
    assert outcomes(acts, {**who, "applicant": wang()}) == {
        "confirm": {**expected, "applicant": PostLacksPermission.code}
    }


def test_who_only_stands_in_does_not_rule_on_what_they_reviewed() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    review(shop)
    found = task(shop, "rule")
    reviewer = on_post("market.reviewer")
    deputy = replace(on_post(found.post), account=reviewer.account, is_acting=True)
    given = {"task_id": found.pk, "is_granted": True, "reasons": "", "at": AT}
    refuses(OwnReview, cases.rule_matter, **given, by=deputy)
    cases.rule_matter(**given, by=replace(deputy, account="somebody else"))
    assert Ruling.objects.get(case__number=shop).is_granted

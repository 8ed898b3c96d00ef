"""Each operation refuses whoever it is none of the business of, and leaves everything as it was."""

from collections.abc import Callable
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import VISITOR, Actor, PostLacksPermission, system
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Attachment, Case, ServiceRequest
from shuzheng.support.cases.operations.applying.drafts import ApplicantUnknown
from shuzheng.support.cases.rules import CaseNotFound, TaskNotFound
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    TODAY,
    accepted,
    draft,
    member,
    on_post,
    paper,
    rule,
    submitted,
    task,
    wang,
)
from tests.support.cases.refusals import LI, actors, nothing_changes, outcomes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
NOT_FOUND, LACKS, NO_TASK = CaseNotFound.code, PostLacksPermission.code, TaskNotFound.code


def everywhere(code: str, who: dict[str, Actor]) -> dict[str, str]:
    return dict.fromkeys(who, code)


def test_nobody_starts_an_application_without_being_known_or_for_somebody_else() -> None:
    start = partial(cases.start_draft, bundle="open_restaurant", at=AT)
    for stranger in (VISITOR, on_post("service.window"), Actor(kind="person", account="x")):
        refuses(ApplicantUnknown, start, by=stranger)
    for nosy in (VISITOR, LI, on_post("service.window"), on_post("market.reviewer")):
        refuses(PostLacksPermission, start, by=nosy, applicant=wang().person, applicant_name="王")
    assert Case.objects.count() == 0


def test_a_draft_is_the_applicants_alone() -> None:
    number = draft(wang(), NOODLES)
    file = Attachment.objects.filter(case__number=number).first()
    assert file is not None
    given = {"material": file.material, "sha256": file.sha256}
    who = actors(window="service.window", supervisor="service.supervisor", agent="village.agent")
    acts: dict[str, Callable[[Actor], object]] = {
        "place": lambda by: cases.choose_premises(number=number, reference="", by=by, at=AT),
        "answer": lambda by: cases.answer_questions(number=number, answers=NOODLES, by=by, at=AT),
        "save": lambda by: cases.save_draft(number=number, values={}, seen=None, by=by, at=AT),
        "attach": lambda by: cases.attach_file(
            number=number, material=file.material, content=paper(), filename="a.pdf", by=by, at=AT
        ),
        "remove": lambda by: cases.remove_file(number=number, **given, by=by, at=AT),
        "submit": lambda by: cases.submit_case(number=number, by=by, at=AT),
        "correct": lambda by: cases.submit_correction(
            number=number, is_unchanged_meant=True, by=by, at=AT
        ),
        "withdraw": lambda by: cases.withdraw_case(number=number, by=by, at=AT),
        "rate": lambda by: cases.rate_case(number=number, level=5, comment="", by=by, at=AT),
        "open": lambda by: cases.open_case(number=number, purpose="看看", by=by, at=AT),
        "file": lambda by: cases.open_attachment(
            number=number, **given, purpose="看看", by=by, at=AT
        ),
    }
    assert outcomes(acts, who) == {name: everywhere(NOT_FOUND, who) for name in acts}


def test_a_number_that_does_not_exist_is_answered_like_another_persons() -> None:
    number = draft(wang(), NOODLES)
    strange = refuses(CaseNotFound, cases.open_case, number=number, purpose="", by=LI, at=AT)
    none = refuses(CaseNotFound, cases.open_case, number="QZ-0", purpose="", by=LI, at=AT)
    assert str(strange).replace(number, "QZ-0") == str(none)


def test_only_the_window_receives() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    who = {
        **actors(market="market.reviewer", fire="fire.chief", agent="village.agent"),
        "applicant": wang(),
    }
    acts: dict[str, Callable[[Actor], object]] = {
        "accept": lambda by: cases.accept_case(task_id=found.pk, by=by, at=AT),
        "correct": lambda by: cases.ask_correction(
            task_id=found.pk, items=[("", "缺页")], deadline_on=TODAY.replace(day=30), by=by, at=AT
        ),
        "decline": lambda by: cases.decline_case(task_id=found.pk, reason="不符", by=by, at=AT),
    }
    assert outcomes(acts, who) == {name: everywhere(LACKS, who) for name in acts}
    claims: dict[str, Callable[[Actor], object]] = {
        "claim": lambda by: cases.claim_task(task_id=found.pk, by=by, at=AT),
        "release": lambda by: cases.release_task(task_id=found.pk, by=by, at=AT),
    }
    reads = {**everywhere(LACKS, who), "market": NO_TASK, "fire": NO_TASK}
    assert outcomes(claims, who) == dict.fromkeys(claims, reads)


def test_departments_without_part_in_it_do_not_open_a_submitted_file() -> None:
    number = submitted(wang(), NOODLES)
    who = actors(fire="fire.reviewer", agent="village.agent", steward="data.steward")
    acts = {"open": lambda by: cases.open_case(number=number, purpose="看看", by=by, at=AT)}
    assert outcomes(acts, who) == {"open": everywhere(NOT_FOUND, who)}


def test_each_department_rules_reviews_and_visits_on_its_own_matter_only() -> None:
    number = accepted(wang(), {**RESTAURANT, "subject": "existing", "fire_commitment": False})
    visit = task(number, "joint_visit")
    cases.record_visit(
        task_id=visit.pk,
        visited_on=TODAY,
        participants=["甲", "乙"],
        findings={},
        by=on_post(visit.post),
        at=AT,
    )
    review = task(member(number, "drainage_permit"), "review")
    who = {**actors(market="market.reviewer", fire="fire.reviewer"), "applicant": wang()}
    opinions: dict[str, Callable[[Actor], object]] = {
        "review": lambda by: cases.review_matter(
            task_id=review.pk, advises_grant=True, opinion="可以", by=by, at=AT
        )
    }
    expected = {**everywhere(LACKS, who), "market": NO_TASK, "fire": NO_TASK}
    assert outcomes(opinions, who) == {"review": expected}


def test_a_ruling_is_made_by_the_post_that_has_the_duty() -> None:
    number = accepted(wang(), RESTAURANT)
    fire = task(member(number, "fire_inspection"), "rule")
    who = {
        **actors(market="market.chief", reviewer="fire.reviewer", window="service.window"),
        "applicant": wang(),
    }
    acts: dict[str, Callable[[Actor], object]] = {
        "rule": lambda by: cases.rule_matter(
            task_id=fire.pk, is_granted=True, reasons="", by=by, at=AT
        )
    }
    assert outcomes(acts, who) == {"rule": {**everywhere(LACKS, who), "market": NO_TASK}}


def test_a_visit_is_recorded_by_who_makes_it() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    visit = task(number, "joint_visit")
    who = actors(window="service.window", chief="market.chief", fire="fire.reviewer")
    acts: dict[str, Callable[[Actor], object]] = {
        "visit": lambda by: cases.record_visit(
            task_id=visit.pk,
            visited_on=TODAY,
            participants=["甲", "乙"],
            findings={},
            by=by,
            at=AT,
        )
    }
    assert outcomes(acts, who) == {"visit": everywhere(LACKS, who)}


def test_a_clock_is_stopped_by_the_matters_own_department_only() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    drainage = member(number, "drainage_permit")
    who = {
        **actors(window="service.window", market="market.chief", fire="fire.reviewer"),
        "applicant": wang(),
    }
    acts: dict[str, Callable[[Actor], object]] = {
        "suspend": lambda by: cases.suspend_clock(
            number=drainage, kind="testing", reason="取水样", by=by, at=AT
        ),
        "resume": lambda by: cases.resume_clock(number=drainage, result="", by=by, at=AT),
    }
    expected = {**everywhere(LACKS, who), "market": NOT_FOUND, "fire": NOT_FOUND}
    assert outcomes(acts, who) == dict.fromkeys(acts, expected)


def test_a_table_is_set_aside_by_the_matters_own_reviewer_only() -> None:
    number = accepted(wang(), {**RESTAURANT, "subject": "existing"})
    food = member(number, "food_licence")
    run = next(iter(_runs(food)))
    who = actors(window="service.window", chief="market.chief", housing="housing.reviewer")
    acts: dict[str, Callable[[Actor], object]] = {
        "set aside": lambda by: cases.set_aside_decision(
            number=food,
            run=run,
            element="food_risk",
            value={"level": "低"},
            reasons="看过现场",
            by=by,
            at=AT,
        )
    }
    assert outcomes(acts, who) == {"set aside": {**everywhere(LACKS, who), "housing": NOT_FOUND}}


def _runs(number: str) -> list[int]:
    from shuzheng.support.decisions.queries import list_runs_of_case

    return [run.id for run in list_runs_of_case(number)]


def test_work_of_other_rooms_is_taken_and_reported_by_the_system_only() -> None:
    number = submitted(wang(), NOODLES)
    request = ServiceRequest.objects.get(case__number=number)
    who = {**actors(window="service.window", data="data.administrator"), "applicant": wang()}
    acts: dict[str, Callable[[Actor], object]] = {
        "take": lambda by: cases.take_service_request(
            case_number=number, token=request.token, by=by, at=AT
        ),
        "report": lambda by: cases.complete_service(
            case_number=number, token=request.token, result={}, by=by, at=AT
        ),
    }
    assert outcomes(acts, who) == {name: everywhere(NOT_FOUND, who) for name in acts}
    refuses(
        CaseNotFound,
        cases.complete_service,
        case_number=number,
        token="no such token",
        result={},
        by=system("licences"),
        at=AT,
    )


def test_a_hand_over_is_signed_by_the_department_it_went_to() -> None:
    number = accepted(wang(), RESTAURANT)
    fire = member(number, "fire_inspection")
    rule(fire)
    who = {
        **actors(market="market.reviewer", window="service.window", housing="housing.chief"),
        "applicant": wang(),
    }
    acts: dict[str, Callable[[Actor], object]] = {
        "sign": lambda by: cases.receive_hand_over(number=fire, by=by, at=AT)
    }
    expected = {**everywhere(LACKS, who), "market": NOT_FOUND, "housing": NOT_FOUND}
    assert outcomes(acts, who) == {"sign": expected}


def test_a_helper_helps_with_the_one_case_begun_together() -> None:
    agent = on_post("village.agent")
    helped = cases.start_draft(
        bundle="open_restaurant",
        applicant=wang().person,
        applicant_name="王小明",
        by=agent,
        at=AT,
    )
    cases.save_draft(number=helped, values={"seats": 3}, seen=None, by=agent, at=AT)
    own = draft(wang(), NOODLES)
    save = partial(cases.save_draft, values={"seats": 4}, seen=None, at=AT)
    refuses(CaseNotFound, save, number=own, by=agent)
    refuses(CaseNotFound, save, number=helped, by=on_post("village.agent", "another-agent"))
    refuses(CaseNotFound, save, number=helped, by=LI)
    with nothing_changes(), pytest.raises(PostLacksPermission):
        cases.accept_case(task_id=1, by=agent, at=AT)

"""Other departments are asked inside the clock; a countersignature is waited for till its day."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Clock, Consultation, Ruling, Task
from shuzheng.support.cases.queries.consultations import list_consultations
from shuzheng.support.cases.rules import CaseNotFound, ReasonsMissing, TaskNotFound
from shuzheng.support.cases.rules.consultations import (
    AskedAlready,
    CountersignAwaited,
    DaysWrong,
    DepartmentNotAsked,
    OpinionTooLate,
    StanceMissing,
)
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    RESTAURANT,
    TODAY,
    accepted,
    member,
    on_post,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import actors, outcomes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
QUESTION = "该处疏散通道是否与房屋竣工图一致？"


def fire() -> str:
    return member(accepted(wang(), RESTAURANT), "fire_inspection")


def ask(number: str, **given: object) -> None:
    defaults = {
        "kind": "opinion",
        "department": "housing",
        "question": QUESTION,
        "working_days": 1,
        "by": on_post("fire.chief"),
        "at": AT,
    }
    cases.ask_opinion(number=number, **{**defaults, **given})


def asked(number: str) -> Task:
    return task(number, "consultation")


def test_the_other_department_finds_the_question_in_its_inbox_and_answers() -> None:
    number = fire()
    before = Clock.objects.get(case__number=number, kind="statutory").due_on
    ask(number)
    found = asked(number)
    assert (found.post, found.due_on) == ("housing.reviewer", date(2026, 11, 24))
    shown = [row.id for row in queries.list_inbox(post="housing.reviewer", today=TODAY)]
    assert found.pk in shown
    housing = on_post("housing.reviewer")
    cases.open_case(number=number, purpose="答复征求意见", by=housing, at=AT)
    cases.answer_opinion(task_id=found.pk, stance="agree", answer="一致", by=housing, at=AT)
    (row,) = list_consultations(number, today=TODAY)
    assert (row.stance, row.answer, row.answered_name) == ("同意", "一致", "住建审查岗甲")
    assert Clock.objects.get(case__number=number, kind="statutory").due_on == before
    work_off()
    assert any("意见已答复" in each.title for each in list_messages(post="fire.chief"))
    kinds = [e.kind for e in list_entries_of_case(number.rsplit("-", 1)[0])]
    assert kinds.count("opinion.asked") == kinds.count("opinion.given") == 1


def rule(number: str, **given: object) -> None:
    found = task(number, "rule")
    facts = {"is_granted": True, "reasons": "", "by": on_post("fire.chief"), "at": AT, **given}
    cases.rule_matter(task_id=found.pk, **facts)


def test_an_opinion_holds_up_no_ruling_and_is_dropped_by_it() -> None:
    number = fire()
    ask(number)
    rule(number)
    assert Ruling.objects.get(case__number=number).is_granted
    assert Task.objects.get(case__number=number, element="consultation").state == "cancelled"


def test_a_countersignature_is_waited_for_until_its_day_is_over_and_no_longer() -> None:
    number = fire()
    ask(number, kind="countersign")
    assert "住房和城乡建设局" in str(refuses(CountersignAwaited, rule, number=number))
    late = AT + timedelta(days=2)
    (row,) = list_consultations(number, today=late.date())
    assert row.light.colour == "red"
    rule(number, at=late)
    assert Ruling.objects.get(case__number=number).is_granted


def test_an_opinion_comes_within_the_cases_own_limit() -> None:
    number = fire()
    limit = Clock.objects.filter(case__number=number).order_by("due_on")[0]
    refusal = refuses(OpinionTooLate, ask, number=number, working_days=20)
    assert limit.due_on.isoformat() in str(refusal)
    for days in (0, 21, -1):
        refuses(DaysWrong, ask, number=number, working_days=days)


def test_a_question_has_words_and_goes_to_another_department_once() -> None:
    number = fire()
    refuses(ReasonsMissing, ask, number=number, question=" ")
    for department in ("fire", "nobody", "government"):
        refuses(DepartmentNotAsked, ask, number=number, department=department)
    refuses(DepartmentNotAsked, ask, number=number, kind="order")
    ask(number)
    refuses(AskedAlready, ask, number=number)
    ask(number, department="market")
    assert Consultation.objects.count() == 2


def test_an_answer_says_where_the_department_stands() -> None:
    number = fire()
    ask(number)
    answer = partial(
        cases.answer_opinion, task_id=asked(number).pk, by=on_post("housing.reviewer"), at=AT
    )
    refuses(StanceMissing, answer, stance="", answer="好")
    refuses(ReasonsMissing, answer, stance="disagree", answer=" ")
    answer(stance="none", answer="")


def test_who_is_not_asked_does_not_answer_and_who_has_no_part_does_not_ask() -> None:
    number = fire()
    ask(number)
    found = asked(number)
    who = {
        **actors(window="service.window", market="market.reviewer", auditor="audit.auditor"),
        "applicant": wang(),
    }
    acts: dict[str, Callable[[Actor], object]] = {
        "answer": lambda by: cases.answer_opinion(
            task_id=found.pk, stance="agree", answer="", by=by, at=AT
        ),
        "ask": lambda by: ask(number, department="enforcement", by=by),
    }
    lacks = dict.fromkeys(who, PostLacksPermission.code)
    assert outcomes(acts, who) == {
        "answer": {**lacks, "market": TaskNotFound.code},
        "ask": {**lacks, "market": CaseNotFound.code},
    }

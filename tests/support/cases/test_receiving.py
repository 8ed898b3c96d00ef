"""The front of a case: submitted once, corrected once, accepted under entrustment, or deemed so."""

from datetime import timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Clock, ServiceRequest, Task
from shuzheng.support.cases.rules import (
    CaseStateForbids,
    FormIncomplete,
    MaterialMissing,
    NotEntrusted,
    QuestionsUnanswered,
    ReasonsMissing,
    SiteForbidden,
    State,
    TaskAlreadyDone,
)
from shuzheng.support.matters.operations import publish_matter
from shuzheng.support.matters.queries import get_matter, get_revision
from tests.support.cases.corrections import AFTER_DEADLINE, entries
from tests.support.cases.play import (
    AT,
    NOODLES,
    TODAY,
    draft,
    fill_in,
    member,
    on_post,
    progress,
    state,
    submitted,
    task,
    wang,
)
from tests.support.cases.refusals import nothing_changes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


@pytest.fixture
def no_entrustment_of_market(city) -> None:
    """A version of the bundle in which the market's department entrusts nobody."""
    revision = get_matter("open_restaurant", on=TODAY)
    bundle = revision.bundle
    assert bundle is not None
    body = bundle.model_dump(mode="json")
    body["entrustments"] = [each for each in body["entrustments"] if each["principal"] != "market"]
    publish_matter(
        kind="bundle",
        key=bundle.key,
        title=bundle.title,
        department=bundle.department,
        valid_from=bundle.valid_from,
        words=bundle.words,
        digest="without the market's entrustment",
        body=body,
        questions=revision.questions,
        form=revision.form,
        by=system("tests"),
        at=AT,
    )
    yield
    get_revision.cache_clear()


def test_a_second_submission_changes_nothing_and_shows_the_same_receipt() -> None:
    applicant = wang()
    number = draft(applicant, NOODLES)
    code = cases.submit_case(number=number, by=applicant, at=AT)
    with nothing_changes():
        again = cases.submit_case(number=number, by=applicant, at=AT + timedelta(seconds=1))
    assert again == code
    assert Task.objects.filter(case__number=number).count() == 1
    assert ServiceRequest.objects.filter(case__number=number).count() == 1


def test_a_draft_that_is_not_complete_stays_a_draft() -> None:
    number = cases.start_draft(bundle="open_restaurant", by=wang(), at=AT)
    submit = partial(cases.submit_case, number=number, by=wang(), at=AT)
    refuses(QuestionsUnanswered, submit)
    cases.answer_questions(number=number, answers=NOODLES, by=wang(), at=AT)
    refusal = refuses(FormIncomplete, submit)
    for title in ("店铺地址", "店名", "座位数", "卖些什么？", "我承诺以上内容和材料真实"):
        assert f"“{title}”" in str(refusal)
    fill_in(number, wang())
    file = Case.objects.get(number=number).attachments.get(material="layout_plan")
    cases.remove_file(number=number, material="layout_plan", sha256=file.sha256, by=wang(), at=AT)
    assert "经营场所布局平面图" in str(refuses(MaterialMissing, submit))
    assert state(number) == State.DRAFT


def test_wrong_numbers_are_named_in_the_words_of_the_form_and_kept() -> None:
    number = draft(wang(), NOODLES)
    wrong = {"applicant_phone": "1380000", "credit_code": "92330802MA28F00011"}
    cases.save_draft(number=number, values=wrong, seen=None, by=wang(), at=AT)
    refusal = refuses(FormIncomplete, cases.submit_case, number=number, by=wang(), at=AT)
    assert "“手机号码”" in str(refusal)
    assert "“统一社会信用代码”" in str(refusal)
    kept = cases.open_case(number=number, purpose="", by=wang(), at=AT).form.values
    assert {name: kept[name] for name in wrong} == wrong


def test_a_home_may_not_become_a_restaurant_unless_a_person_is_asked_to_look() -> None:
    number = draft(wang(), {**NOODLES, "building_use": "住宅"})
    refusal = refuses(SiteForbidden, cases.submit_case, number=number, by=wang(), at=AT)
    assert "不能开办" in str(refusal)
    cases.submit_case(number=number, is_site_objected=True, by=wang(), at=AT)
    assert state(number) == State.SUBMITTED


def test_after_five_working_days_of_silence_it_counts_as_accepted_from_the_day_received() -> None:
    number = submitted(wang(), NOODLES)
    assert cases.fire_timers(at=AFTER_DEADLINE - timedelta(seconds=1)) == 0
    assert cases.fire_timers(at=AFTER_DEADLINE) == 1
    assert state(number) == State.ACCEPTED
    (fact,) = entries(number, "case.accepted")
    assert fact["is_deemed"] is True
    clocks = progress(member(number, "small_restaurant")).clocks
    assert {clock.started_on for clock in clocks} == {TODAY}
    assert Task.objects.get(case__number=number, element="receive").state == "cancelled"


def test_without_entrustment_the_window_accepts_nothing(no_entrustment_of_market) -> None:
    number = submitted(wang(), NOODLES)
    refusal = refuses(
        NotEntrusted,
        cases.accept_case,
        task_id=task(number, "receive").pk,
        by=on_post("service.window"),
        at=AT,
    )
    assert "市场监督管理局" in str(refusal)
    assert state(number) == State.SUBMITTED


def test_silence_is_acceptance_even_without_entrustment(no_entrustment_of_market) -> None:
    number = submitted(wang(), NOODLES)
    assert cases.fire_timers(at=AFTER_DEADLINE) == 1
    assert state(number) == State.ACCEPTED
    (fact,) = entries(number, "case.accepted")
    assert fact["entrustments"] == []


def test_a_flow_that_cannot_go_on_does_not_hold_up_the_others(caplog) -> None:
    stuck = submitted(wang(), NOODLES, at=AT)
    Case.objects.filter(number=stuck).update(state=State.CLOSED)
    other = submitted(wang(), NOODLES, at=AT + timedelta(minutes=1))
    assert cases.fire_timers(at=AFTER_DEADLINE) == 1
    assert state(other) == State.ACCEPTED
    assert state(stuck) == State.CLOSED
    assert stuck in caplog.text


def test_not_accepting_is_told_in_writing_with_reasons() -> None:
    number = submitted(wang(), NOODLES)
    act = partial(
        cases.decline_case,
        task_id=task(number, "receive").pk,
        by=on_post("service.window"),
        at=AT,
    )
    refuses(ReasonsMissing, act, reason="  ")
    act(reason="不属于本机关职权")
    assert state(number) == State.NOT_ACCEPTED
    assert not progress(number).members
    assert ServiceRequest.objects.filter(case__number=number, token="non_acceptance").count() == 1
    assert not Clock.objects.filter(case__number=number, stopped_at__isnull=True).exists()


def test_what_the_window_has_answered_cannot_be_answered_again() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    cases.accept_case(task_id=found.pk, by=on_post("service.window"), at=AT)
    refusal = refuses(
        TaskAlreadyDone,
        cases.decline_case,
        task_id=found.pk,
        reason="改主意了",
        by=on_post("service.window", "colleague"),
        at=AT,
    )
    assert "综合窗口甲" in str(refusal)
    assert "2026-11-23 10:00" in str(refusal)


def test_nothing_is_edited_after_submission() -> None:
    number = submitted(wang(), NOODLES)
    given = {"number": number, "by": wang(), "at": AT}
    refuses(CaseStateForbids, cases.save_draft, values={"seats": 1}, seen=None, **given)
    refuses(CaseStateForbids, cases.answer_questions, answers=NOODLES, **given)
    refuses(CaseStateForbids, cases.choose_premises, reference="", **given)
    refuses(CaseStateForbids, cases.submit_correction, **given)
    refuses(
        CaseStateForbids,
        cases.attach_file,
        material="layout_plan",
        content=b"",
        filename="",
        **given,
    )

"""The front of a case: submitted once, corrected once, accepted under entrustment, or deemed so."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Clock, ServiceRequest, Task, Timer
from shuzheng.support.cases.operations.procedure.receiving import DeadlineTooFar, NothingToCorrect
from shuzheng.support.cases.rules import (
    CaseStateForbids,
    CorrectionAlreadyAsked,
    DeadlineInPast,
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
DEADLINE = date(2026, 11, 30)
AFTER_DEADLINE = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""The first moment of 1 December in Quzhou; five working days after 23 November are over too."""


def ask(number: str, *, at: datetime = AT, deadline_on: date = DEADLINE) -> None:
    cases.ask_correction(
        task_id=task(number, "receive").pk,
        items=[("layout_plan", "布局图看不清"), ("", " ")],
        deadline_on=deadline_on,
        by=on_post("service.window"),
        at=at,
    )


def entries(number: str, kind: str) -> list[dict[str, object]]:
    return [dict(each.facts) for each in list_entries_of_case(number) if each.kind == kind]


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


def test_a_correction_is_asked_once_with_all_that_is_wrong() -> None:
    number = submitted(wang(), NOODLES)
    ask(number)
    assert state(number) == State.CORRECTING
    asked = progress(number).correction
    assert asked is not None
    assert asked["items"] == [{"key": "layout_plan", "text": "布局图看不清"}]
    assert task(number, "correct").due_on == DEADLINE
    cases.submit_correction(number=number, is_unchanged_meant=True, by=wang(), at=AT)
    refusal = refuses(
        CorrectionAlreadyAsked,
        cases.ask_correction,
        task_id=task(number, "receive").pk,
        items=[("", "还有一处")],
        deadline_on=DEADLINE,
        by=on_post("service.window"),
        at=AT,
    )
    assert "2026-11-23" in str(refusal)


def test_a_correction_that_asks_nothing_or_leaves_no_time_is_refused() -> None:
    number = submitted(wang(), NOODLES)
    act = partial(
        cases.ask_correction,
        task_id=task(number, "receive").pk,
        by=on_post("service.window"),
        at=AT,
    )
    refuses(NothingToCorrect, act, items=[("", "  ")], deadline_on=DEADLINE)
    for day in (TODAY, TODAY - timedelta(days=1)):
        refuses(DeadlineInPast, act, items=[("", "缺页")], deadline_on=day)
    assert state(number) == State.SUBMITTED


def test_after_the_correction_the_window_has_its_five_days_anew_and_the_journal_says_so() -> None:
    number = submitted(wang(), NOODLES)
    ask(number)
    corrected = AT + timedelta(days=2)
    cases.submit_correction(number=number, is_unchanged_meant=True, by=wang(), at=corrected)
    clock = Clock.objects.get(case__number=number, kind="receiving")
    assert (clock.started_on, clock.due_on) == (date(2026, 11, 25), date(2026, 12, 2))
    assert clock.stopped_at is None
    assert entries(number, "case.due_moved") == [
        {
            "clock": "receiving",
            "from_on": "2026-11-30",
            "to_on": "2026-12-02",
            "cause": "补正后重新收件",
        }
    ]


def test_a_correction_not_made_by_its_deadline_counts_as_withdrawn() -> None:
    number = submitted(wang(), NOODLES)
    ask(number)
    assert cases.fire_timers(at=AFTER_DEADLINE - timedelta(seconds=1)) == 0
    assert state(number) == State.CORRECTING
    assert cases.fire_timers(at=AFTER_DEADLINE) == 1
    assert state(number) == State.DEEMED_WITHDRAWN
    assert not Task.objects.filter(case__number=number, state="open").exists()
    assert not Timer.objects.filter(case__number=number, state="set").exists()
    assert len(entries(number, "case.deemed_withdrawn")) == 1
    with nothing_changes():
        assert cases.fire_timers(at=AFTER_DEADLINE) == 0
    refuses(CaseStateForbids, cases.submit_correction, number=number, by=wang(), at=AFTER_DEADLINE)


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


def test_a_deadline_more_than_a_year_away_is_refused_in_words() -> None:
    number = submitted(wang(), NOODLES)
    refused = refuses(
        DeadlineTooFar,
        cases.ask_correction,
        task_id=task(number, "receive").pk,
        items=[("", "缺页")],
        deadline_on=date.max,
        by=on_post("service.window"),
        at=AT,
    )
    assert "9999-12-31" in str(refused)

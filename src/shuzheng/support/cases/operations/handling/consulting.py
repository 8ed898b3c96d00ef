"""Ask another department, and answer: a task in its inbox, beside the flow and inside the clock."""

from datetime import date, datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.policy.periods import Period, PeriodUnit, due_on
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, Consultation
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.handling.side_tasks import (
    drop_side_tasks,
    finish_side_task,
    key_of,
    open_side_task,
)
from shuzheng.support.cases.operations.handling.tasks import lock_task
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import ReasonsMissing
from shuzheng.support.cases.rules.consultations import (
    ASK_OPINION,
    ELEMENT,
    GIVE_OPINION,
    KINDS,
    OPINION_ASKED,
    OPINION_GIVEN,
    STANCES,
    AskedAlready,
    CountersignAwaited,
    DepartmentNotAsked,
    OpinionTooLate,
    StanceMissing,
    holds_up,
    require_days,
)
from shuzheng.support.cases.rules.states import State, require


@transaction.atomic
def ask_opinion(
    *,
    number: str,
    kind: str,
    department: str,
    question: str,
    working_days: int,
    by: Actor,
    at: datetime,
) -> None:
    """Ask another department for its opinion or countersignature on a matter of one's own.

    The legal period goes on: nothing in 行政许可法 第四十五条 stops it for an opinion.

    Args:
        kind: ``opinion`` or ``countersign``.
        working_days: until when it answers, counted from tomorrow; within the case's own limit.

    Raises:
        DepartmentNotAsked: the own one, or one without a post that answers.
        DaysWrong, OpinionTooLate, AskedAlready, ReasonsMissing, CaseStateForbids.
    """
    guard(by, ASK_OPINION)
    _, case = own_case(number, by)
    require(
        number=number,
        state=case.state,
        allowed={State.ACCEPTED},
        action=gettext_noop("征求意见"),
    )
    duty = f"advise:{department}"
    _require_askable(case, kind, department, duty, by=by)
    if not question.strip():
        raise ReasonsMissing(field="question")
    due = _answer_by(case, working_days, at=at)
    row = Consultation(
        case=case, kind=kind, department=department, question=question.strip(), due_on=due
    )
    _ask(row, duty, by=by, at=at)


def _ask(row: Consultation, duty: str, *, by: Actor, at: datetime) -> None:
    """Keep the question and give it to the post that answers."""
    row.asked_by, row.asked_name, row.asked_post, row.asked_at = by.account, by.name, by.post, at
    row.save(force_insert=True)
    told = {"department": row.department, "due_on": row.due_on.isoformat(), "kind": row.kind}
    note(OPINION_ASKED, row.case, by=by, at=at, **told)
    open_side_task(
        row.case,
        element=ELEMENT,
        key=row.pk,
        name=KINDS[row.kind],
        duty=duty,
        due_on=row.due_on,
        by=by,
        at=at,
    )


def _require_askable(case: Case, kind: str, department: str, duty: str, *, by: Actor) -> None:
    asked = organisation.list_posts_with_duty(duty, case.area)
    if kind not in KINDS or department == by.department or not asked:
        raise DepartmentNotAsked(field="department")
    if case.consultations.filter(department=department, answered_at__isnull=True).exists():
        raise AskedAlready(department=organisation.get_department(department).name)


def _answer_by(case: Case, working_days: int, *, at: datetime) -> date:
    """Return the day by which to answer, which the case's own limit bounds."""
    require_days(working_days)
    period = Period(amount=working_days, unit=PeriodUnit.WORKING_DAY)
    due = due_on(period, started_on=periods.today(at), calendar=get_calendar())
    limit = case.clocks.filter(stopped_at__isnull=True).order_by("due_on").first()
    if limit is not None and due > limit.due_on:
        raise OpinionTooLate(
            due_on=due.isoformat(), limit=limit.due_on.isoformat(), field="working_days"
        )
    return due


@transaction.atomic
def answer_opinion(*, task_id: int, stance: str, answer: str, by: Actor, at: datetime) -> None:
    """Answer what another department asked; whoever asked is told.

    Args:
        stance: ``agree``, ``disagree`` or ``none``.

    Raises:
        StanceMissing: none of them.
        ReasonsMissing: who does not agree says why.
    """
    _, case, task = lock_task(task_id, by, permission=GIVE_OPINION, duty="advise")
    if stance not in STANCES:
        raise StanceMissing(field="stance")
    if stance == "disagree" and not answer.strip():
        raise ReasonsMissing(field="answer")
    row = Consultation.objects.select_for_update().get(pk=key_of(task))
    row.stance, row.answer, row.answered_at = stance, answer.strip(), at
    row.answered_by, row.answered_name, row.answered_post = by.account, by.name, by.post
    row.save()
    note(
        OPINION_GIVEN,
        case,
        by=by,
        at=at,
        department_name=organisation.get_department(row.department).name,
        stance=STANCES[stance],
        post=row.asked_post,
        desk_link=f"/desk/cases/{case.number}/",
    )
    finish_side_task(case, task, {"outcome": stance}, by=by, at=at)


def require_countersigned(case: Case, *, at: datetime) -> None:
    """Refuse a ruling while a countersignature may still come in time.

    Raises:
        CountersignAwaited
    """
    for row in case.consultations.filter(answered_at__isnull=True).order_by("pk"):
        if holds_up(kind=row.kind, is_answered=False, due_on=row.due_on, today=periods.today(at)):
            name = organisation.get_department(row.department).name
            raise CountersignAwaited(department=name, due_on=row.due_on.isoformat())


def drop_consultations(case: Case, *, at: datetime) -> None:
    """Nobody needs to answer any more what has been ruled on."""
    drop_side_tasks(case, ELEMENT, at=at)

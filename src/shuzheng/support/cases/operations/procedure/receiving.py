"""The window's work: ask once for a correction, accept, or not accept in writing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases.models import Case, Correction, Task
from shuzheng.support.cases.operations.applying.submitting import (
    require_filled,
    require_main_materials,
    tell_registers,
)
from shuzheng.support.cases.operations.file.corrected import corrected
from shuzheng.support.cases.operations.file.materials import wanted_materials
from shuzheng.support.cases.operations.handling.tasks import finish_task, lock_task
from shuzheng.support.cases.operations.procedure.following import tell_to_follow
from shuzheng.support.cases.operations.record import payloads, periods, requests
from shuzheng.support.cases.operations.record.access import lock_own_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.running.acceptance import entrustments
from shuzheng.support.cases.rules import (
    CORRECTED,
    CORRECTION_ASKED,
    RECEIVE_CASE,
    CorrectionAlreadyAsked,
    CorrectionUnchanged,
    DeadlineInPast,
    ReasonsMissing,
    TaskNotFound,
)
from shuzheng.support.cases.rules.answering import require_answerable, require_correctable
from shuzheng.support.cases.rules.states import State, follow, require
from shuzheng.support.matters.queries import get_revision


class NothingToCorrect(Invalid):
    """A correction names what is wrong."""

    code = "nothing-to-correct"
    template = gettext_noop("请至少写明一项需要补正的内容。")


LONGEST_DEADLINE = timedelta(days=366)


class DeadlineTooFar(Invalid):
    """A deadline nobody will live to see is a slip of the keyboard."""

    code = "correction-deadline-too-far"
    template = gettext_noop("补正期限 {deadline} 超过一年，请检查年份。")


@transaction.atomic
def accept_case(*, task_id: int, to_follow_by: date | None = None, by: Actor, at: datetime) -> None:
    """Accept for every department concerned, under their entrustments; the clocks start.

    Args:
        to_follow_by: until when what the guide lets follow is handed in, if any is missing.

    Source: 行政许可法 第二十四、三十二条; 最多跑一次规定 第五条, 第十一条第二款.

    Raises:
        NotEntrusted: a department has entrusted nobody; nothing is accepted.
        MaterialMissing: a main material is missing.
        ToFollowDeadlineMissing: something is to follow, and no deadline was given.
    """
    root, case, task = lock_task(task_id, by, permission=RECEIVE_CASE, duty="accept")
    require(
        number=case.number, state=case.state, allowed={State.SUBMITTED}, action=gettext_noop("受理")
    )
    _require_answerable(case, at=at)
    entrustments(case, on=periods.today(at))
    require_main_materials(case)
    tell_to_follow(case, deadline_on=to_follow_by, by=by, at=at)
    finish_task(root, case, task, {"outcome": "accept"}, by=by, at=at)


@transaction.atomic
def ask_correction(
    *,
    task_id: int,
    items: Sequence[tuple[str, str]],
    deadline_on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Tell the applicant once all that must be corrected, with a deadline.

    Args:
        items: pairs of field or material key and what is wrong with it.
        deadline_on: last day in the city on which the correction is in time.

    Source: 行政许可法 第三十二条第一款第四项; 最多跑一次规定 第十一条第三款.
    """
    root, case, task = lock_task(task_id, by, permission=RECEIVE_CASE, duty="accept")
    require(
        number=case.number,
        state=case.state,
        allowed={State.SUBMITTED},
        action=gettext_noop("告知补正"),
    )
    _require_answerable(case, at=at)
    wanted = [{"key": key, "text": text.strip()} for key, text in items if text.strip()]
    if not wanted:
        raise NothingToCorrect
    _require_first_and_timely(case, deadline_on, at=at)
    correction = Correction.objects.create(
        case=case, items=wanted, asked_by=by.post, asked_at=at, deadline_on=deadline_on
    )
    _wait_for_correction(case, deadline_on, at=at)
    _journal_correction(case, deadline_on, len(wanted), by=by, at=at)
    finish_task(root, case, task, {"outcome": "correct"}, by=by, at=at)
    Task.objects.filter(case=case, state="open", for_applicant=True).update(due_on=deadline_on)
    payload = payloads.correction_notice(case, correction, at=at)
    requests.request_service(
        case, "correction", "documents.issue", payload, is_awaited=False, by=by, at=at
    )


def _wait_for_correction(case: Case, deadline_on: date, *, at: datetime) -> None:
    """Stop the clock of receiving; the flow's timer reads when the deadline is over."""
    case.state = follow(number=case.number, state=case.state, to=State.CORRECTING)
    periods.stop_clocks(case, at=at, kind="receiving")
    until = periods.end_of(deadline_on).isoformat()
    case.variables = {**case.variables, "correction_deadline": until}


def _require_first_and_timely(case: Case, deadline_on: date, *, at: datetime) -> None:
    """It is asked once, and the last day is neither past nor further away than is sensible."""
    if deadline_on <= periods.today(at):
        raise DeadlineInPast(deadline=deadline_on.isoformat())
    if deadline_on - periods.today(at) > LONGEST_DEADLINE:
        raise DeadlineTooFar(field="deadline_on", deadline=deadline_on.isoformat())
    earlier = Correction.objects.filter(case=case).first()
    if earlier is not None:
        raise CorrectionAlreadyAsked(asked_on=periods.today(earlier.asked_at).isoformat())


def _journal_correction(
    case: Case, deadline_on: date, count: int, *, by: Actor, at: datetime
) -> None:
    note(
        CORRECTION_ASKED,
        case,
        by=by,
        at=at,
        deadline_on=deadline_on.isoformat(),
        count=count,
        post=by.post,
    )


@transaction.atomic
def decline_case(*, task_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Do not accept, with reasons; the applicant gets a written notice with remedies.

    Source: 行政许可法 第三十二条第二款.
    """
    root, case, task = lock_task(task_id, by, permission=RECEIVE_CASE, duty="accept")
    require(
        number=case.number,
        state=case.state,
        allowed={State.SUBMITTED},
        action=gettext_noop("不予受理"),
    )
    _require_answerable(case, at=at)
    if not reason.strip():
        raise ReasonsMissing(field="reason")
    outcome = {"outcome": "decline", "reason": reason.strip()}
    finish_task(root, case, task, outcome, by=by, at=at)


def _require_answerable(case: Case, *, at: datetime) -> None:
    clock = case.clocks.filter(kind="receiving", stopped_at__isnull=True).first()
    require_answerable(due_on=clock.due_on if clock else None, today=periods.today(at))


@transaction.atomic
def submit_correction(
    *, number: str, is_unchanged_meant: bool = False, by: Actor, at: datetime
) -> None:
    """Hand the corrected application in; the window looks again.

    Args:
        is_unchanged_meant: the applicant says that nothing has to be changed; who disagrees with
            the window must not lose the application by silence.

    Raises:
        CorrectionUnchanged: nothing was changed, and that is not said to be meant.
        CorrectionOverdue: its deadline has passed; it counts as withdrawn.
        FormIncomplete, MaterialMissing: it is still incomplete; nothing changes.
    """
    case = lock_own_case(number, by)
    require(
        number=number, state=case.state, allowed={State.CORRECTING}, action=gettext_noop("提交补正")
    )
    correction = Correction.objects.select_for_update().get(case=case)
    require_correctable(deadline_on=correction.deadline_on, today=periods.today(at))
    require_filled(case)
    if not is_unchanged_meant and not _is_changed(case):
        raise CorrectionUnchanged
    task = (
        Task.objects.select_for_update().filter(case=case, for_applicant=True, state="open").first()
    )
    if task is None:
        raise TaskNotFound
    case.state = follow(number=number, state=case.state, to=State.SUBMITTED)
    correction.answered_at = at
    correction.save(update_fields=["answered_at"])
    tell_registers(case, at=at)
    _restart_receiving(case, by=by, at=at)
    note(CORRECTED, case, by=by, at=at)
    finish_task(case, case, task, {"outcome": "corrected"}, by=by, at=at)


def _is_changed(case: Case) -> bool:
    return bool(corrected(case, get_revision(case.revision_id).form, wanted_materials(case)))


def _restart_receiving(case: Case, *, by: Actor, at: datetime) -> None:
    """The window has its days to answer anew, from the day the corrected papers arrive."""
    clock = periods.restart_clock(case, kind="receiving", cause="补正后重新收件", by=by, at=at)
    case.variables = {
        **case.variables,
        "acceptance_deadline": periods.end_of(clock.due_on).isoformat(),
    }

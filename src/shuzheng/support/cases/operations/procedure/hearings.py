"""A hearing before the decision: told of, asked for, held, recorded; the decision waits for it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.keys import operations as keys
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import Period, due_on
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, Hearing, HearingOrder
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.handling.side_tasks import finish_side_task, open_side_task
from shuzheng.support.cases.operations.handling.tasks import lock_task
from shuzheng.support.cases.operations.procedure.suspending import (
    begin_suspension,
    end_suspension,
    procedure_of,
)
from shuzheng.support.cases.operations.record import notices, periods
from shuzheng.support.cases.operations.record.access import is_applicant, is_helper, lock_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.requests import request_service
from shuzheng.support.cases.rules import REVIEW_CASE, CaseNotFound, ReasonsMissing
from shuzheng.support.cases.rules.hearings import (
    HEARING,
    HEARING_ASKED,
    HEARING_HELD,
    HEARING_TOLD,
    HearingAlreadyTold,
    NoHearingProvided,
    require_askable,
    require_record,
    require_settled,
)
from shuzheng.support.cases.rules.public_hearings import (
    HearingAlreadyCalled,
    HearingOrderWaits,
    HearingRequired,
)
from shuzheng.support.cases.rules.states import State, require
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import HearingProvision

ELEMENT = "hearing"
ACTION = gettext_noop("听证")


@transaction.atomic
def tell_hearing_right(*, number: str, reasons: str, by: Actor, at: datetime) -> None:
    """Tell the applicant and those concerned that they may ask for a hearing, in writing.

    Source: 行政许可法 第四十七条.

    Raises:
        NoHearingProvided: the matter's content names none.
        HearingAlreadyTold, ReasonsMissing.
        HearingAlreadyCalled: the organ ordered one itself.
    """
    guard(by, REVIEW_CASE)
    root, case = own_case(number, by)
    require(number=number, state=case.state, allowed={State.ACCEPTED}, action=ACTION)
    provision = hearing_provision(case)
    if not reasons.strip():
        raise ReasonsMissing(field="hearing_reasons")
    earlier = Hearing.objects.filter(case=case).first()
    if earlier is not None:
        raise (HearingAlreadyCalled if earlier.ground else HearingAlreadyTold)(number=number)
    ask_by_on = last_day(provision.ask_within, periods.today(at))
    row = Hearing.objects.create(
        case=case,
        reasons=reasons.strip(),
        citation=provision.citation.model_dump(mode="json"),
        told_by=by.post,
        told_at=at,
        ask_by_on=ask_by_on,
    )
    clause = provision.citation.reference
    note(
        HEARING_TOLD,
        case,
        by=by,
        at=at,
        reasons=row.reasons,
        ask_by_on=ask_by_on.isoformat(),
        clause=clause,
    )
    payload = notices.hearing_right(case, root, row, basis=clause, at=at)
    issue_paper(case, f"hearing_right:{row.pk}", payload, by=by, at=at)


def hearing_provision(case: Case) -> HearingProvision:
    """Return what the matter's content says of its hearing.

    Raises:
        NoHearingProvided
    """
    matter = get_revision(case.revision_id).matter
    if matter is None or matter.hearing is None:
        raise NoHearingProvided(matter=case.title)
    return matter.hearing


def last_day(period: Period, day: date) -> date:
    """Return the last day of a period that starts with a day."""
    return due_on(period, started_on=day, calendar=get_calendar())


@transaction.atomic
def ask_hearing(*, number: str, who: str = "", by: Actor, at: datetime) -> None:
    """Ask for the hearing one was told of: the clock stops until it is held and recorded.

    Args:
        who: somebody concerned whose request the department takes down; empty for the applicant.

    Source: 行政许可法 第四十五、四十七条.

    Raises:
        HearingNotTold, HearingAskedLate.
    """
    root, case = _askable(number, who, by)
    require(number=number, state=case.state, allowed={State.ACCEPTED}, action=ACTION)
    row = Hearing.objects.select_for_update().filter(case=case).first()
    today = periods.today(at)
    require_askable(
        number=number,
        ask_by_on=row.ask_by_on if row else None,
        is_asked=bool(row and row.asked_on),
        today=today,
    )
    assert row is not None
    row.asked_by, row.asked_on = who.strip() or "申请人", today
    row.hold_by_on = last_day(hearing_provision(case).hold_within, today)
    row.save()
    facts = {"who": row.asked_by, "hold_by_on": row.hold_by_on.isoformat()}
    note(HEARING_ASKED, case, by=by, at=at, **facts)
    call_hearing(root, case, row, reason=f"{row.asked_by}申请听证", by=by, at=at)


def _askable(number: str, who: str, by: Actor) -> tuple[Case, Case]:
    if who.strip():
        guard(by, REVIEW_CASE)
        return own_case(number, by)
    root, case = lock_case(number)
    if not (is_applicant(root, by) or is_helper(root, by)):
        raise CaseNotFound(number=number)
    return root, case


def call_hearing(
    root: Case, case: Case, row: Hearing, *, reason: str, by: Actor, at: datetime
) -> None:
    """Have the department hold a hearing; the clock stops with its own notice until its record."""
    open_side_task(
        case,
        element=ELEMENT,
        key=row.pk,
        name="组织听证",
        duty=f"review:{case.matter}",
        due_on=row.hold_by_on,
        by=by,
        at=at,
    )
    if not periods.is_standing(case):
        begin_suspension(root, case, procedure_of(case, HEARING), reason=reason, by=by, at=at)


@transaction.atomic
def record_hearing(
    *, task_id: int, attendants: Sequence[str], minutes: str, by: Actor, at: datetime
) -> None:
    """Keep the record that those who attended confirmed; the clock runs again.

    Args:
        minutes: what was said; kept encrypted, and issued as a document.

    Source: 行政许可法 第四十八条第五项.

    Raises:
        HearingNotHeld, HearingInFuture, HearingIncomplete.
    """
    root, case, task = lock_task(task_id, by, permission=REVIEW_CASE, duty="review")
    row = Hearing.objects.select_for_update().get(case=case)
    names = tuple(each.strip() for each in attendants if each.strip())
    require_record(held_on=row.held_on, attendants=names, minutes=minutes, today=periods.today(at))
    row.attendants, row.recorded_at = list(names), at
    row.minutes_encrypted = keys.encrypt(minutes.strip(), context=f"case:{case.number}")
    row.save()
    finish_side_task(case, task, {"outcome": "held"}, by=by, at=at)
    assert row.held_on is not None
    note(HEARING_HELD, case, by=by, at=at, held_on=row.held_on.isoformat())
    payload = notices.hearing_record(case, root, row, minutes=minutes.strip(), at=at)
    issue_paper(case, f"hearing_record:{row.pk}", payload, by=by, at=at)
    running = case.suspensions.select_for_update().filter(kind=HEARING, to_at__isnull=True).first()
    if running is not None:
        end_suspension(root, case, running, result="听证已举行并制作笔录", by=by, at=at)


def require_hearing_settled(case: Case, *, at: datetime) -> None:
    """Refuse a decision that a hearing stands before.

    Raises:
        HearingRightRuns, HearingNotHeld, HearingOrderWaits.
        HearingRequired: the law has this matter heard.
    """
    if HearingOrder.objects.filter(case=case, state="asked").exists():
        raise HearingOrderWaits
    row = Hearing.objects.filter(case=case).first()
    require_settled(
        ask_by_on=row.ask_by_on if row else None,
        is_asked=bool(row and row.asked_on),
        is_held=bool(row and row.recorded_at),
        today=periods.today(at),
    )
    required = required_by(case)
    if required and not (row and row.recorded_at):
        raise HearingRequired(clause=required.reference)


def required_by(case: Case) -> Citation | None:
    """Return the law by which this matter is never decided without a hearing, if there is one."""
    matter = get_revision(case.revision_id).matter
    own = matter.hearing.own_motion if matter and matter.hearing else None
    return own.required_by if own else None


def issue_paper(
    case: Case, token: str, payload: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Have a paper of the hearing issued; no flow waits for it."""
    request_service(case, token, "documents.issue", payload, is_awaited=False, by=by, at=at)

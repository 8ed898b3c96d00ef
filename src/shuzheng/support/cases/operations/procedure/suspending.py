"""Suspend and resume a clock: only for a kind the law lists, told in writing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, Suspension
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.record import notices, periods
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.requests import request_service
from shuzheng.support.cases.rules import (
    CLOCK_RESUMED,
    CLOCK_SUSPENDED,
    SUSPEND_CLOCK,
    ClockIsSuspended,
    ClockNotSuspended,
    ReasonsMissing,
    SuspensionNotLawful,
)
from shuzheng.support.cases.rules.hearings import HEARING, HearingNotHeld, HearingNotStartedHere
from shuzheng.support.cases.rules.states import State, require
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import SpecialProcedure


@transaction.atomic
def suspend_clock(*, number: str, kind: str, reason: str, by: Actor, at: datetime) -> None:
    """Stop the clock of one matter for a special procedure; the notice is issued by the worker.

    Source: 行政许可法 第四十五条.

    Raises:
        SuspensionNotLawful: the matter's content lists no such procedure with its citation.
        ClockIsSuspended: one is running already.
        HearingNotStartedHere: a hearing has its own notices.
    """
    guard(by, SUSPEND_CLOCK)
    root, case = own_case(number, by)
    require(
        number=number,
        state=case.state,
        allowed={State.ACCEPTED},
        action=gettext_noop("启动特别程序"),
    )
    if not reason.strip():
        raise ReasonsMissing(field="reason")
    if kind == HEARING:
        raise HearingNotStartedHere
    procedure = procedure_of(case, kind)
    if case.suspensions.filter(to_at__isnull=True).exists():
        raise ClockIsSuspended(number=number, kind=procedure.name)
    begin_suspension(root, case, procedure, reason=reason.strip(), by=by, at=at)


def begin_suspension(
    root: Case, case: Case, procedure: SpecialProcedure, *, reason: str, by: Actor, at: datetime
) -> None:
    """Stop the clock of a locked case; the applicant is told in writing for how long."""
    suspension = Suspension.objects.create(
        case=case,
        kind=procedure.kind,
        reason=reason,
        citation=procedure.citation.model_dump(mode="json"),
        expected_working_days=procedure.expected_working_days,
        from_at=at,
        from_on=periods.today(at),
    )
    note(
        CLOCK_SUSPENDED,
        case,
        by=by,
        at=at,
        kind=procedure.name,
        reason=suspension.reason,
        expected_working_days=procedure.expected_working_days,
        clause=procedure.citation.reference,
    )
    payload = notices.suspension_notice(case, root, suspension, procedure, at=at)
    _issue_notice(case, f"suspension:{suspension.pk}", payload, by=by, at=at)


@transaction.atomic
def resume_clock(*, number: str, result: str, by: Actor, at: datetime) -> None:
    """End the special procedure; the days it took are left out and the due dates move.

    Raises:
        ClockNotSuspended: none is running.
        HearingNotHeld: a hearing ends with its record.
    """
    guard(by, SUSPEND_CLOCK)
    root, case = own_case(number, by)
    suspension = case.suspensions.select_for_update().filter(to_at__isnull=True).first()
    if suspension is None:
        raise ClockNotSuspended(number=number)
    if suspension.kind == HEARING:
        raise HearingNotHeld
    end_suspension(root, case, suspension, result=result.strip(), by=by, at=at)


def end_suspension(
    root: Case, case: Case, suspension: Suspension, *, result: str, by: Actor, at: datetime
) -> None:
    """Let the clock of a locked case run again; the due dates move by the days left out."""
    suspension.to_at, suspension.to_on = at, periods.today(at)
    suspension.result = result
    suspension.save()
    procedure = procedure_of(case, suspension.kind)
    cause = f"{procedure.name} {suspension.from_on}–{suspension.to_on}"
    periods.recompute(case, cause=cause, by=by, at=at)
    if root.pk != case.pk:
        periods.recompute(root, cause=f"{case.title}：{cause}", by=by, at=at)
    due = case.clocks.filter(stopped_at__isnull=True).order_by("due_on").first()
    note(
        CLOCK_RESUMED,
        case,
        by=by,
        at=at,
        kind=procedure.name,
        due_on=due.due_on.isoformat() if due else "",
    )
    payload = notices.resumption_notice(case, root, suspension, procedure, at=at)
    _issue_notice(case, f"resumption:{suspension.pk}", payload, by=by, at=at)


def _issue_notice(
    case: Case, token: str, payload: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Have the written notice issued; no flow waits for it."""
    request_service(case, token, "documents.issue", payload, is_awaited=False, by=by, at=at)


def procedure_of(case: Case, kind: str) -> SpecialProcedure:
    """Return the special procedure of that kind that the matter's content lists.

    Raises:
        SuspensionNotLawful: it lists none.
    """
    matter = get_revision(case.revision_id).matter
    listed = matter.special_procedures if matter else ()
    found = next((each for each in listed if each.kind == kind), None)
    if found is None:
        raise SuspensionNotLawful(matter=case.title, kind=kind)
    return found

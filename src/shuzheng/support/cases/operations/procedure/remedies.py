"""Keep with the case that a remedy was sought against its decision, and how it ended."""

from datetime import date, datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.support.cases.models import Case, Remedy
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules.remedies import (
    KINDS,
    RECORD_REMEDY,
    REMEDY_DECIDED,
    REMEDY_SOUGHT,
    RESULTS,
    NothingToContest,
    RemedyKind,
    RemedyNotFound,
    require_result,
    require_sought,
)
from shuzheng.support.cases.rules.states import State

DECIDED = frozenset({State.NOT_ACCEPTED, State.ACCEPTANCE_REVOKED})


@transaction.atomic
def record_remedy(
    *,
    number: str,
    kind: str,
    organ: str,
    reference: str = "",
    sought_on: date,
    by: Actor,
    at: datetime,
) -> int:
    """Write down that somebody sought a remedy; returns its number.

    Source: 行政许可法 第七条.

    Raises:
        NothingToContest: nothing is decided yet.
        RemedyIncomplete, RemedyInFuture.
    """
    guard(by, RECORD_REMEDY)
    _, case = own_case(number, by)
    earliest = _decided_on(case)
    if earliest is None:
        raise NothingToContest(number=number)
    today = periods.today(at)
    require_sought(kind=kind, organ=organ, sought_on=sought_on, earliest=earliest, today=today)
    row = Remedy.objects.create(
        case=case,
        kind=kind,
        organ=organ.strip(),
        reference=reference.strip(),
        sought_on=sought_on,
        recorded_by=by.post,
        recorded_at=at,
    )
    facts = {"organ": row.organ, "sought_on": sought_on.isoformat()}
    note(REMEDY_SOUGHT, case, by=by, at=at, remedy=KINDS[RemedyKind(kind)], **facts)
    return row.pk


def _decided_on(case: Case) -> date | None:
    """Return the day of the decision that may be contested, nothing if there is none."""
    ruling = getattr(case, "ruling", None)
    if ruling is not None:
        day: date = ruling.ruled_on
        return day
    if State(case.state) in DECIDED and case.closed_at:
        return periods.today(case.closed_at)
    return None


@transaction.atomic
def record_remedy_result(
    *,
    number: str,
    remedy: int,
    result: str,
    result_on: date,
    consequence: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Write down how a remedy ended, and what the department does about it.

    Raises:
        RemedyNotFound: none of this case waits for its result under that number.
        RemedyIncomplete, RemedyInFuture.
    """
    guard(by, RECORD_REMEDY)
    _, case = own_case(number, by)
    row = Remedy.objects.select_for_update().filter(case=case, pk=remedy, result="").first()
    if row is None:
        raise RemedyNotFound
    require_result(
        result=result,
        result_on=result_on,
        consequence=consequence,
        sought_on=row.sought_on,
        today=periods.today(at),
    )
    row.result, row.result_on, row.consequence = result, result_on, consequence.strip()
    row.save()
    note(
        REMEDY_DECIDED,
        case,
        by=by,
        at=at,
        remedy=KINDS[RemedyKind(row.kind)],
        result=RESULTS[result],
        result_on=result_on.isoformat(),
    )

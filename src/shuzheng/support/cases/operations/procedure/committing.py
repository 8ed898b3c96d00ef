"""The check of a commitment: opened with the grant, put right in time, or the grant revoked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.city.queries import get_city
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import due_on
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, CommitmentBar, CommitmentCheck
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.handling.side_tasks import finish_side_task, open_side_task
from shuzheng.support.cases.operations.handling.tasks import lock_task
from shuzheng.support.cases.operations.record import notices, periods
from shuzheng.support.cases.operations.record.commitments import commitment_of, is_by_commitment
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.paper_parts import matter_of
from shuzheng.support.cases.operations.record.requests import request_service
from shuzheng.support.cases.rules import RULE_CASE, CaseNotFound
from shuzheng.support.cases.rules.committing import (
    BAR_LIFTED,
    CHECK_COMMITMENT,
    CHECK_DUE,
    COMMITMENT_BROKEN,
    COMMITMENT_MET,
    GRANT_REVOKED,
    RECTIFICATION_ORDERED,
    CheckState,
    next_state,
    require_findings,
    require_order,
    require_reasons,
)
from shuzheng.support.matters.rules import Commitment

CHECK, REVOKE = "commitment_check", "revoke_grant"


def open_check(case: Case, *, by: Actor, at: datetime) -> None:
    """Have a matter that was just granted on a commitment checked within its period."""
    provision = commitment_of(case)
    if provision is None or not is_by_commitment(case):
        return
    check_by_on = due_on(
        provision.check_within, started_on=periods.today(at), calendar=get_calendar()
    )
    CommitmentCheck.objects.create(
        case=case, check_by_on=check_by_on, citation=provision.citation.model_dump(mode="json")
    )
    note(CHECK_DUE, case, by=by, at=at, check_by_on=check_by_on.isoformat())
    _open(case, provision, gettext_noop("核查承诺兑现情况"), check_by_on, by=by, at=at)


def _open(
    case: Case,
    provision: Commitment,
    name: str,
    due: date,
    *,
    by: Actor,
    at: datetime,
) -> None:
    open_side_task(
        case,
        element=CHECK,
        key=case.tasks.filter(element=CHECK).count() + 1,
        name=name,
        duty=provision.duty,
        due_on=due,
        by=by,
        at=at,
    )


@transaction.atomic
def record_commitment_check(
    *,
    task_id: int,
    officers: Sequence[str],
    checked_on: date,
    findings: str,
    is_met: bool,
    faults: str = "",
    rectify_by_on: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Record what was found: as committed, to be put right in time, or not put right.

    Args:
        officers: names of those who looked, two or more.
        faults: what is to be put right, at the first finding that it is not as committed.
        rectify_by_on: until when.

    Raises:
        TwoOfficersNeeded, FindingsMissing, CheckInFuture, FaultsMissing, DeadlineInPast.
        RectificationRuns: it is found wanting before its time to put right is over.
    """
    root, case, task = lock_task(task_id, by, permission=CHECK_COMMITMENT, duty="check")
    row = CommitmentCheck.objects.select_for_update().get(case=case)
    names, today = tuple(each.strip() for each in officers if each.strip()), periods.today(at)
    require_findings(officers=names, findings=findings, checked_on=checked_on, today=today)
    state = next_state(row.state, is_met=is_met, today=today, rectify_by_on=row.rectify_by_on)
    if state == CheckState.RECTIFYING:
        row.rectify_by_on = require_order(faults=faults, rectify_by_on=rectify_by_on, today=today)
        row.faults = faults.strip()
    row.state, row.officers, row.checked_on = state, list(names), checked_on
    row.findings = findings.strip()
    row.settled_at = at if state == CheckState.PASSED else None
    row.save()
    outcome = {"outcome": state.value, "officers": list(names), "findings": row.findings}
    finish_side_task(case, task, outcome, by=by, at=at)
    _follow_up(root, case, row, by=by, at=at)


def _follow_up(root: Case, case: Case, row: CommitmentCheck, *, by: Actor, at: datetime) -> None:
    provision = commitment_of(case)
    assert provision is not None
    match row.state:
        case CheckState.PASSED:
            note(COMMITMENT_MET, case, by=by, at=at)
        case CheckState.RECTIFYING:
            _order(root, case, row, provision, by=by, at=at)
        case _:
            note(COMMITMENT_BROKEN, case, by=by, at=at)
            matter = matter_of(case)
            open_side_task(
                case,
                element=REVOKE,
                key=row.pk,
                name="撤销行政许可",
                duty=matter.duty,
                due_on=None,
                by=by,
                at=at,
            )


def _order(
    root: Case, case: Case, row: CommitmentCheck, provision: Commitment, *, by: Actor, at: datetime
) -> None:
    assert row.rectify_by_on is not None
    note(
        RECTIFICATION_ORDERED,
        case,
        by=by,
        at=at,
        faults=row.faults,
        rectify_by_on=row.rectify_by_on.isoformat(),
        clause=provision.citation.reference,
    )
    payload = notices.rectification_order(case, root, row, at=at)
    _issue(case, f"rectification:{row.pk}", payload, by=by, at=at)
    _open(case, provision, "复查整改情况", row.rectify_by_on, by=by, at=at)


@transaction.atomic
def revoke_grant(*, task_id: int, reasons: str, by: Actor, at: datetime) -> None:
    """Revoke what was granted on a commitment that was not kept; licences follow by the journal.

    Source: 浙江省保障“最多跑一次”改革规定 第十四条第二款; 消防法 第五十八条第二款.

    Raises:
        ReasonsMissing: a revocation has written reasons.
    """
    root, case, task = lock_task(task_id, by, permission=RULE_CASE, duty="rule")
    row = CommitmentCheck.objects.select_for_update().get(case=case)
    text = require_reasons(reasons)
    row.state, row.settled_at = CheckState.REVOKED, at
    row.save(update_fields=["state", "settled_at"])
    finish_side_task(case, task, {"outcome": "revoke", "reasons": text}, by=by, at=at)
    citation = Citation.model_validate(row.citation)
    remedies = get_city().say_remedies(matter_of(case).remedies)
    note(
        GRANT_REVOKED,
        case,
        by=by,
        at=at,
        reasons=text,
        clause=citation.reference,
        citation=row.citation,
        remedies=remedies,
    )
    payload = notices.grant_revocation(
        case, root, reasons=text, basis=citation.reference, remedies=remedies, at=at
    )
    _issue(case, f"grant_revocation:{row.pk}", payload, by=by, at=at)
    _bar(root, case, at=at)


def _bar(root: Case, case: Case, *, at: datetime) -> None:
    """Keep the holder from another commitment in this matter, where a law says so."""
    provision = commitment_of(case)
    if provision is None or provision.bar is None:
        return
    CommitmentBar.objects.create(
        case=case,
        matter=case.matter,
        person=root.applicant_person,
        citation=provision.bar.model_dump(mode="json"),
        since_at=at,
    )


@transaction.atomic
def lift_commitment_bar(*, number: str, reasons: str, by: Actor, at: datetime) -> None:
    """Let a holder commit again in this matter: the bad record has ended or was repaired.

    Raises:
        CaseNotFound: nobody is barred because of this case, or it is another department's.
        ReasonsMissing: it has reasons.
    """
    guard(by, CHECK_COMMITMENT)
    _, case = own_case(number, by)
    row = CommitmentBar.objects.select_for_update().filter(case=case, ended_at=None).first()
    if row is None:
        raise CaseNotFound(number=number)
    row.ended_reasons = require_reasons(reasons)
    row.ended_at, row.ended_by = at, by.post
    row.save()
    note(BAR_LIFTED, case, by=by, at=at, reasons=row.ended_reasons)


def _issue(case: Case, token: str, payload: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    request_service(case, token, "documents.issue", payload, is_awaited=False, by=by, at=at)

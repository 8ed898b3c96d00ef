"""What is told in writing while a matter is handled: its clock, its hearing, its commitment."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shuzheng.policy.citations import Citation
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, CommitmentCheck, Extension, Hearing, Suspension
from shuzheng.support.cases.operations.record.paper_parts import common, issue
from shuzheng.support.cases.rules.hearings import clock_time
from shuzheng.support.matters.rules import Extension as Provision
from shuzheng.support.matters.rules import SpecialProcedure


def suspension_notice(
    case: Case, root: Case, suspension: Suspension, procedure: SpecialProcedure, *, at: datetime
) -> Mapping[str, Any]:
    """Return the written notice that the clock stops (行政许可法 第四十五条)."""
    data = {
        **common(case, root, at=at),
        "kind": procedure.name,
        "reasons": suspension.reason,
        "basis": procedure.citation.reference,
        "from_on": suspension.from_on,
        "expected_working_days": procedure.expected_working_days,
    }
    return issue(case, root, "suspension_notice", f"{procedure.name}告知书", data)


def resumption_notice(
    case: Case, root: Case, suspension: Suspension, procedure: SpecialProcedure, *, at: datetime
) -> Mapping[str, Any]:
    """Return the written notice that the clock runs again and until when."""
    due = case.clocks.filter(stopped_at__isnull=True).order_by("due_on").first()
    data = {
        **common(case, root, at=at),
        "kind": procedure.name,
        "from_on": suspension.from_on,
        "to_on": suspension.to_on,
        "due_on": due.due_on if due else None,
        "result": suspension.result,
    }
    return issue(case, root, "resumption_notice", gettext_noop("恢复办理通知书"), data)


def extension_notice(
    case: Case, root: Case, row: Extension, provision: Provision, *, due_on: date, at: datetime
) -> Mapping[str, Any]:
    """Return the notice that tells the applicant why the period is longer (第四十二条)."""
    data = {
        **common(case, root, at=at),
        "reasons": row.reasons,
        "words": provision.period.words,
        "approver": provision.approver,
        "basis": provision.citation.reference,
        "due_on": due_on,
    }
    return issue(case, root, "extension_notice", gettext_noop("延长办理期限告知书"), data)


def rectification_order(
    case: Case, root: Case, row: CommitmentCheck, *, at: datetime
) -> Mapping[str, Any]:
    """Return the order to put right what was committed and is not so."""
    data = {
        **common(case, root, at=at),
        "checked_on": row.checked_on,
        "findings": row.findings,
        "faults": row.faults,
        "rectify_by_on": row.rectify_by_on,
        "basis": _reference(row.citation),
    }
    return issue(case, root, "rectification_order", "责令限期整改通知书", data)


def grant_revocation(
    case: Case, root: Case, *, reasons: str, basis: str, remedies: str, at: datetime
) -> Mapping[str, Any]:
    """Return the decision that revokes a grant, with reasons and remedies."""
    data = {**common(case, root, at=at), "reasons": reasons, "basis": basis, "remedies": remedies}
    return issue(case, root, "grant_revocation", f"撤销{case.title}决定书", data)


def hearing_right(
    case: Case, root: Case, row: Hearing, *, basis: str, at: datetime
) -> Mapping[str, Any]:
    """Return the notice that a hearing may be asked for."""
    data = {
        **common(case, root, at=at),
        "reasons": row.reasons,
        "ask_by_on": row.ask_by_on,
        "basis": basis,
    }
    return issue(case, root, "hearing_right", gettext_noop("听证权利告知书"), data)


def hearing_announcement(
    case: Case, root: Case, row: Hearing, *, party: str = "", at: datetime
) -> Mapping[str, Any]:
    """Return the notice of when and where the hearing is and who chairs it.

    Args:
        party: somebody concerned to whom it is addressed; empty for the applicant.
    """
    data = {
        **common(case, root, at=at),
        "held_on": row.held_on,
        "begins": clock_time(row.begins),
        "place": row.place,
        "chair": row.chair,
        "basis": _reference(row.citation),
    }
    notice = issue(case, root, "hearing_announcement", "听证通知书", data)
    if not party:
        return notice
    own = {"applicant": party, "business_name": "", "address": ""}
    addressed = {"title": "听证通知书（利害关系人）", "recipient": "", "recipient_name": party}
    return {**notice, **addressed, "data": {**data, **own}}


def hearing_record(
    case: Case, root: Case, row: Hearing, *, minutes: str, at: datetime
) -> Mapping[str, Any]:
    """Return the record of a hearing."""
    data = {
        **common(case, root, at=at),
        "held_on": row.held_on,
        "place": row.place,
        "chair": row.chair,
        "attendants": row.attendants,
        "minutes": minutes,
    }
    return issue(case, root, "hearing_record", "听证笔录", data)


def _reference(citation: Mapping[str, Any]) -> str:
    return Citation.model_validate(citation).reference

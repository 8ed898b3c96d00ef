"""What documents and licences say about a case: gathered once, when they are asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shuzheng.institutions.city.queries import get_city
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.policy.citations import Citation
from shuzheng.support.cases.models import (
    Case,
    CommitmentCheck,
    Correction,
    Extension,
    Hearing,
    Suspension,
    ToFollow,
)
from shuzheng.support.cases.operations import periods
from shuzheng.support.cases.operations.call import Call
from shuzheng.support.cases.operations.forms import read_form
from shuzheng.support.matters.queries import get_matter, get_revision
from shuzheng.support.matters.rules import Bundle, Matter, Result, SpecialProcedure
from shuzheng.support.matters.rules import Extension as Provision

REMEDIES = (
    "对本决定不服的，可以自收到本决定之日起六十日内向{review_organ}申请行政复议，"
    "也可以自收到之日起六个月内向{court}提起行政诉讼。"
)


def document(call: Call) -> Mapping[str, Any]:
    """Return what the written ruling of a matter says."""
    result = _result(_matter(call.case))
    ruling = call.case.ruling
    template = result.grant_template if ruling.is_granted else result.refusal_template
    outcome = "准予" if ruling.is_granted else "不予"
    data = {
        **_common(call.case, call.root, at=call.at),
        "outcome": outcome,
        "reasons": ruling.reasons or "申请材料齐全，符合法定条件。",
        "basis": _reference(ruling.citation),
        "remedies": ruling.remedies,
        "result": result.name,
        "ruled_on": ruling.ruled_on,
    }
    return _issue(call.case, call.root, template, f"{outcome}{call.case.title}决定书", data)


def licence(call: Call) -> Mapping[str, Any]:
    """Return what the licence of a granted matter says."""
    values = read_form(call.root).values
    return {
        "licence_type": _result(_matter(call.case)).licence_type,
        "holder_name": values.get("business_name") or values.get("applicant_name", ""),
        "holder_reference": call.root.applicant_person,
        "recipient": call.root.applicant_person,
        "facts": {**_public(values), **read_form(call.root).answers},
        "seal": call.case.department,
    }


def receipt(case: Case, bundle: Bundle, *, at: datetime) -> Mapping[str, Any]:
    """Return what the receipt for the submitted papers says."""
    data = {
        **_common(case, case, at=at),
        "received_on": periods.today(at),
        "matters": _titles(case),
        "next": f"综合窗口将在{bundle.receiving_period.amount}个工作日内答复是否受理。",
        "receipt_code": case.receipt_code,
    }
    return _issue(case, case, "receipt", "收件凭证", data)


def correction_notice(case: Case, correction: Correction, *, at: datetime) -> Mapping[str, Any]:
    """Return the notice that tells once all that must be corrected."""
    data = {
        **_common(case, case, at=at),
        "items": [each["text"] for each in correction.items],
        "deadline_on": correction.deadline_on,
    }
    return _issue(case, case, "correction_notice", "补正告知书", data)


def acceptance_notice(case: Case, *, promised_on: date, at: datetime) -> Mapping[str, Any]:
    """Return the notice of acceptance."""
    data = {
        **_common(case, case, at=at),
        "matters": _titles(case),
        "accepted_on": date.fromisoformat(case.variables["accepted_on"]),
        "promised_on": promised_on,
        **_to_follow(case),
    }
    return _issue(case, case, "acceptance_notice", "受理通知书", data)


def _to_follow(case: Case) -> dict[str, Any]:
    row = ToFollow.objects.filter(case=case).first()
    if row is None:
        return {}
    names = [each["name"] for each in row.materials]
    return {"to_follow": names, "to_follow_by": row.deadline_on}


def acceptance_revocation(
    case: Case, row: ToFollow, matters: Sequence[str], *, at: datetime
) -> Mapping[str, Any]:
    """Return the decision that revokes an acceptance (最多跑一次规定 第十一条第二款)."""
    city = get_city()
    data = {
        **_common(case, case, at=at),
        "matters": list(matters),
        "materials": [each["name"] for each in row.materials],
        "deadline_on": row.deadline_on,
        "reasons": row.reasons,
        "remedies": REMEDIES.format(review_organ=city.review_organ, court=city.court),
    }
    return _issue(case, case, "acceptance_revocation", "撤销受理决定书", data)


def titles_of(root: Case, matters: Iterable[str]) -> list[str]:
    """Return the titles of matters by key."""
    on = periods.today(root.submitted_at or root.created_at)
    return [get_matter(key, on=on).title for key in matters]


def non_acceptance(case: Case, *, reason: str, at: datetime) -> Mapping[str, Any]:
    """Return the decision not to accept, with reasons and remedies."""
    city = get_city()
    data = {
        **_common(case, case, at=at),
        "reasons": reason,
        "remedies": REMEDIES.format(review_organ=city.review_organ, court=city.court),
    }
    return _issue(case, case, "non_acceptance", "不予受理决定书", data)


def suspension_notice(
    case: Case, root: Case, suspension: Suspension, procedure: SpecialProcedure, *, at: datetime
) -> Mapping[str, Any]:
    """Return the written notice that the clock stops (行政许可法 第四十五条)."""
    data = {
        **_common(case, root, at=at),
        "kind": procedure.name,
        "reasons": suspension.reason,
        "basis": procedure.citation.reference,
        "from_on": suspension.from_on,
        "expected_working_days": procedure.expected_working_days,
    }
    return _issue(case, root, "suspension_notice", f"{procedure.name}告知书", data)


def resumption_notice(
    case: Case, root: Case, suspension: Suspension, procedure: SpecialProcedure, *, at: datetime
) -> Mapping[str, Any]:
    """Return the written notice that the clock runs again and until when."""
    due = case.clocks.filter(stopped_at__isnull=True).order_by("due_on").first()
    data = {
        **_common(case, root, at=at),
        "kind": procedure.name,
        "from_on": suspension.from_on,
        "to_on": suspension.to_on,
        "due_on": due.due_on if due else None,
        "result": suspension.result,
    }
    return _issue(case, root, "resumption_notice", "恢复办理通知书", data)


def extension_notice(
    case: Case, root: Case, row: Extension, provision: Provision, *, due_on: date, at: datetime
) -> Mapping[str, Any]:
    """Return the notice that tells the applicant why the period is longer (第四十二条)."""
    data = {
        **_common(case, root, at=at),
        "reasons": row.reasons,
        "words": provision.period.words,
        "approver": provision.approver,
        "basis": provision.citation.reference,
        "due_on": due_on,
    }
    return _issue(case, root, "extension_notice", "延长办理期限告知书", data)


def rectification_order(
    case: Case, root: Case, row: CommitmentCheck, *, at: datetime
) -> Mapping[str, Any]:
    """Return the order to put right what was committed and is not so."""
    data = {
        **_common(case, root, at=at),
        "checked_on": row.checked_on,
        "findings": row.findings,
        "faults": row.faults,
        "rectify_by_on": row.rectify_by_on,
        "basis": _reference(row.citation),
    }
    return _issue(case, root, "rectification_order", "责令限期整改通知书", data)


def grant_revocation(
    case: Case, root: Case, *, reasons: str, basis: str, remedies: str, at: datetime
) -> Mapping[str, Any]:
    """Return the decision that revokes a grant, with reasons and remedies."""
    data = {**_common(case, root, at=at), "reasons": reasons, "basis": basis, "remedies": remedies}
    return _issue(case, root, "grant_revocation", f"撤销{case.title}决定书", data)


def hearing_right(
    case: Case, root: Case, row: Hearing, *, basis: str, at: datetime
) -> Mapping[str, Any]:
    """Return the notice that a hearing may be asked for."""
    data = {
        **_common(case, root, at=at),
        "reasons": row.reasons,
        "ask_by_on": row.ask_by_on,
        "basis": basis,
    }
    return _issue(case, root, "hearing_right", "听证权利告知书", data)


def hearing_announcement(
    case: Case, root: Case, row: Hearing, *, at: datetime
) -> Mapping[str, Any]:
    """Return the notice of when and where the hearing is and who chairs it."""
    data = {
        **_common(case, root, at=at),
        "held_on": row.held_on,
        "place": row.place,
        "chair": row.chair,
        "basis": _reference(row.citation),
    }
    return _issue(case, root, "hearing_announcement", "听证通知书", data)


def hearing_record(
    case: Case, root: Case, row: Hearing, *, minutes: str, at: datetime
) -> Mapping[str, Any]:
    """Return the record of a hearing."""
    data = {
        **_common(case, root, at=at),
        "held_on": row.held_on,
        "place": row.place,
        "chair": row.chair,
        "attendants": row.attendants,
        "minutes": minutes,
    }
    return _issue(case, root, "hearing_record", "听证笔录", data)


def _issue(
    case: Case, root: Case, template: str, title: str, data: Mapping[str, Any]
) -> Mapping[str, Any]:
    values = read_form(root).values
    return {
        "template": template,
        "title": title,
        "data": data,
        "seal": case.department,
        "recipient": root.applicant_person,
        "recipient_name": values.get("applicant_name", ""),
    }


def _common(case: Case, root: Case, *, at: datetime) -> dict[str, Any]:
    values = read_form(root).values
    return {
        "number": case.number,
        "matter": case.title,
        "applicant": values.get("applicant_name", ""),
        "business_name": values.get("business_name", ""),
        "address": values.get("premises_address", ""),
        "department": organisation.get_department(case.department).name,
        "issued_on": periods.today(at),
        "hotline": get_city().hotline,
    }


def _public(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form without what a licence never shows."""
    hidden = {"applicant_id_number", "applicant_phone", "applicant_address", "is_truthful"}
    return {name: value for name, value in values.items() if name not in hidden}


def _matter(case: Case) -> Matter:
    matter = get_revision(case.revision_id).matter
    assert matter is not None, "a member's case is a matter's"
    return matter


def _result(matter: Matter) -> Result:
    return matter.results[0]


def _titles(case: Case) -> list[str]:
    from shuzheng.support.matters.queries import get_matter

    on = periods.today(case.created_at)
    return [get_matter(key, on=on).title for key in case.variables.get("matters", ())]


def _reference(citation: Mapping[str, Any]) -> str:
    return Citation.model_validate(citation).reference

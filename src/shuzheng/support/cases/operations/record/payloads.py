"""What documents and licences say about a case: gathered once, when they are asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shuzheng.institutions.city.queries import get_city
from shuzheng.policy.citations import Citation
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import (
    Case,
    Correction,
    ToFollow,
)
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.call import Call
from shuzheng.support.cases.operations.record.commitments import is_by_commitment
from shuzheng.support.cases.operations.record.forms import read_form
from shuzheng.support.cases.operations.record.paper_parts import common, issue, matter_of
from shuzheng.support.matters.queries import get_matter
from shuzheng.support.matters.rules import Bundle, Matter, Result


def document(call: Call) -> Mapping[str, Any]:
    """Return what the written ruling of a matter says."""
    result = _result(matter_of(call.case))
    ruling = call.case.ruling
    template = result.grant_template if ruling.is_granted else result.refusal_template
    outcome = "准予" if ruling.is_granted else "不予"
    is_committed = is_by_commitment(call.case)
    data = {
        **common(call.case, call.root, at=call.at),
        "outcome": outcome,
        "applied_on": _applied_on(call),
        "is_by_commitment": is_committed,
        "reasons": ruling.reasons or _usual_reasons(is_committed=is_committed),
        "basis": Citation.model_validate(ruling.citation).reference,
        "remedies": ruling.remedies,
        "result": result.name,
        "ruled_on": ruling.ruled_on,
    }
    return issue(call.case, call.root, template, f"{outcome}{call.case.title}决定书", data)


def _applied_on(call: Call) -> date:
    return periods.today(call.root.submitted_at or call.root.created_at)


def _usual_reasons(*, is_committed: bool) -> str:
    if is_committed:
        return "承诺和申请材料齐全、符合法定形式。"
    return "申请材料齐全，符合法定条件。"


def licence(call: Call) -> Mapping[str, Any]:
    """Return what the licence of a granted matter says."""
    values = read_form(call.root).values
    return {
        "licence_type": _result(matter_of(call.case)).licence_type,
        "holder_name": values.get("business_name") or values.get("applicant_name", ""),
        "holder_reference": call.root.applicant_person,
        "recipient": call.root.applicant_person,
        "facts": {**_public(values), **read_form(call.root).answers},
        "seal": call.case.department,
    }


def receipt(
    case: Case, bundle: Bundle, *, materials: Sequence[str], at: datetime
) -> Mapping[str, Any]:
    """Return what the receipt for the submitted papers says, with their names."""
    data = {
        **common(case, case, at=at),
        "received_on": periods.today(at),
        "matters": titles_of(case, case.variables.get("matters", ())),
        "materials": list(materials),
        "next": f"综合窗口将在{bundle.receiving_period.amount}个工作日内答复是否受理。",
        "receipt_code": case.receipt_code,
    }
    return issue(case, case, "receipt", "收件凭证", data)


def correction_notice(case: Case, correction: Correction, *, at: datetime) -> Mapping[str, Any]:
    """Return the notice that tells once all that must be corrected."""
    data = {
        **common(case, case, at=at),
        "items": [each["text"] for each in correction.items],
        "deadline_on": correction.deadline_on,
    }
    return issue(case, case, "correction_notice", gettext_noop("补正告知书"), data)


def acceptance_notice(case: Case, *, promised_on: date, at: datetime) -> Mapping[str, Any]:
    """Return the notice of acceptance."""
    data = {
        **common(case, case, at=at),
        "matters": titles_of(case, case.variables.get("matters", ())),
        "accepted_on": date.fromisoformat(case.variables["accepted_on"]),
        "promised_on": promised_on,
        **_to_follow(case),
    }
    return issue(case, case, "acceptance_notice", "受理通知书", data)


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
    data = {
        **common(case, case, at=at),
        "matters": list(matters),
        "materials": [each["name"] for each in row.materials],
        "deadline_on": row.deadline_on,
        "reasons": row.reasons,
        "remedies": get_city().say_remedies(),
    }
    return issue(case, case, "acceptance_revocation", gettext_noop("撤销受理决定书"), data)


def titles_of(root: Case, matters: Iterable[str]) -> list[str]:
    """Return the titles of matters by key."""
    on = periods.today(root.submitted_at or root.created_at)
    return [get_matter(key, on=on).title for key in matters]


def non_acceptance(case: Case, *, reason: str, at: datetime) -> Mapping[str, Any]:
    """Return the decision not to accept, with reasons and remedies."""
    data = {
        **common(case, case, at=at),
        "reasons": reason,
        "remedies": get_city().say_remedies(),
    }
    return issue(case, case, "non_acceptance", gettext_noop("不予受理决定书"), data)


def _public(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form without what a licence never shows."""
    hidden = {"applicant_id_number", "applicant_phone", "applicant_address", "is_truthful"}
    return {name: value for name, value in values.items() if name not in hidden}


def _result(matter: Matter) -> Result:
    return matter.results[0]

"""What every paper of a case carries: whom it is about, who issues it, who gets it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shuzheng.institutions.city.queries import get_city
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.forms import read_form
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import Matter


def issue(
    case: Case, root: Case, template: str, title: str, data: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the paper as the documents room takes it, sealed by the case's department."""
    values = read_form(root).values
    return {
        "template": template,
        "title": title,
        "data": data,
        "seal": case.department,
        "recipient": root.applicant_person,
        "recipient_name": values.get("applicant_name", ""),
    }


def common(case: Case, root: Case, *, at: datetime) -> dict[str, Any]:
    """Return what stands on each paper about a case."""
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


def matter_of(case: Case) -> Matter:
    """Return the matter of a member's case, in the version it was opened under."""
    matter = get_revision(case.revision_id).matter
    assert matter is not None, "a member's case is a matter's"
    return matter

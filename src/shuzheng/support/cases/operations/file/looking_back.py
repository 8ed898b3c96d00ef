"""Look at a case as it was: a reading like any other, shown to the applicant."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.file.reading import PurposeMissing, require_readable
from shuzheng.support.cases.operations.record.access import is_applicant, matters_open_to
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.queries.past import CaseAt, case_at
from shuzheng.support.cases.rules import AUDIT_CASES, CASE_READ

ASKED_BY_ALL = frozenset({"answers"})


@transaction.atomic
def open_case_at(
    *,
    number: str,
    moment: datetime,
    step: int | None = None,
    purpose: str,
    by: Actor,
    at: datetime,
) -> CaseAt:
    """Return a case as it was at a moment, with the flow, rules and recorded data of then.

    Args:
        moment: up to which everything has happened.
        step: the last step to look at, where several happened in one moment.
        purpose: why it is read; the applicant's own reading needs none.

    Raises:
        CaseNotFound: there is none, or it is none of the actor's business.
        PurposeMissing: an official gave no purpose.
        HistoryUnknown: its flow had not begun then.
    """
    require_readable(number=number, by=by)
    case = Case.objects.select_related("root").defer("form_encrypted").get(number=number)
    if not is_applicant(case, by) and not purpose.strip():
        raise PurposeMissing
    then = case_at(number, moment, step=step)
    then = replace(then, variables=_open_to(case, then.variables, by))
    if not is_applicant(case, by):
        fields = ["past", moment.isoformat(), *sorted(then.variables)]
        note(CASE_READ, case, by=by, at=at, purpose=purpose, fields=fields)
    return then


def _open_to(case: Case, variables: Mapping[str, Any], by: Actor) -> Mapping[str, Any]:
    """Leave of the recorded data what the actor's duty needs: the same as of the file of today.

    What all departments asked is for those who may see the whole file; what an official thinks is
    for the own department.
    """
    root = case.root or case
    sees_whole = set(root.variables.get("matters", ())) <= set(matters_open_to(root, by))
    is_own = by.department == case.department or by.may(AUDIT_CASES)
    if not (sees_whole or is_own):
        return {}
    return {
        name: value
        for name, value in variables.items()
        if (sees_whole or name not in ASKED_BY_ALL) and (is_own or not _is_opinion(value))
    }


def _is_opinion(value: Any) -> bool:
    return isinstance(value, Mapping) and "opinion" in value

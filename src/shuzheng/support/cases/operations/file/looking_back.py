"""Look at a case as it was: a reading like any other, shown to the applicant."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.file.reading import PurposeMissing, require_readable
from shuzheng.support.cases.operations.record.access import is_applicant
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.queries.past import CaseAt, case_at
from shuzheng.support.cases.rules import CASE_READ


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
    if not is_applicant(case, by):
        if not purpose.strip():
            raise PurposeMissing
        note(CASE_READ, case, by=by, at=at, purpose=purpose, fields=["past", moment.isoformat()])
    return case_at(number, moment, step=step)

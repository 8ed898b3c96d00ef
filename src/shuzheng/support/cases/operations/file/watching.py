"""Look at a case on the drawing of its flow: a reading like any other, shown to the applicant."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.file.reading import PurposeMissing, require_readable
from shuzheng.support.cases.operations.record.access import is_applicant
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.queries.trails import FlowOfCase, get_flow_of_case
from shuzheng.support.cases.rules import CASE_READ


@transaction.atomic
def open_flow(*, number: str, purpose: str, by: Actor, at: datetime) -> FlowOfCase | None:
    """Return where a case stands on its drawing; nothing if its flow has not begun.

    Raises:
        CaseNotFound: there is none, or it is none of the actor's business.
        PurposeMissing: an official gave no purpose.
    """
    require_readable(number=number, by=by)
    case = Case.objects.select_related("root").get(number=number)
    if not is_applicant(case, by):
        if not purpose.strip():
            raise PurposeMissing
        note(CASE_READ, case, by=by, at=at, purpose=purpose, fields=["flow"])
    return get_flow_of_case(number)

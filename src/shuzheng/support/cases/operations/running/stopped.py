"""A flow that cannot go on by itself is said once, and tried again less and less often."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from shuzheng.infrastructure.access.rules import system
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules.flow_entries import FLOW_STOPPED

_log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=1)
_MOST_DOUBLINGS = 11


def next_attempt_at(*, attempts: int, at: datetime) -> datetime:
    """Return when to try again: after a minute, then twice as long each time, a day at most."""
    wait: timedelta = min(FIRST_WAIT * (1 << min(attempts, _MOST_DOUBLINGS)), LONGEST_WAIT)
    return at + wait


@transaction.atomic
def note_stopped(number: str, refusal: Refusal, *, cause: str, at: datetime) -> None:
    """Journal that a case could not go on by its timer or message, and why."""
    _log.error("case %s cannot go on by its %s: %s", number, cause, refusal)
    case = Case.objects.select_related("root").get(number=number)
    note(
        FLOW_STOPPED,
        case,
        by=system(cause),
        at=at,
        cause=cause,
        code=refusal.code,
        sentence=str(refusal),
    )

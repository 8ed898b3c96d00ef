"""Due dates follow the calendar: when a year is published or a day overridden, clocks recount."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from shuzheng.infrastructure.access.rules import system
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.cases.models import Case, Clock, Timer
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.running.flow import change_variables

CAUSE = "工作日历调整"
DEADLINE_OF = {"receiving": "acceptance_deadline"}
"""Variables of the flow that hold the end of a clock, on which its timers were set."""


def recount_due_dates(*, at: datetime, limit: int = 200) -> int:
    """Recount the running clocks that were counted by another calendar; returns how many cases.

    Each case is a transaction of its own and carries the calendar it was counted by, so a run
    that was cut short goes on where it stopped, and a second run finds nothing to do.

    Source: 行政许可法 第八十二条.
    """
    edition = get_calendar().edition
    stale = Clock.objects.filter(stopped_at__isnull=True).exclude(calendar=edition)
    numbers = list(
        Case.objects.filter(pk__in=stale.order_by("case").values("case")[:limit])
        .order_by("pk")
        .values_list("number", flat=True)
    )
    for number in numbers:
        _recount(number, at=at)
    return len(numbers)


@transaction.atomic
def _recount(number: str, *, at: datetime) -> None:
    root, case = lock_case(number)
    by = system("calendar")
    before = dict(_running(case).values_list("kind", "due_on"))
    periods.recompute(case, cause=CAUSE, by=by, at=at)
    calendar = get_calendar()
    for clock in _running(case):
        clock.calendar = calendar.edition
        clock.is_provisional = calendar.is_provisional(clock.due_on)
        clock.save(update_fields=["calendar", "is_provisional"])
        if clock.kind in DEADLINE_OF and clock.due_on != before[clock.kind]:
            old, new = periods.end_of(before[clock.kind]), periods.end_of(clock.due_on)
            Timer.objects.filter(case=case, state="set", fire_at=old).update(fire_at=new)
            changes = {DEADLINE_OF[clock.kind]: new.isoformat()}
            change_variables(root, case, changes, by=by, at=at)


def _running(case: Case) -> QuerySet[Clock]:
    return case.clocks.filter(stopped_at__isnull=True)

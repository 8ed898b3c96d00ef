"""Remind who has a task before its limit, once for each limit, and never in quiet hours."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from shuzheng.infrastructure.access.rules import system
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.cases.models import Reminder, Task
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import light
from shuzheng.support.cases.rules.reminding import TASK_NEAR_LIMIT, ReminderRule

BY = system("reminders")


def remind_near(*, at: datetime, limit: int = 200) -> int:
    """Remind the posts whose tasks are near their limit; returns how many.

    A limit that moves is reminded of anew; where the clock stands nobody is. Without a rule in the
    city's content nobody is either.
    """
    definition = Reminder.objects.values_list("definition", flat=True).order_by("key").first()
    calendar = get_calendar()
    if definition is None:
        return 0
    rule, local = ReminderRule.model_validate(definition), at.astimezone(calendar.zone)
    if rule.is_quiet(local, calendar.is_working_day):
        return 0
    today = calendar.local_day(at)
    horizon = rule.horizon(today, calendar.is_working_day)
    due = (
        Task.objects.filter(state="open", for_applicant=False, due_on__range=(today, horizon))
        .filter(Q(reminded_for__isnull=True) | ~Q(reminded_for=F("due_on")))
        .exclude(case__suspensions__to_at__isnull=True, case__suspensions__isnull=False)
        .order_by("due_on", "pk")
    )
    return sum(_remind(pk, at) for pk in due.values_list("pk", flat=True)[:limit])


@transaction.atomic
def _remind(pk: int, at: datetime) -> bool:
    """Write down one reminder; another worker that was faster leaves nothing to do."""
    fresh = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("due_on"))
    rows = Task.objects.filter(fresh, pk=pk, state="open")
    if not rows.update(reminded_for=F("due_on")):
        return False
    task, calendar = Task.objects.select_related("case__root").get(pk=pk), get_calendar()
    assert task.due_on is not None
    near = light(
        due_on=task.due_on,
        today=calendar.local_day(at),
        is_working_day=calendar.is_working_day,
    )
    note(
        TASK_NEAR_LIMIT,
        task.case,
        by=BY,
        at=at,
        task=task.name,
        post=task.post,
        holder_name=task.claimed_name or "未认领",
        due_on=task.due_on.isoformat(),
        days_left=near.working_days_left,
        link=f"/desk/tasks/{task.pk}/",
    )
    return True

"""Timers at which flows begin by themselves: kept in step with the flows in force, and fired."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q

from shuzheng.infrastructure.access.rules import system
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import TimerStart
from shuzheng.support.cases.operations.running.beginning import (
    Beginning,
    begin_case,
    note_not_begun,
)
from shuzheng.support.cases.operations.running.stopped import next_attempt_at
from shuzheng.support.cases.queries.starting import Starter, get_starter, list_starters
from shuzheng.support.cases.rules.starts import Cause, Due, first_due, next_due
from shuzheng.support.cases.rules.timers import TimerUnreadable
from shuzheng.support.workflow.rules import Start

_BY = system("timers")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A timer start event of a flow in force."""

    starter: Starter
    start: Start

    def write(self, row: TimerStart, at: datetime) -> bool:
        """Let a row say what is drawn; its count begins anew if that is another time."""
        said = (row.flow_id, row.timer, row.value)
        row.flow_id, row.timer, row.value = self._says()
        if said[1:] != (row.timer, row.value):
            _set(row, self._first(at))
        return said != self._says()

    def _says(self) -> tuple[int, str, str]:
        return self.starter.version.id, self.start.timer, self.start.value

    def _first(self, at: datetime) -> Due:
        zone, matter = get_calendar().zone, self.starter.matter
        in_force_at = datetime.combine(matter.valid_from, time.min, tzinfo=zone)
        since = max(self.starter.version.published_at, in_force_at)
        timer, value = self.start.timer, self.start.value
        try:
            return first_due(timer=timer, value=value, since=since, zone=zone)
        except TimerUnreadable as refusal:
            note_not_begun(matter.key, "timer", value, refusal, by=_BY, at=at)
            return Due(None, 0)


def fire_starts(*, at: datetime, limit: int = 100) -> int:
    """Let flows begin whose moment has come; returns how many cases were opened.

    However often a moment was missed, one case is opened. A flow that refuses is journalled and
    tried again later: it must not hold up the others.
    """
    _keep_in_step(at)
    due = TimerStart.objects.filter(Q(try_at=None) | Q(try_at__lte=at), next_at__lte=at)
    return sum(_try(row, at) for row in list(due.order_by("next_at", "pk")[:limit]))


@transaction.atomic
def _keep_in_step(at: datetime) -> None:
    """Make, change and take away rows as the flows in force draw them."""
    drawn = {
        (starter.matter.key, start.element): _Drawn(starter, start)
        for starter in list_starters(at=at)
        for start in starter.version.flow.starts
        if start.trigger == "timer"
    }
    for row in TimerStart.objects.select_for_update().order_by("pk"):
        found = drawn.pop((row.matter, row.element), None)
        if found is None:
            row.delete()
        elif found.write(row, at):
            row.save()
    new = [TimerStart(matter=matter, element=element) for matter, element in drawn]
    for row in new:
        drawn[row.matter, row.element].write(row, at)
    TimerStart.objects.bulk_create(new, ignore_conflicts=True)


def _try(row: TimerStart, at: datetime) -> bool:
    try:
        return _fire(row.pk, at)
    except Refusal as refusal:
        _postpone(row, refusal, at)
        return False


@transaction.atomic
def _fire(pk: int, at: datetime) -> bool:
    """Begin one flow, unless another worker does or it is no longer in force."""
    rows = TimerStart.objects.select_for_update(skip_locked=True)
    row = rows.filter(pk=pk, next_at__lte=at).first()
    starter = get_starter(row.matter, at=at) if row else None
    if row is None or row.next_at is None:
        return False
    if starter is None or starter.version.id != row.flow_id:
        return False
    cause = Cause("timer", row.value, at=row.next_at.isoformat())
    due = Due(row.next_at, row.left)
    zone = get_calendar().zone
    _set(row, next_due(timer=row.timer, value=row.value, due=due, now=at, zone=zone))
    row.save()
    begin_case(Beginning(starter, row.element, cause, {}), by=_BY, at=at)
    return True


def _set(row: TimerStart, due: Due) -> None:
    row.next_at, row.left, row.attempts, row.try_at = due.next_at, due.left, 0, None


@transaction.atomic
def _postpone(row: TimerStart, refusal: Refusal, at: datetime) -> None:
    try_at = next_attempt_at(attempts=row.attempts, at=at)
    waiting = TimerStart.objects.filter(pk=row.pk, attempts=row.attempts)
    if waiting.update(attempts=row.attempts + 1, try_at=try_at) and row.attempts == 0:
        note_not_begun(row.matter, "timer", row.value, refusal, by=_BY, at=at)

"""Timers whose moment has come move their flows, each case in its own transaction."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from shuzheng.infrastructure.access.rules import system
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import Timer
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.running.flow import proceed
from shuzheng.support.cases.operations.running.stopped import next_attempt_at, note_stopped
from shuzheng.support.workflow import rules as engine


def fire_timers(*, at: datetime, limit: int = 100) -> int:
    """Let flows go on whose moment has come; returns how many.

    A flow that refuses is journalled and tried again later: it must not hold up the others.
    """
    due = Timer.objects.filter(Q(try_at=None) | Q(try_at__lte=at), state="set", fire_at__lte=at)
    fired = 0
    for pk, number in due.order_by("fire_at").values_list("pk", "case__number")[:limit]:
        try:
            fired += _fire(pk, number, at)
        except Refusal as refusal:
            _postpone(pk, number, refusal, at)
    return fired


@transaction.atomic
def _fire(pk: int, number: str, at: datetime) -> bool:
    root, case = lock_case(number)
    timer = Timer.objects.get(pk=pk)
    if timer.state != "set":
        return False
    Timer.objects.filter(pk=pk).update(state="fired")
    event = engine.TimerFired(token=timer.token)
    proceed(root, case, event, fired={timer.token: timer.fire_at}, by=system("timers"), at=at)
    return True


def _postpone(pk: int, number: str, refusal: Refusal, at: datetime) -> None:
    attempts = Timer.objects.values_list("attempts", flat=True).get(pk=pk)
    try_at = next_attempt_at(attempts=attempts, at=at)
    Timer.objects.filter(pk=pk).update(attempts=F("attempts") + 1, try_at=try_at)
    if attempts == 0:
        note_stopped(number, refusal, cause="timers", at=at)

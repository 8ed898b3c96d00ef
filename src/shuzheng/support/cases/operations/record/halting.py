"""Stop cases where they stand: no task, timer or message moves them any more."""

from collections.abc import Sequence
from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, FlowStep, Suspension, Task, Timer, Wait
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.rules.states import State


def halt(cases: Sequence[Case], *, to: State, why: str, by: Actor, at: datetime) -> None:
    """End locked cases in a state; their flows stay as they were, for whoever looks back.

    Args:
        why: what a special procedure that ran is said to have ended with.
    """
    family = [case.pk for case in cases]
    if not family:
        return
    Task.objects.filter(case__in=family, state="open").update(state="cancelled", done_at=at)
    Timer.objects.filter(case__in=family, state="set").update(state="cancelled")
    Wait.objects.filter(case__in=family).delete()
    for each in cases:
        periods.stop_clocks(each, at=at)
    Suspension.objects.filter(case__in=family, to_at__isnull=True).update(
        to_at=at, to_on=periods.today(at), result=why
    )
    Case.objects.filter(pk__in=family).update(state=to, closed_at=at)
    FlowStep.objects.bulk_create(
        FlowStep(case=each, flow_id=each.flow_id, at=at, actor=by.post or by.kind, state=to)
        for each in cases
        if each.flow_state is not None
    )

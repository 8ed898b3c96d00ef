"""What one run of a flow opens and closes, gathered to be written at once: tasks and timers."""

from datetime import UTC, datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.cases.models import Case, Task, Timer
from shuzheng.support.cases.operations.record.keeping import (
    Part,
    inserted,
    tasks_closed,
    timers_cancelled,
)
from shuzheng.support.cases.operations.running import effects
from shuzheng.support.cases.rules.timers import next_firing
from shuzheng.support.workflow import rules as engine


class Agenda:
    """Tasks and timers of one run; what is opened and closed within it is never written."""

    def __init__(self, case: Case, by: Actor, at: datetime, fired: dict[str, datetime]) -> None:
        self.case = case
        self.by = by
        self.at = at
        self.fired = fired
        self.opened: dict[str, engine.OpenTask] = {}
        self.closed: list[str] = []
        self.timers: dict[str, datetime] = {}
        self.cancelled: list[str] = []

    def add(self, effect: engine.OpenTask | engine.CloseTask | engine.CancelTimer) -> None:
        """Take a task or timer in, or strike it out."""
        match effect:
            case engine.OpenTask(token=token):
                self.opened[token] = effect
            case engine.CloseTask(token=token):
                if self.opened.pop(token, None) is None:
                    self.closed.append(token)
            case engine.CancelTimer(token=token):
                if self.timers.pop(token, None) is None and token not in self.fired:
                    self.cancelled.append(token)

    def set_timer(self, effect: engine.SetTimer) -> list[engine.TimerFired]:
        """Note when the flow goes on by itself; what is past already fires once, at once.

        Raises:
            TimerUnreadable: the flow's text is no time.
        """
        moment = next_firing(
            kind=effect.kind,
            value=effect.value,
            now=self.at,
            zone=UTC if effect.kind == "duration" else get_calendar().zone,
            previous=self.fired.get(effect.token),
        )
        if moment <= self.at:
            self.fired[effect.token] = moment
            return [engine.TimerFired(effect.token)]
        self.timers[effect.token] = moment
        return []

    def parts(self) -> list[Part]:
        """Return what is to be written of tasks that closed and of timers."""
        parts = []
        if self.cancelled:
            parts.append(timers_cancelled(self.case, self.cancelled))
        if self.closed:
            parts.append(tasks_closed(self.case, self.closed, at=self.at))
        if self.timers:
            timers = [Timer(case=self.case, token=k, fire_at=at) for k, at in self.timers.items()]
            parts.append(inserted(timers))
        return parts

    def tasks(self) -> list[Task]:
        """Return the tasks to be inserted.

        Raises:
            PostMissing: nobody has the duty of one of them.
        """
        return effects.tasks_of(self.case, self.opened.values(), at=self.at)

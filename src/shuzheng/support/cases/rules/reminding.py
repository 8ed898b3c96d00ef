"""When a holder is reminded before a limit, and when the house keeps quiet."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from pydantic import Field

from shuzheng.infrastructure.content.rules import ContentModel
from shuzheng.infrastructure.journal.rules import declare_entry_kind

TASK_NEAR_LIMIT = declare_entry_kind(
    "task.near_limit",
    "到期提醒",
    facts=("number", "matter", "task", "post", "holder_name", "due_on", "days_left", "link"),
)


class ReminderRule(ContentModel):
    """When holders are reminded, by the city's choice; no law sets it.

    Attributes:
        before_working_days: from how many working days before the limit; 0 is the last day.
        quiet_from, quiet_to: local times between which nobody is reminded; may go over midnight.
        on_working_days: whether days off are quiet altogether.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    before_working_days: int = Field(ge=0, le=30)
    quiet_from: time
    quiet_to: time
    on_working_days: bool = True

    def is_quiet(self, local: datetime, is_working_day: Callable[[date], bool]) -> bool:
        """Say whether nobody is reminded at that local moment."""
        if self.on_working_days and not is_working_day(local.date()):
            return True
        now = local.time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= now < self.quiet_to
        return now >= self.quiet_from or now < self.quiet_to

    def horizon(self, today: date, is_working_day: Callable[[date], bool]) -> date:
        """Return the last due date that is near today: so many working days on.

        >>> given = {"key": "a", "quiet_from": "20:00", "quiet_to": "08:00"}
        >>> friday = ReminderRule(**given, before_working_days=1)
        >>> friday.horizon(date(2026, 11, 20), lambda day: day.weekday() < 5)
        datetime.date(2026, 11, 23)
        """
        day, left = today, self.before_working_days
        while left:
            day += timedelta(days=1)
            left -= is_working_day(day)
        return day

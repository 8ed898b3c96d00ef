"""When a bundle will be done as things stand, which may be later than was promised."""

from datetime import date

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.periods import Period, PeriodUnit, due_on
from shuzheng.support.cases.queries.rows import Progress


def expected_on(progress: Progress) -> date | None:
    """Return the day by which all members should be decided; nothing while none is open.

    A member whose clock stands is expected later by the days its procedure was said to take
    (``docs/decisions/a-promise-stays.md``).
    """
    days = [_member_on(each) for each in progress.members if each.ruling is None]
    return max((day for day in days if day is not None), default=None)


def _member_on(member: Progress) -> date | None:
    due = member.case.due_on
    running = next((each for each in member.suspensions if each.to_on is None), None)
    if due is None or running is None:
        return due
    period = Period(amount=running.expected_working_days, unit=PeriodUnit.WORKING_DAY)
    return due_on(period, started_on=due, calendar=get_calendar())

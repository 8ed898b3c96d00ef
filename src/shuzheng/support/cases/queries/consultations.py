"""What other departments were asked about a case, and what they said."""

from dataclasses import dataclass
from datetime import date, datetime

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.policy.periods import Period, PeriodUnit
from shuzheng.policy.periods import due_on as limit_of
from shuzheng.support.cases.models import Consultation
from shuzheng.support.cases.queries.lighting import lights
from shuzheng.support.cases.rules import Light
from shuzheng.support.cases.rules.consultations import KINDS, STANCES

USUAL_DAYS = 2


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """One question to one department; ``stance`` is empty until it answers."""

    id: int
    kind: str
    department: str
    question: str
    asked_name: str
    asked_at: datetime
    due_on: date
    light: Light
    stance: str
    answer: str
    answered_name: str
    answered_at: datetime | None


def list_consultations(number: str, *, today: date) -> tuple[ConsultationRow, ...]:
    """Return what was asked about a case, oldest first."""
    rows = Consultation.objects.filter(case__number=number).order_by("pk")
    light_of = lights(today)
    return tuple(
        ConsultationRow(
            id=row.pk,
            kind=KINDS[row.kind],
            department=row.department,
            question=row.question,
            asked_name=row.asked_name,
            asked_at=row.asked_at,
            due_on=row.due_on,
            light=light_of(None if row.answered_at else row.due_on),
            stance=STANCES.get(row.stance, ""),
            answer=row.answer,
            answered_name=row.answered_name,
            answered_at=row.answered_at,
        )
        for row in rows
    )


def usual_answer_days(*, due_on: date | None, today: date) -> int:
    """Return how many days another department is usually given: two, or what the limit leaves.

    Unit: working days, counted from tomorrow; none where the limit is today.
    """
    left = 0
    calendar = get_calendar()
    while left < USUAL_DAYS:
        period = Period(amount=left + 1, unit=PeriodUnit.WORKING_DAY)
        if due_on is not None and limit_of(period, started_on=today, calendar=calendar) > due_on:
            break
        left += 1
    return left


def list_departments_to_ask(*, own: str) -> tuple[str, ...]:
    """Return the codes of the other departments that have a post to answer."""
    duties = {duty for post in organisation.list_posts() for duty in post.duties}
    departments = (each.code for each in organisation.list_departments())
    return tuple(code for code in departments if code != own and f"advise:{code}" in duties)

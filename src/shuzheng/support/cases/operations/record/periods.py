"""Start, stop and move the clocks of a case; a due date never moves without a recorded cause."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.periods import Pause, Period, due_on
from shuzheng.support.cases.models import Case, Clock, Suspension
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import DUE_MOVED
from shuzheng.support.cases.rules.consultations import ELEMENT as CONSULTATION
from shuzheng.support.cases.rules.extensions import lengthened

PROMISE, STATUTORY = "promise", "statutory"
VISIT = "visit:"
"""What the duty of a joint visit begins with."""


def today(at: datetime) -> date:
    """Return the city's day of a moment."""
    return get_calendar().local_day(at)


def end_of(day: date) -> datetime:
    """Return the first moment after that day in the city."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=get_calendar().zone)


def root_number(case: Case) -> str:
    """Return the number under which the whole file is kept."""
    return case.root.number if case.root else case.number


def start_clock(case: Case, *, kind: str, period: Period, started_on: date) -> Clock:
    """Start a period of the case on that day."""
    calendar = get_calendar()
    due = due_on(period, started_on=started_on, calendar=calendar)
    if kind == PROMISE:
        due = _within_the_law(case, due)
    return Clock.objects.create(
        case=case,
        kind=kind,
        period=period.model_dump(mode="json"),
        started_on=started_on,
        due_on=due,
        is_provisional=calendar.is_provisional(due),
        calendar=calendar.edition,
    )


def stop_clocks(case: Case, *, at: datetime, kind: str = "") -> None:
    """Stop the running clocks of a case, or the one of that kind."""
    running = case.clocks.filter(stopped_at__isnull=True)
    (running.filter(kind=kind) if kind else running).update(stopped_at=at)


def restart_clock(case: Case, *, kind: str, cause: str, by: Actor, at: datetime) -> Clock:
    """Let a period of the case run anew from today; the journal says from when to when and why."""
    clock: Clock = case.clocks.get(kind=kind)
    clock.started_on, clock.stopped_at = today(at), None
    clock.save(update_fields=["started_on", "stopped_at"])
    period = Period.model_validate(clock.period)
    due = due_on(period, started_on=clock.started_on, calendar=get_calendar())
    if due != clock.due_on:
        _move(case, clock, due, cause=cause, by=by, at=at)
    return clock


def recompute(case: Case, *, cause: str, by: Actor, at: datetime) -> None:
    """Compute the due dates anew after a suspension or a change of the calendar.

    Source: 行政许可法 第四十五条.
    """
    for clock in case.clocks.filter(stopped_at__isnull=True).order_by("-kind"):
        due = computed_due_on(case, clock)
        if due != clock.due_on:
            _move(case, clock, due, cause=cause, by=by, at=at)
    earliest = case.clocks.filter(stopped_at__isnull=True).order_by("due_on").first()
    if earliest is not None:
        open_tasks = case.tasks.filter(state="open", for_applicant=False)
        open_tasks.exclude(element=CONSULTATION).update(due_on=earliest.due_on)
        visits = open_tasks.filter(duty__startswith=VISIT)
        visits.update(due_on=visit_due_on(case, earliest.due_on))


def visit_due_on(root: Case, due_on: date | None) -> date | None:
    """Return by when a joint visit is made: no later than the earliest who waits for it."""
    waiting = root.members.filter(matter__in=root.variables.get("visit_matters") or ())
    running = Clock.objects.filter(case__in=waiting, stopped_at__isnull=True)
    limits = [*running.values_list("due_on", flat=True), *([due_on] if due_on else ())]
    return min(limits, default=None)


def hasten_visit(root: Case, member: Case, due_on: date | None) -> None:
    """Let the open visit of a bundle be no later than a member that waits for it."""
    if due_on and member.matter in (root.variables.get("visit_matters") or ()):
        visits = root.tasks.filter(state="open", duty__startswith=VISIT)
        visits.filter(due_on__gt=due_on).update(due_on=due_on)


def computed_due_on(case: Case, clock: Clock) -> date:
    """Return the last day of a clock as its records give it: suspensions, extension, calendar."""
    period = Period.model_validate(clock.period)
    if clock.kind == STATUTORY:
        approved = case.extensions.filter(state="approved").values_list("period", flat=True)
        period = lengthened(period, [Period.model_validate(each) for each in approved])
    due = due_on(
        period,
        started_on=clock.started_on,
        calendar=get_calendar(),
        pauses=_pauses(case, clock),
    )
    return _within_the_law(case, due) if clock.kind == PROMISE else due


def _within_the_law(case: Case, promised_on: date) -> date:
    """Return the promised day, or the legal one where that is earlier; statutory clocks go first.

    Source: 浙江省保障“最多跑一次”改革规定 第十二条.
    """
    legal = case.clocks.filter(kind=STATUTORY).values_list("due_on", flat=True).first()
    return min(promised_on, legal) if legal else promised_on


def _pauses(case: Case, clock: Clock) -> tuple[Pause, ...]:
    """Return the days left out: a matter's own; of a bundle's legal period, those of its members.

    A bundle's promise is the city's own word: no law takes days out of it
    (``docs/decisions/a-promise-stays.md``).
    """
    ended = Suspension.objects.filter(to_on__isnull=False)
    if case.root_id is None and clock.kind == STATUTORY:
        ended = ended.filter(case__root=case)
    else:
        ended = ended.filter(case=case)
    return tuple(Pause(from_on=each.from_on, to_on=each.to_on) for each in ended)


def is_standing(case: Case) -> bool:
    """Say whether the clock stands still now; a bundle's while one of its members' does."""
    concerned = Q(case=case) if case.root_id else Q(case=case) | Q(case__root=case)
    return Suspension.objects.filter(concerned, to_at__isnull=True).exists()


def _move(case: Case, clock: Clock, due: date, *, cause: str, by: Actor, at: datetime) -> None:
    note(
        DUE_MOVED,
        case,
        by=by,
        at=at,
        clock=clock.kind,
        from_on=clock.due_on.isoformat(),
        to_on=due.isoformat(),
        cause=cause,
    )
    clock.due_on = due
    clock.is_provisional = get_calendar().is_provisional(due)
    clock.save(update_fields=["due_on", "is_provisional"])

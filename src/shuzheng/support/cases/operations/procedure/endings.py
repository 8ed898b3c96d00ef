"""Withdraw, rate, and sign for what was handed over."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.periods import Period, PeriodUnit, due_on
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases.models import Case, HandOver, Rating
from shuzheng.support.cases.operations.handling.recusal import require_unrecused
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.access import is_applicant, lock_own_case
from shuzheng.support.cases.operations.record.halting import halt
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import (
    HAND_OVER_RECEIVED,
    RATED,
    RECEIVE_HAND_OVER,
    WITHDRAWN,
    AlreadyRated,
    CaseNotFound,
    OnlyApplicantWithdraws,
)
from shuzheng.support.cases.rules.states import APPLICANT_MAY_WITHDRAW, ENDS, State, require

BAD_LEVEL = 2
ANSWER_WITHIN = Period(amount=15, unit=PeriodUnit.WORKING_DAY)
"""A bad rating is answered in 15 working days; seen on a secondary page only (domain.md 1.4)."""


class LevelUnknown(Invalid):
    """There are five levels."""

    code = "rating-level"
    template = gettext_noop("请选择满意度。")


@transaction.atomic
def withdraw_case(*, number: str, by: Actor, at: datetime) -> None:
    """Take the own application back before all is decided; rulings already made stand.

    Raises:
        OnlyApplicantWithdraws: somebody who helps asks, and it is accepted.
        CaseStateForbids: it has ended, or every matter is decided.
    """
    case = lock_own_case(number, by)
    if case.state == State.ACCEPTED and not is_applicant(case, by):
        raise OnlyApplicantWithdraws
    state = State.RULED if _is_decided(case) else case.state
    require(number=number, state=state, allowed=APPLICANT_MAY_WITHDRAW, action=gettext_noop("撤回"))
    open_members = case.members.exclude(state__in=[*ENDS, State.RULED])
    halt([case, *open_members], to=State.WITHDRAWN, why="申请已撤回", by=by, at=at)
    note(WITHDRAWN, case, by=by, at=at)


def _is_decided(case: Case) -> bool:
    """Say whether each matter that belongs has its ruling, though not all is delivered yet."""
    matters = set(case.variables.get("matters", ()))
    ruled = case.members.filter(ruling__isnull=False).values_list("matter", flat=True)
    return bool(matters) and matters <= set(ruled)


@transaction.atomic
def rate_case(*, number: str, level: int, comment: str, by: Actor, at: datetime) -> None:
    """Rate a service that has ended, from 5 (very good) to 1; 2 and 1 are answered in time.

    Raises:
        AlreadyRated, CaseStateForbids, LevelUnknown.
    """
    case = lock_own_case(number, by)
    ended = {State.CLOSED, State.NOT_ACCEPTED}
    require(number=number, state=case.state, allowed=ended, action=gettext_noop("评价"))
    if level not in range(1, 6):
        raise LevelUnknown(field="level")
    if Rating.objects.filter(case=case).exists():
        raise AlreadyRated
    answer_by_on = None
    if level <= BAD_LEVEL:
        answer_by_on = due_on(ANSWER_WITHIN, started_on=periods.today(at), calendar=get_calendar())
    Rating.objects.create(
        case=case, level=level, comment=comment.strip(), rated_at=at, answer_by_on=answer_by_on
    )
    note(RATED, case, by=by, at=at, level=level)


@transaction.atomic
def receive_hand_over(*, number: str, by: Actor, at: datetime) -> None:
    """Sign for a hand-over of the own department."""
    guard(by, RECEIVE_HAND_OVER)
    hand_over = HandOver.objects.select_for_update().filter(case__number=number).first()
    if hand_over is None or hand_over.department != by.department:
        raise CaseNotFound(number=number)
    require_unrecused(hand_over.case, by)
    if hand_over.received_at is not None:
        return
    hand_over.received_at, hand_over.received_by = at, by.name
    hand_over.save(update_fields=["received_at", "received_by"])
    note(HAND_OVER_RECEIVED, hand_over.case, by=by, at=at, department=by.department)

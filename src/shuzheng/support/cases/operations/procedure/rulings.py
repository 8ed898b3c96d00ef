"""Each matter ends in its own department's written decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.city.queries import get_city
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, Ruling
from shuzheng.support.cases.operations.handling.consulting import (
    drop_consultations,
    require_countersigned,
)
from shuzheng.support.cases.operations.handling.recusal import require_unrecused
from shuzheng.support.cases.operations.handling.tasks import finish_task, lock_task
from shuzheng.support.cases.operations.handling.two_persons import require_two
from shuzheng.support.cases.operations.procedure.committing import open_check
from shuzheng.support.cases.operations.procedure.extending import drop_extension
from shuzheng.support.cases.operations.procedure.following import require_nothing_to_follow
from shuzheng.support.cases.operations.procedure.hearings import require_hearing_settled
from shuzheng.support.cases.operations.procedure.suspending import procedure_of
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.periods import stop_clocks, today
from shuzheng.support.cases.operations.running.flow import change_variables
from shuzheng.support.cases.rules import (
    REVIEW_CASE,
    REVIEWED,
    RULE_CASE,
    RULED,
    CaseNotFound,
    ClockIsSuspended,
    DecisionOfOtherCase,
    ReasonsMissing,
)
from shuzheng.support.cases.rules.states import State, follow, require
from shuzheng.support.decisions import operations as decisions
from shuzheng.support.decisions.queries import get_run
from shuzheng.support.matters.queries import get_revision


@transaction.atomic
def review_matter(
    *, task_id: int, advises_grant: bool, opinion: str, by: Actor, at: datetime
) -> None:
    """Give the reviewer's opinion; who rules on the matter sees it.

    Raises:
        ReasonsMissing: an opinion has words.
        ClockIsSuspended: a special procedure is running.
    """
    root, case, task = lock_task(task_id, by, permission=REVIEW_CASE, duty="review")
    require(
        number=case.number, state=case.state, allowed={State.ACCEPTED}, action=gettext_noop("审查")
    )
    _require_running(case)
    if not opinion.strip():
        raise ReasonsMissing(field="opinion")
    note(REVIEWED, case, by=by, at=at, advises_grant=advises_grant)
    outcome = {
        "outcome": "advise_grant" if advises_grant else "advise_refuse",
        "opinion": opinion.strip(),
        "reviewer": by.name,
    }
    finish_task(root, case, task, outcome, by=by, at=at)


@transaction.atomic
def rule_matter(*, task_id: int, is_granted: bool, reasons: str, by: Actor, at: datetime) -> None:
    """Grant or refuse the matter of a task, in the name of the post's department.

    Raises:
        ReasonsMissing: a refusal needs reasons (行政许可法 第三十八条第二款).
        VisitUnconfirmed, OwnReview: a second person is missing.
        CountersignAwaited: another department's word may still come in time.
        ClockIsSuspended: a special procedure is running.
    """
    root, case, task = lock_task(task_id, by, permission=RULE_CASE, duty="rule")
    require(
        number=case.number,
        state=case.state,
        allowed={State.ACCEPTED},
        action=gettext_noop("作出决定"),
    )
    _require_running(case)
    require_hearing_settled(case, at=at)
    require_two(root, case, by)
    require_countersigned(case, at=at)
    if not is_granted and not reasons.strip():
        raise ReasonsMissing(field="reasons")
    if is_granted:
        require_nothing_to_follow(root, case)
    _record(case, is_granted=is_granted, reasons=reasons.strip(), by=by, at=at)
    case.state = follow(number=case.number, state=case.state, to=State.RULED)
    stop_clocks(case, at=at)
    drop_extension(case, at=at)
    drop_consultations(case, at=at)
    outcome = {"outcome": "grant" if is_granted else "refuse", "is_granted": is_granted}
    finish_task(root, case, task, outcome, by=by, at=at)
    if is_granted:
        open_check(case, by=by, at=at)


def _require_running(case: Case) -> None:
    running = case.suspensions.filter(to_at__isnull=True).first()
    if running is not None:
        procedure = procedure_of(case, running.kind)
        raise ClockIsSuspended(number=case.number, kind=procedure.name)


def _record(case: Case, *, is_granted: bool, reasons: str, by: Actor, at: datetime) -> None:
    matter = get_revision(case.revision_id).matter
    assert matter is not None
    remedies = get_city().say_remedies(matter.remedies)
    Ruling.objects.create(
        case=case,
        is_granted=is_granted,
        reasons=reasons,
        citation=matter.basis[0].model_dump(mode="json"),
        remedies=remedies,
        department=case.department,
        ruled_by=by.post,
        ruled_name=by.name,
        ruled_at=at,
        ruled_on=today(at),
    )
    note(
        RULED,
        case,
        by=by,
        at=at,
        department=case.department,
        is_granted=is_granted,
        outcome="准予" if is_granted else "不予",
    )


@transaction.atomic
def set_aside_decision(
    *, number: str, run: int, element: str, value: Any, reasons: str, by: Actor, at: datetime
) -> None:
    """Put a person's judgement in the place of a table's, with reasons (个人信息保护法 第二十四条).

    Args:
        element: the flow's element that took the decision; its variable gets the new value.

    Raises:
        DecisionOfOtherCase: the run was made for another case, or the element goes by another.
    """
    guard(by, REVIEW_CASE)
    root, case = lock_case(number)
    if by.department != case.department:
        raise CaseNotFound(number=number)
    require_unrecused(case, by)
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    require(
        number=number,
        state=case.state,
        allowed={State.ACCEPTED},
        action=gettext_noop("改变研判结果"),
    )
    found = get_run(run)
    if found.case != number or case.variables.get(element) != found.value:
        raise DecisionOfOtherCase(number=number)
    decisions.set_aside(run=run, value=value, reasons=reasons.strip(), by=by, at=at)
    changes = {element: _merged(case.variables.get(element), value)}
    change_variables(root, case, changes, by=by, at=at)


def _merged(before: Any, value: Any) -> Any:
    if isinstance(before, Mapping) and isinstance(value, Mapping):
        return {**before, **value}
    return value

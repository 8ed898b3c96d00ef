"""One joint site visit for every department that needs to see the place."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases.models import Case, Visit, VisitPlan
from shuzheng.support.cases.operations.handling.tasks import finish_task, lock_task
from shuzheng.support.cases.operations.handling.two_persons import ask_confirmation, visiting_posts
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.periods import today
from shuzheng.support.cases.operations.running.flow import change_variables, proceed
from shuzheng.support.cases.rules import VISIT_SITE, VISITED, TwoVisitorsNeeded
from shuzheng.support.cases.rules.states import State
from shuzheng.support.cases.rules.visits import VISIT_PLANNED, require_plan
from shuzheng.support.workflow import rules as engine

MESSAGE = "site_visited"


class VisitInFuture(Invalid):
    """A visit is recorded after it was made."""

    code = "visit-in-future"
    template = gettext_noop("核查日期 {visited_on} 还没有到。")


@transaction.atomic
def plan_visit(
    *, task_id: int, planned_on: date | None, begins_at: time | None, by: Actor, at: datetime
) -> None:
    """Announce the day and hour of the visit to the applicant and the departments that come.

    A new plan takes the place of the earlier one and is announced again.

    Raises:
        VisitPlanIncomplete, VisitPlanInPast, VisitPlanTooLate.
    """
    root, case, task = lock_task(task_id, by, permission=VISIT_SITE, duty="visit")
    day, hour = require_plan(
        planned_on=planned_on, begins_at=begins_at, due_on=task.due_on, today=today(at)
    )
    plan = {"planned_on": day, "begins_at": hour, "planned_by": by.post}
    VisitPlan.objects.update_or_create(
        case=case, defaults={**plan, "planned_name": by.name, "planned_at": at}
    )
    facts = {"planned_on": day.isoformat(), "begins_at": hour.isoformat("minutes")}
    note(VISIT_PLANNED, case, by=by, at=at, posts=sorted(visiting_posts(root)), **facts)


@transaction.atomic
def record_visit(
    *,
    task_id: int,
    visited_on: date,
    participants: Sequence[str],
    findings: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> None:
    """Record the visit once for all matters that wait for it; the visit is inside their periods.

    The flow goes on; a ruling that rests on it waits until a second person has confirmed it.

    Args:
        participants: names with departments, two or more.
        findings: matter key to what was found.

    Source: 行政许可法 第三十四条第三款; 最多跑一次规定 第十八条第二款.
    """
    root, case, task = lock_task(task_id, by, permission=VISIT_SITE, duty="visit")
    names = _two_or_more(participants)
    if visited_on > today(at):
        raise VisitInFuture(field="visited_on", visited_on=visited_on.isoformat())
    visit = Visit.objects.create(
        case=case,
        visited_on=visited_on,
        participants=names,
        findings=dict(findings),
        recorded_by=by.post,
        recorded_account=by.account,
        recorded_name=by.name,
        recorded_at=at,
    )
    note(
        VISITED, case, by=by, at=at, visited_on=visited_on.isoformat(), departments=sorted(findings)
    )
    ask_confirmation(root, visit, by=by, at=at)
    outcome = {"outcome": "visited", "visited_on": visited_on.isoformat()}
    finish_task(root, case, task, outcome, by=by, at=at)
    _tell_members(root, outcome, by=by, at=at)


def _two_or_more(participants: Sequence[str]) -> list[str]:
    names = [each.strip() for each in participants if each.strip()]
    if len(names) < 2:  # noqa: PLR2004 - the law's own number
        raise TwoVisitorsNeeded(field="participants")
    return names


def _tell_members(root: Case, outcome: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Let the members that wait for the visit go on; those not opened yet inherit it."""
    for member in root.members.select_for_update().filter(state=State.ACCEPTED).order_by("pk"):
        member.root = root
        member.variables = {**member.variables, "visit": dict(outcome)}
        try:
            proceed(root, member, engine.MessageReceived(name=MESSAGE), by=by, at=at)
        except engine.MessageNotAwaited:
            change_variables(root, member, {}, by=by, at=at)

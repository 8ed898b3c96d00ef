"""Tasks: claim, release, complete exactly once, escalate when overdue."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, Permission, guard, system
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case, Task
from shuzheng.support.cases.operations.record.access import (
    is_applicant,
    is_helper,
    lock_case,
    lock_case_of_task,
)
from shuzheng.support.cases.operations.record.keeping import task_done
from shuzheng.support.cases.operations.record.notes import entry_of, note
from shuzheng.support.cases.operations.record.periods import today
from shuzheng.support.cases.operations.running.flow import proceed
from shuzheng.support.cases.rules import (
    OVERDUE,
    READ_CASE,
    TASK_CLAIMED,
    TASK_DONE,
    TASK_RELEASED,
    CaseStateForbids,
    TaskAlreadyDone,
    TaskClaimedByOther,
    TaskNotFound,
    TaskOfOtherKind,
)
from shuzheng.support.cases.rules.recusal import Recused
from shuzheng.support.workflow import rules as engine


def lock_task(
    task_id: int, by: Actor, *, permission: Permission, duty: str = ""
) -> tuple[Case, Case, Task]:
    """Lock a task of the actor's post with its case; the root is locked first.

    Args:
        duty: the verb of the duty that the task is about, e.g. ``rule``; empty for any.

    Raises:
        PostLacksPermission: the post may not do such work at all.
        TaskNotFound: there is none, or it is another post's.
        TaskAlreadyDone: somebody was faster.
        TaskClaimedByOther: a colleague works on it.
        TaskOfOtherKind: it is done in another way.
        Recused: the actor was recused from the case.
    """
    guard(by, permission)
    locked = lock_case_of_task(task_id, by)
    if locked is None:
        raise TaskNotFound
    root, case, task, is_recused = locked
    if not _concerns(task, case, by):
        raise TaskNotFound
    if is_recused:
        raise Recused(number=case.number)
    require_open(task, case)
    if task.claimed_by and task.claimed_by != by.account:
        raise TaskClaimedByOther(task=task.name, who=task.claimed_name)
    if duty and task.duty.partition(":")[0] != duty:
        raise TaskOfOtherKind(task=task.name)
    return root, case, task


def _concerns(task: Task, case: Case, by: Actor) -> bool:
    if task.for_applicant:
        return is_applicant(case, by) or is_helper(case, by)
    return by.kind == "official" and by.post in {task.post, task.escalated_to} - {""}


def require_open(task: Task, case: Case) -> None:
    """Refuse a task that is done or that the flow has left behind."""
    if task.state == "done":
        raise TaskAlreadyDone(task=task.name, who=task.done_name, when=_local_time(task.done_at))
    if task.state != "open":
        raise CaseStateForbids(number=case.number, state="任务已取消", action=f"办理“{task.name}”")


def _local_time(moment: datetime | None) -> str:
    """Return a moment as the city's clocks showed it."""
    return moment.astimezone(get_calendar().zone).strftime("%Y-%m-%d %H:%M") if moment else ""


def finish_task(
    root: Case,
    case: Case,
    task: Task,
    outcome: Mapping[str, Any],
    *,
    told: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Complete a locked task; the flow's conditions read its outcome and it goes on.

    Args:
        told: what the flow is told besides, to be merged or collected as its drawing says.
    """
    case.variables = {**case.variables, task.element: dict(outcome)}
    word = str(outcome.get("outcome", ""))
    done = entry_of(TASK_DONE, case, by=by, at=at, task=task.name, outcome=word)
    event = engine.TaskCompleted(token=task.token, outcome=dict(told or {}))
    writes = [task_done(task.pk, outcome, by=by, at=at)]
    proceed(root, case, event, notes=[done], writes=writes, by=by, at=at)


@transaction.atomic
def claim_task(*, task_id: int, by: Actor, at: datetime) -> None:
    """Take a task of the own post for oneself; colleagues see who has it."""
    _, case, task = lock_task(task_id, by, permission=READ_CASE)
    task.claimed_by, task.claimed_name = by.account, by.name
    task.save(update_fields=["claimed_by", "claimed_name"])
    note(TASK_CLAIMED, case, by=by, at=at, task=task.name, task_id=task.pk, holder=by.account)


@transaction.atomic
def release_task(*, task_id: int, by: Actor, at: datetime) -> None:
    """Give a claimed task back to the post."""
    _, case, task = lock_task(task_id, by, permission=READ_CASE)
    task.claimed_by, task.claimed_name = "", ""
    task.save(update_fields=["claimed_by", "claimed_name"])
    note(TASK_RELEASED, case, by=by, at=at, task=task.name, task_id=task.pk, holder="")


def escalate_overdue(*, at: datetime, limit: int = 200) -> int:
    """Show overdue tasks to the post above, once; returns how many."""
    day = today(at)
    overdue = Task.objects.filter(
        state="open", escalated_to="", for_applicant=False, due_on__lt=day
    ).exclude(case__suspensions__to_at__isnull=True, case__suspensions__isnull=False)
    escalated = 0
    for pk, number in overdue.order_by("due_on").values_list("pk", "case__number")[:limit]:
        escalated += _escalate(pk, number, day, at)
    return escalated


@transaction.atomic
def _escalate(pk: int, number: str, day: date, at: datetime) -> bool:
    _, case = lock_case(number)
    task = Task.objects.select_for_update().get(pk=pk)
    if task.state != "open" or task.escalated_to or task.due_on is None or task.due_on >= day:
        return False
    superior = organisation.get_superior_post(task.post) if task.post else None
    to = superior.code if superior else "-"
    show_above(OVERDUE, case, task, to, by=system("escalation"), at=at)
    return True


def show_above(
    kind: EntryKind, case: Case, task: Task, to: str, *, by: Actor, at: datetime, **facts: str
) -> None:
    """Show an open task to a post above too, which is told why by the kind."""
    task.escalated_to = to
    task.save(update_fields=["escalated_to"])
    told = {"task": task.name, "post": to, "from_post": task.post, **facts}
    note(kind, case, by=by, at=at, **told, link=f"/desk/tasks/{task.pk}/")

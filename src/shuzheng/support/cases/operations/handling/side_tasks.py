"""Tasks beside the flow: the procedure asks for them, no token of the flow waits for them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, Task
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.running.effects import post_for
from shuzheng.support.cases.rules import TASK_DONE, TASK_OPENED


def open_side_task(
    case: Case,
    *,
    element: str,
    key: int,
    name: str,
    duty: str,
    due_on: date | None,
    by: Actor,
    at: datetime,
) -> Task:
    """Give a task to the post with that duty; it lies in its inbox like every other.

    Args:
        element: what is to be done; with ``key`` it makes the task's token.
        key: number of the row that the task is about.
    """
    task = Task.objects.create(
        case=case,
        token=f"{element}:{key}",
        element=element,
        name=name,
        duty=duty,
        post=post_for(case, duty),
        due_on=due_on,
        opened_at=at,
    )
    note(
        TASK_OPENED,
        case,
        by=by,
        at=at,
        task=task.name,
        post=task.post,
        due_on=due_on.isoformat() if due_on else "",
        link=f"/desk/tasks/{task.pk}/",
    )
    return task


def finish_side_task(
    case: Case, task: Task, outcome: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Complete a locked task; the flow stays where it is."""
    task.state = "done"
    task.outcome = dict(outcome)
    task.done_by, task.done_name, task.done_at = by.account, by.name, at
    task.save()
    note(TASK_DONE, case, by=by, at=at, task=task.name, outcome=str(outcome.get("outcome", "")))


def drop_side_tasks(case: Case, *elements: str, at: datetime) -> None:
    """Cancel open tasks beside the flow that have lost their reason."""
    case.tasks.filter(element__in=elements, state="open").update(state="cancelled", done_at=at)


def key_of(task: Task) -> int:
    """Return the number of the row that a task beside the flow is about."""
    return int(task.token.rpartition(":")[2])

"""Tasks that no law of ours names: an official does them and says the outcome."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.operations.handling.tasks import finish_task, lock_task
from shuzheng.support.cases.rules import TaskOfOtherKind
from shuzheng.support.cases.rules.flow_entries import RESERVED, WORK_TASK


@transaction.atomic
def complete_task(*, task_id: int, outcome: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Complete a task of the own post; the flow goes on by its outcome.

    Args:
        outcome: JSON values; they become variables of the case, as they are and under the name of
            the element, or are collected where several do the same task.

    Raises:
        TaskOfOtherKind: the law gives this task a form of its own.
    """
    root, case, task = lock_task(task_id, by, permission=WORK_TASK)
    if task.for_applicant or task.duty.partition(":")[0] in RESERVED:
        raise TaskOfOtherKind(task=task.name)
    finish_task(root, case, task, outcome, told=outcome, by=by, at=at)

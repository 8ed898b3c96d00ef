"""Several tasks at once, each in its own transaction: what fails is named and holds up nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.operations.handling.handing_over import Row, attempt
from shuzheng.support.cases.operations.handling.tasks import claim_task
from shuzheng.support.cases.operations.procedure.rulings import review_matter
from shuzheng.support.cases.rules import CASE_READ, READ_CASE, REVIEW_CASE, ReasonsMissing
from shuzheng.support.cases.rules.several import (
    FileNotOpened,
    Kind,
    require_one_kind,
    require_picked,
)


def claim_tasks(*, task_ids: Sequence[int], by: Actor, at: datetime) -> tuple[Row, ...]:
    """Take several tasks for oneself; what a colleague has is named.

    Raises:
        NothingPicked, TooManyPicked: nothing is claimed.
    """
    guard(by, READ_CASE)
    require_picked(len(task_ids))
    return _each(task_ids, lambda pk: claim_task(task_id=pk, by=by, at=at), by=by)


def review_matters(
    *, task_ids: Sequence[int], advises_grant: bool, opinion: str, by: Actor, at: datetime
) -> tuple[Row, ...]:
    """Give the same opinion on several tasks of one kind, each file opened by the actor before.

    A ruling is never given so: each is an act of its own with its own reasons.

    Raises:
        NothingPicked, TooManyPicked, KindsMixed, ReasonsMissing: nothing is reviewed.
    """
    guard(by, REVIEW_CASE)
    require_picked(len(task_ids))
    if not opinion.strip():
        raise ReasonsMissing(field="opinion")
    found = _own(task_ids, by).values_list("element", "duty")
    require_one_kind([Kind(element, duty) for element, duty in found])

    def review(pk: int) -> None:
        _require_opened(pk, by)
        review_matter(task_id=pk, advises_grant=advises_grant, opinion=opinion, by=by, at=at)

    return _each(task_ids, review, by=by)


def _own(task_ids: Sequence[int], by: Actor) -> QuerySet[Task]:
    """Of the tasks that were picked, those of the actor's post; nobody is told of another's."""
    return Task.objects.filter(Q(post=by.post) | Q(escalated_to=by.post), pk__in=task_ids)


def _each(task_ids: Sequence[int], act: Callable[[int], None], *, by: Actor) -> tuple[Row, ...]:
    own = _own(task_ids, by).values_list("pk", "name", "case__number")
    names = {pk: (name, number) for pk, name, number in own}
    return tuple(attempt(act, pk, *names.get(pk, ("", ""))) for pk in dict.fromkeys(task_ids))


def _require_opened(pk: int, by: Actor) -> None:
    found = _own([pk], by).values_list("case__number", "case__root__number").first()
    if found is None:
        return
    number, root = found
    read = (
        entry.kind == CASE_READ.name
        and entry.actor_account == by.account
        and entry.subject == f"case:{number}"
        for entry in list_entries_of_case(root or number)
    )
    if not any(read):
        raise FileNotOpened(number=number)

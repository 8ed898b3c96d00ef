"""What became of a task somebody just did, and what comes next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import ServiceRequest, Task

MOST = 6
OUTCOMES = {
    "accept": gettext_noop("已受理"),
    "correct": gettext_noop("已一次性告知补正"),
    "decline": gettext_noop("已作出不予受理决定"),
    "visited": gettext_noop("核查结果已记录"),
    "advise_grant": gettext_noop("审查意见：建议准予"),
    "advise_refuse": gettext_noop("审查意见：建议不予"),
    "grant": gettext_noop("已决定准予"),
    "refuse": gettext_noop("已决定不予"),
    "agree": gettext_noop("意见：同意"),
    "disagree": gettext_noop("意见：不同意"),
    "none": gettext_noop("意见：无意见"),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """What somebody does next in the same file."""

    name: str
    post: str
    for_applicant: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A task done, in words, with what comes next in its file.

    Attributes:
        next_steps: tasks that it opened.
        others: tasks that were open before and go on.
        is_making: a paper or licence is being made, on which the flow waits.
        is_over: the whole file has closed; nothing comes.
    """

    task: str
    outcome: str
    number: str
    title: str
    next_steps: tuple[NextStep, ...]
    others: tuple[NextStep, ...]
    is_making: bool
    is_over: bool


def get_aftermath(task_id: int, *, account: str) -> Aftermath | None:
    """Return what became of a task the account did; nothing of anybody else's."""
    done = Task.objects.filter(pk=task_id, state="done", done_by=account).exclude(done_by="")
    task = done.select_related("case__root").first()
    if task is None:
        return None
    root = task.case.root or task.case
    family = Q(case=root) | Q(case__root=root)
    tasks = Task.objects.filter(family, state="open").order_by("pk")
    making = ServiceRequest.objects.filter(family, is_awaited=True, done_at__isnull=True)
    return Aftermath(
        task=task.name,
        outcome=OUTCOMES.get(str(task.outcome.get("outcome", "")), ""),
        number=task.case.number,
        title=task.case.title,
        next_steps=_steps(tasks.filter(opened_at__gte=task.done_at)),
        others=_steps(tasks.filter(opened_at__lt=task.done_at)),
        is_making=making.exists(),
        is_over=root.closed_at is not None,
    )


def _steps(tasks: QuerySet[Task]) -> tuple[NextStep, ...]:
    return tuple(
        NextStep(each.name, each.post, each.for_applicant, each.due_on) for each in tasks[:MOST]
    )

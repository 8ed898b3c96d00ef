"""What became of a task somebody just did, and what comes next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.rules.states import label

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
    """A task done, in words, with what comes next in its file."""

    task: str
    outcome: str
    number: str
    title: str
    state_label: str
    next_steps: tuple[NextStep, ...]


def get_aftermath(task_id: int, *, account: str) -> Aftermath | None:
    """Return what became of a task the account did; nothing of anybody else's."""
    done = Task.objects.filter(pk=task_id, state="done", done_by=account).exclude(done_by="")
    task = done.select_related("case").first()
    if task is None:
        return None
    root = task.case.root_id or task.case_id
    family = Q(case=root) | Q(case__root=root)
    following = Task.objects.filter(family, state="open", opened_at__gte=task.done_at)
    return Aftermath(
        task=task.name,
        outcome=OUTCOMES.get(str(task.outcome.get("outcome", "")), ""),
        number=task.case.number,
        title=task.case.title,
        state_label=label(task.case.state),
        next_steps=tuple(
            NextStep(each.name, each.post, each.for_applicant, each.due_on)
            for each in following.order_by("pk")[:6]
        ),
    )

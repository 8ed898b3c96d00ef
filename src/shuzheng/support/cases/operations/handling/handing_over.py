"""A task changes hands: the post above takes it over or frees it, or it goes to a colleague."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard, system
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import Case, Task
from shuzheng.support.cases.operations.handling.recusal import require_unrecused
from shuzheng.support.cases.operations.handling.tasks import require_open
from shuzheng.support.cases.operations.record.access import granted_recusals, lock_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import READ_CASE, ReasonsMissing, TaskNotFound
from shuzheng.support.cases.rules.handing import (
    REASSIGN_TASKS,
    TASK_FREED,
    TASK_GIVEN_BACK,
    TASK_REASSIGNED,
    TASK_TAKEN_OVER,
    AlreadyInHand,
    NotEntitled,
    TaskNotClaimed,
    WorkOfOtherPost,
    can_do,
    is_orphaned,
    next_post,
)
from shuzheng.support.identity.queries import get_account, list_posts_of_accounts


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one task among several: done, or the refusal's own words."""

    task_id: int
    task: str
    number: str
    refusal: Refusal | None = None


@transaction.atomic
def take_over_task(*, task_id: int, reasons: str, by: Actor, at: datetime) -> None:
    """Take a task of a post below into one's own hands, from whoever has it.

    Raises:
        WorkOfOtherPost: the post above may not do such work itself.
        AlreadyInHand: one has it already.
        ReasonsMissing, TaskNotFound, TaskAlreadyDone.
    """
    case, task = _lock_from_above(task_id, by)
    _require_reasons(reasons)
    if not can_do(task.duty, by.permissions):
        raise WorkOfOtherPost(task=task.name)
    if task.claimed_by == by.account:
        raise AlreadyInHand(task=task.name, who=by.name)
    task.escalated_to = by.post
    _hand(TASK_TAKEN_OVER, case, task, (by.account, by.name), reasons=reasons, by=by, at=at)


@transaction.atomic
def give_back_task(*, task_id: int, reasons: str, by: Actor, at: datetime) -> None:
    """Free a task that somebody on a post below has claimed: the whole post may do it again.

    Raises:
        TaskNotClaimed: nobody has it.
        ReasonsMissing, TaskNotFound, TaskAlreadyDone.
    """
    case, task = _lock_from_above(task_id, by)
    _require_reasons(reasons)
    if not task.claimed_by:
        raise TaskNotClaimed(task=task.name)
    _hand(TASK_GIVEN_BACK, case, task, ("", ""), reasons=reasons, by=by, at=at)


@transaction.atomic
def reassign_task(*, task_id: int, to: str, reasons: str, by: Actor, at: datetime) -> None:
    """Give a task to a colleague whose post is entitled to it.

    Whoever has it may pass it on; the post above may whoever has it.

    Args:
        to: account of the colleague.

    Raises:
        NotEntitled: they hold no post with the duty in the case's area.
        AlreadyInHand: they have it already.
        ReasonsMissing, TaskNotFound, TaskAlreadyDone.
    """
    case, task = _lock(task_id, by, lambda task: _holds(task, by) or _is_above(task, by))
    _require_reasons(reasons)
    if task.claimed_by == to:
        raise AlreadyInHand(task=task.name, who=task.claimed_name)
    held = list_posts_of_accounts([to], at=at)[to]
    name = get_account(to).display_name if held else "所选人员"
    post = next_post(task.post, entitled_posts(task, case), held)
    if not post or granted_recusals(to).filter(case=case.root_id or case.pk).exists():
        raise NotEntitled(who=name, task=task.name, field="to")
    task.post = post
    _hand(TASK_REASSIGNED, case, task, (to, name), reasons=reasons, by=by, at=at)


def hand_over_tasks(
    *, holder: str, to: str, reasons: str, by: Actor, at: datetime
) -> tuple[Row, ...]:
    """Pass every open task somebody has in hand to a colleague; each in its own transaction.

    What cannot go to that colleague stays where it is and is named with its reason; what is none
    of the actor's business is not named at all.
    """
    _require_may_hand(by)
    _require_reasons(reasons)
    open_tasks = Task.objects.filter(state="open", claimed_by=holder).exclude(claimed_by="")
    found = open_tasks.order_by("pk").values_list("pk", "name", "case__number")

    def pass_on(pk: int) -> None:
        reassign_task(task_id=pk, to=to, reasons=reasons, by=by, at=at)

    rows = (attempt(pass_on, *each) for each in found)
    return tuple(row for row in rows if not isinstance(row.refusal, TaskNotFound))


def attempt(act: Callable[[int], None], pk: int, name: str, number: str) -> Row:
    """Do one of several; a refusal is kept for the list and holds up none of the others."""
    try:
        act(pk)
    except Refusal as refusal:
        return Row(pk, name, number, refusal)
    return Row(pk, name, number)


def free_claims_of_absent(*, at: datetime) -> int:
    """Give back what is claimed by people who hold no post for it any more; returns how many."""
    claimed = Task.objects.filter(state="open").exclude(claimed_by="")
    holders = list_posts_of_accounts(
        claimed.order_by().values_list("claimed_by", flat=True).distinct(), at=at
    )
    freed = 0
    for account, posts in holders.items():
        rows = claimed.filter(claimed_by=account).exclude(post__in=posts)
        for pk in rows.exclude(escalated_to__in=posts).values_list("pk", flat=True):
            freed += _free(pk, account, posts, at)
    return freed


@transaction.atomic
def _free(pk: int, account: str, posts: frozenset[str], at: datetime) -> bool:
    number = Task.objects.values_list("case__number", flat=True).get(pk=pk)
    _, case = lock_case(number)
    task = Task.objects.select_for_update().get(pk=pk)
    if task.state != "open" or task.claimed_by != account:
        return False
    if not is_orphaned(posts, post=task.post, raised_to=task.escalated_to):
        return False
    reasons = "经办人已不在该岗位"
    _hand(TASK_FREED, case, task, ("", ""), reasons=reasons, by=system("handing_over"), at=at)
    return True


def entitled_posts(task: Task, case: Case) -> tuple[str, ...]:
    """Return the posts that have the task's duty where the case is, the nearest first."""
    found = organisation.list_posts_with_duty(task.duty, case.area) if task.duty else ()
    return tuple(post.code for post in found)


def _lock_from_above(task_id: int, by: Actor) -> tuple[Case, Task]:
    guard(by, REASSIGN_TASKS)
    return _lock(task_id, by, lambda task: _is_above(task, by))


def _lock(task_id: int, by: Actor, concerns: Callable[[Task], bool]) -> tuple[Case, Task]:
    _require_may_hand(by)
    number = Task.objects.filter(pk=task_id).values_list("case__number", flat=True).first()
    if number is None:
        raise TaskNotFound
    _, case = lock_case(number)
    task = Task.objects.select_for_update().get(pk=task_id)
    if by.kind != "official" or task.for_applicant or not concerns(task):
        raise TaskNotFound
    require_open(task, case)
    require_unrecused(case, by)
    return case, task


def _require_may_hand(by: Actor) -> None:
    """Who works on cases may pass on what is in their own hands; the post above may any of it."""
    if not by.may(REASSIGN_TASKS):
        guard(by, READ_CASE)


def _holds(task: Task, by: Actor) -> bool:
    return task.claimed_by == by.account and by.post in {task.post, task.escalated_to} - {""}


def _is_above(task: Task, by: Actor) -> bool:
    if not by.may(REASSIGN_TASKS) or not by.post:
        return False
    return by.post in {each.code for each in organisation.list_posts_above(task.post)}


def _require_reasons(reasons: str) -> None:
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")


def _hand(
    kind: EntryKind,
    case: Case,
    task: Task,
    to: tuple[str, str],
    *,
    reasons: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write down who has the task now; who had it is told with whoever gets it."""
    before = task.claimed_name
    task.claimed_by, task.claimed_name = to
    task.save(update_fields=["claimed_by", "claimed_name", "post", "escalated_to"])
    note(
        kind,
        case,
        by=by,
        at=at,
        task=task.name,
        task_id=task.pk,
        post=task.post,
        holder=task.claimed_by,
        from_name=before,
        to_name=task.claimed_name,
        reasons=reasons.strip(),
        link=f"/desk/tasks/{task.pk}/",
    )

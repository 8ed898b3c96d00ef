"""Ask that somebody not handle a case; the head decides; who is recused has no part in it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case, Recusal, Task
from shuzheng.support.cases.operations.record.access import (
    is_applicant,
    is_helper,
    is_recused,
    lock_case,
    may_read,
)
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import CaseNotFound, ReasonsMissing
from shuzheng.support.cases.rules.handing import TASK_FREED
from shuzheng.support.cases.rules.recusal import (
    BASIS,
    DECIDE_RECUSAL,
    RECUSAL_ASKED,
    RECUSAL_DECIDED,
    NobodyHandles,
    NoSuchRecusal,
    OwnRecusal,
    RecusalAskedBefore,
    Recused,
    may_decide,
)
from shuzheng.support.identity.queries import list_colleagues


def require_unrecused(case: Case, by: Actor) -> None:
    """Refuse who was recused from the case or any other of its bundle.

    Raises:
        Recused
    """
    if is_recused(case, by):
        raise Recused(number=case.number)


@transaction.atomic
def ask_own_recusal(*, number: str, grounds: str, by: Actor, at: datetime) -> int:
    """Ask to be recused oneself; until the decision the case goes on.

    Raises:
        CaseNotFound: the actor's post has no part in the case.
        RecusalAskedBefore, ReasonsMissing.
    """
    root, case = lock_case(number)
    if by.kind != "official" or is_helper(case, by) or not may_read(case, by):
        raise CaseNotFound(number=number)
    who = (by.account, by.name, by.post)
    return _ask(root, who, kind="self", grounds=grounds, by=by, at=at)


@transaction.atomic
def ask_recusal(
    *, number: str, task_id: int, grounds: str, account: str = "", by: Actor, at: datetime
) -> int:
    """Ask that who handles or handled a task be recused: the applicant, or the post above.

    Args:
        account: of somebody on the post, while nobody has claimed the task.

    Raises:
        CaseNotFound: neither the actor's own case, nor below their post.
        NobodyHandles: the task is none of this case, or nobody has had it in hand.
        RecusalAskedBefore, ReasonsMissing.
    """
    root, case = lock_case(number)
    family = Q(case=root) | Q(case__root=root)
    task = Task.objects.filter(family, pk=task_id, for_applicant=False).first()
    if not (is_applicant(case, by) or (task is not None and _is_above(task.post, by))):
        raise CaseNotFound(number=number)
    if task is None:
        raise NobodyHandles
    who = _handler(task, account, at=at)
    kind = "applicant" if is_applicant(case, by) else "head"
    return _ask(root, who, kind=kind, grounds=grounds, by=by, at=at)


def _handler(task: Task, account: str, *, at: datetime) -> tuple[str, str, str]:
    """Return account, name and post of who has the task, or of whom of its post is meant."""
    if holder := task.claimed_by or task.done_by:
        return holder, task.claimed_name or task.done_name, task.post
    for row in list_colleagues(task.post, at=at) if task.state == "open" else ():
        if str(row.id) == account:
            return account, row.display_name, task.post
    raise NobodyHandles


@transaction.atomic
def decide_recusal(
    *, recusal: int, is_granted: bool, reasons: str, by: Actor, at: datetime
) -> None:
    """Decide whether somebody below is recused; the applicant is told either way.

    What they had in hand goes back to its post at once.

    Source: 公务员法(2018-12-29) 第七十七条第二款.

    Raises:
        NoSuchRecusal: decided before, or of somebody not below the actor's post.
        OwnRecusal: it is the actor's own.
        ReasonsMissing.
    """
    guard(by, DECIDE_RECUSAL)
    root, row = _lock_recusal(recusal)
    _require_decidable(row, by)
    require_unrecused(root, by)
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    row.state = "granted" if is_granted else "refused"
    row.decided_by, row.decided_post = by.account, by.post
    row.reasons, row.decided_at = reasons.strip(), at
    row.save()
    note(
        RECUSAL_DECIDED,
        root,
        by=by,
        at=at,
        name=row.name,
        is_granted=is_granted,
        reasons=row.reasons,
        clause=BASIS.reference,
        post=row.post,
    )
    if is_granted:
        _free(root, row.account, by=by, at=at)


def _lock_recusal(recusal: int) -> tuple[Case, Recusal]:
    number = Recusal.objects.filter(pk=recusal).values_list("case__number", flat=True).first()
    if number is None:
        raise NoSuchRecusal
    root, _ = lock_case(number)
    return root, Recusal.objects.select_for_update().get(pk=recusal)


def _require_decidable(row: Recusal, by: Actor) -> None:
    if row.account == by.account:
        raise OwnRecusal
    above = tuple(post.code for post in organisation.list_posts_above(row.post))
    if row.state != "asked" or not may_decide(
        decider=by.account, decider_post=by.post, above=above, concerned=row.account
    ):
        raise NoSuchRecusal


def _ask(
    root: Case, who: tuple[str, str, str], *, kind: str, grounds: str, by: Actor, at: datetime
) -> int:
    account, name, post = who
    if not grounds.strip():
        raise ReasonsMissing(field="grounds")
    known = Recusal.objects.filter(case=root, account=account, state__in=("asked", "granted"))
    if known.exists():
        raise RecusalAskedBefore(who=name, number=root.number)
    row = Recusal.objects.create(
        case=root,
        account=account,
        name=name,
        post=post,
        asked_by=by.account,
        asked_kind=kind,
        grounds=grounds.strip(),
        asked_at=at,
    )
    head = organisation.get_superior_post(post)
    note(
        RECUSAL_ASKED,
        root,
        by=by,
        at=at,
        name=name,
        grounds=row.grounds,
        asked_kind=kind,
        post=head.code if head else "",
        desk_link="/desk/recusals/",
    )
    return int(row.pk)


def _is_above(post: str, by: Actor) -> bool:
    if by.kind != "official" or not by.may(DECIDE_RECUSAL):
        return False
    return by.post in {each.code for each in organisation.list_posts_above(post)}


def _free(root: Case, account: str, *, by: Actor, at: datetime) -> None:
    family = Q(case=root) | Q(case__root=root)
    claimed = Task.objects.select_for_update(of=("self",)).filter(
        family, state="open", claimed_by=account
    )
    for task in claimed.select_related("case", "case__root").order_by("pk"):
        before = task.claimed_name
        task.claimed_by, task.claimed_name = "", ""
        task.save(update_fields=["claimed_by", "claimed_name"])
        note(
            TASK_FREED,
            task.case,
            by=by,
            at=at,
            task=task.name,
            task_id=task.pk,
            post=task.post,
            holder="",
            from_name=before,
            to_name="",
            reasons="已决定回避",
            link=f"/desk/tasks/{task.pk}/",
        )


def own_case(number: str, by: Actor) -> tuple[Case, Case]:
    """Lock a case of the actor's own department and return (root, case).

    Raises:
        CaseNotFound: there is none, or it is another department's.
    """
    root, case = lock_case(number)
    if case.department != by.department:
        raise CaseNotFound(number=number)
    require_unrecused(case, by)
    return root, case

"""Get a case for writing, and who may come near it."""

from django.db.models import Q, QuerySet

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, Recusal, Task
from shuzheng.support.cases.operations.record.rows import lock_cases, lock_cases_of_task
from shuzheng.support.cases.rules import (
    AUDIT_CASES,
    READ_CASE,
    SUPERVISE_CASES,
    CaseNotFound,
    PartOfBundle,
)


def is_applicant(case: Case, actor: Actor) -> bool:
    """Say whether the actor is the person whose affair it is."""
    return actor.kind == "person" and bool(actor.person) and actor.person == case.applicant_person


def is_helper(case: Case, actor: Actor) -> bool:
    """Say whether the actor is the agent who fills it in for the applicant."""
    return (
        actor.kind == "official"
        and bool(case.helper_post)
        and actor.post == case.helper_post
        and actor.account == case.helper_account
    )


def lock_case(number: str) -> tuple[Case, Case]:
    """Lock the whole of a case and return (root, case); the root is always locked first.

    Raises:
        CaseNotFound: there is no such case.
    """
    found = lock_cases(number)
    if not found:
        raise CaseNotFound(number=number)
    return _root_and_case(found)


def lock_case_of_task(task_id: int, by: Actor) -> tuple[Case, Case, Task, bool] | None:
    """Lock the whole of a task's case; return root, case, task and whether the actor was recused.

    Nothing if there is no such task.
    """
    found = lock_cases_of_task(task_id, by)
    if found is None:
        return None
    cases, task, is_recused = found
    return *_root_and_case(cases), task, is_recused


def _root_and_case(found: list[Case]) -> tuple[Case, Case]:
    root, case = found[0], found[-1]
    if root is not case:
        case.root = root
    return root, case


def lock_own_case(number: str, by: Actor) -> Case:
    """Lock a case of the actor's own, or one they fill in for somebody.

    Raises:
        CaseNotFound: there is none, or it is somebody else's.
        PartOfBundle: it is one matter of a bundle, which is acted on as a whole.
    """
    root, case = lock_case(number)
    if not (is_applicant(case, by) or is_helper(case, by)):
        raise CaseNotFound(number=number)
    if root.pk != case.pk:
        raise PartOfBundle(number=number, root=root.number)
    return root


def is_recused(case: Case, by: Actor) -> bool:
    """Say whether somebody was recused from the case, on whatever post they come."""
    return (
        by.kind == "official"
        and granted_recusals(by.account).filter(case=case.root_id or case.pk).exists()
    )


def granted_recusals(account: str) -> QuerySet[Recusal]:
    """Return from what somebody was recused."""
    return Recusal.objects.filter(account=account, state="granted")


def may_read(case: Case, by: Actor) -> bool:
    """Say whether the actor may open the file of the case.

    The applicant may, and the helper until the case ends; officials where their department or post
    has part in it, supervisors where a task was raised to them. What has not been submitted is
    nobody's affair but the applicant's and the helper's; an auditor may look into how a helper
    worked.
    """
    if by.kind == "system" or is_applicant(case, by):
        return True
    if is_helper(case, by):
        return case.closed_at is None
    if by.kind != "official":
        return False
    if by.may(AUDIT_CASES):
        return case.submitted_at is not None or bool(case.helper_post)
    if case.submitted_at is None:
        return False
    may_at_all = by.may(READ_CASE) or by.may(SUPERVISE_CASES)
    return may_at_all and _has_part(case, by) and not is_recused(case, by)


def matters_open_to(root: Case, by: Actor) -> tuple[str, ...]:
    """Return the matters of a bundle whose questions and materials the actor may see.

    A department sees what all share and what its own matters ask; the window that receives for
    everybody, and an auditor, see all (个人信息保护法 第六、三十四条: no more than the duty needs).
    """
    everything = tuple(root.variables.get("matters", ()))
    is_of_one_department = (
        by.kind == "official"
        and not is_helper(root, by)
        and not by.may(AUDIT_CASES)
        and by.department != root.department
        and not _tasks_of(by).filter(case=root).exists()
    )
    if not is_of_one_department:
        return everything
    own = Q(department=by.department) | Q(pk__in=_tasks_of(by).values("case"))
    return tuple(root.members.filter(own).order_by("pk").values_list("matter", flat=True))


def _has_part(case: Case, by: Actor) -> bool:
    root = case.root_id or case.pk
    family = Case.objects.filter(Q(pk=root) | Q(root_id=root))
    if family.filter(department=by.department).exists():
        return True
    return _tasks_of(by).filter(case__in=family).exists()


def _tasks_of(by: Actor) -> QuerySet[Task]:
    mine = Q(post=by.post) | Q(escalated_to=by.post)
    return Task.objects.filter(mine) if by.post else Task.objects.none()

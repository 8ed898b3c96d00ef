"""Get a case for writing, and who may come near it."""

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, Task
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
    found = Case.objects.filter(number=number).values_list("pk", "root_id").first()
    if found is None:
        raise CaseNotFound(number=number)
    pk, root_pk = found
    root = Case.objects.select_for_update().get(pk=root_pk or pk)
    return root, root if root_pk is None else Case.objects.select_for_update().get(pk=pk)


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


def may_read(case: Case, by: Actor) -> bool:
    """Say whether the actor may open the file of the case.

    The applicant and the helper may; officials where their department or post has part in it;
    auditors and supervisors where their post says so. What has not been submitted is nobody's
    affair but the applicant's and the helper's; an auditor may look into how a helper worked.
    """
    if by.kind == "system" or is_applicant(case, by) or is_helper(case, by):
        return True
    if by.kind != "official":
        return False
    if by.may(AUDIT_CASES):
        return True
    if case.submitted_at is None:
        return False
    return by.may(SUPERVISE_CASES) or (by.may(READ_CASE) and _has_part(case, by))


def _has_part(case: Case, by: Actor) -> bool:
    family = Case.objects.filter(pk=case.root_id or case.pk) | Case.objects.filter(
        root_id=case.root_id or case.pk
    )
    if family.filter(department=by.department).exists():
        return True
    tasks = Task.objects.filter(case__in=family)
    return tasks.filter(post=by.post).exists() or tasks.filter(escalated_to=by.post).exists()

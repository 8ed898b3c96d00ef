"""Work that a room refused: the case says so, the office is told, and it is asked again."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import Case, ServiceRequest
from shuzheng.support.cases.operations.file.reading import require_readable
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import SERVICE_REQUESTED, SUPERVISE_CASES, CaseNotFound
from shuzheng.support.cases.rules.flow_entries import SERVICE_REFUSED
from shuzheng.support.cases.rules.flow_refusals import NothingRefused
from shuzheng.support.matters.queries import get_revision


@transaction.atomic
def refuse_service(
    *, case_number: str, token: str, refusal: Refusal, by: Actor, at: datetime
) -> None:
    """Report that a room will not do what it was asked, until somebody mends the cause.

    The flow stays where it is; a second report changes nothing.

    Raises:
        CaseNotFound: there is no such request, or a person reports.
    """
    root, case = lock_case(case_number)
    request = ServiceRequest.objects.filter(case=case, token=token).first()
    if request is None or by.kind != "system":
        raise CaseNotFound(number=case_number)
    if request.done_at is not None or request.refused_at is not None:
        return
    request.refused_at, request.refusal = at, str(refusal)
    request.save(update_fields=["refused_at", "refusal"])
    note(
        SERVICE_REFUSED,
        case,
        by=by,
        at=at,
        operation=request.operation,
        token=token,
        code=refusal.code,
        sentence=str(refusal),
        post=_supervisor_of(root),
    )


@transaction.atomic
def retry_services(*, number: str, by: Actor, at: datetime) -> int:
    """Ask again for all that was refused in a bundle, the cause being mended; returns how much.

    Raises:
        PostLacksPermission: the post does not supervise cases.
        CaseNotFound: there is none, or it is none of the actor's business.
        NothingRefused: nothing waits to be asked again.
    """
    guard(by, SUPERVISE_CASES)
    require_readable(number=number, by=by)
    root, _ = lock_case(number)
    family = [root.pk, *root.members.values_list("pk", flat=True)]
    refused = ServiceRequest.objects.filter(case__in=family, refused_at__isnull=False)
    requests = list(refused.select_related("case", "case__root").order_by("pk"))
    if not requests:
        raise NothingRefused(number=number)
    for each in requests:
        each.refused_at, each.refusal = None, ""
        each.save(update_fields=["refused_at", "refusal"])
        facts = {"operation": each.operation, "case": each.case.number, "token": each.token}
        note(SERVICE_REQUESTED, each.case, by=by, at=at, **facts)
    return len(requests)


def _supervisor_of(root: Case) -> str:
    bundle = get_revision(root.revision_id).bundle
    duty = bundle.supervise_duty if bundle else ""
    posts = organisation.list_posts_with_duty(duty, root.area) if duty else ()
    return posts[0].code if posts else ""

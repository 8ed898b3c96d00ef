"""What other rooms and systems report of the work a flow asked them for, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, ServiceRequest
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.record.notes import entry_of, note
from shuzheng.support.cases.operations.running.flow import proceed
from shuzheng.support.cases.rules import SERVICE_DONE, CaseNotFound
from shuzheng.support.cases.rules.flow_entries import SERVICE_FAILED, SERVICE_LATE
from shuzheng.support.workflow import rules as engine


@transaction.atomic
def complete_service(
    *, case_number: str, token: str, result: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Report that the work a flow asked for is done; a second report changes nothing.

    Work for a step that the flow has left meanwhile is kept with its result and moves nothing.

    Raises:
        CaseNotFound: there is no such request, or a person reports.
    """
    root, case, request = _lock(case_number, token, by)
    if request.done_at is not None:
        return
    _end(request, dict(result), at=at)
    facts = {"operation": request.operation, "token": token}
    done = entry_of(SERVICE_DONE, case, by=by, at=at, **facts)
    if not request.is_awaited:
        note(SERVICE_DONE, case, by=by, at=at, **facts)
    elif not _waits(case, token):
        note(SERVICE_LATE, case, by=by, at=at, **facts)
    else:
        event = engine.ServiceCompleted(token=token, result={})
        proceed(root, case, event, notes=[done], by=by, at=at)


@transaction.atomic
def fail_service(*, case_number: str, token: str, error: str, by: Actor, at: datetime) -> None:
    """Report that the work cannot be done, by the code of an error that the flow catches.

    Raises:
        CaseNotFound: there is no such request, or a person reports.
        ErrorNotCaught: the flow has no event for this error; it goes on waiting.
    """
    root, case, request = _lock(case_number, token, by)
    if request.done_at is not None or not _waits(case, token):
        return
    _end(request, {"error": error}, at=at)
    failed = entry_of(
        SERVICE_FAILED, case, by=by, at=at, operation=request.operation, token=token, error=error
    )
    proceed(root, case, engine.WorkFailed(token, error), notes=[failed], by=by, at=at)


def _lock(number: str, token: str, by: Actor) -> tuple[Case, Case, ServiceRequest]:
    root, case = lock_case(number)
    request = ServiceRequest.objects.select_for_update().filter(case=case, token=token).first()
    if request is None or by.kind != "system":
        raise CaseNotFound(number=number)
    return root, case, request


def _end(request: ServiceRequest, result: dict[str, Any], *, at: datetime) -> None:
    request.done_at, request.result = at, result
    request.save(update_fields=["done_at", "result"])


def _waits(case: Case, token: str) -> bool:
    return token in (case.flow_state or {}).get("t", {})

"""Ask another room for work; it fetches the request and reports back."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.keys import operations as keys
from shuzheng.support.cases.models import Case, ServiceRequest
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import SERVICE_REQUESTED


def request_service(
    case: Case,
    token: str,
    operation: str,
    payload: Mapping[str, Any],
    *,
    is_awaited: bool = True,
    by: Actor,
    at: datetime,
) -> None:
    """Ask another room for work; the request waits encrypted until that room takes it.

    Args:
        is_awaited: the token is the flow's, which goes on when the work is reported done.
    """
    text = json.dumps(dict(payload), ensure_ascii=False, default=_plain)
    ServiceRequest.objects.create(
        case=case,
        token=token,
        operation=operation,
        is_awaited=is_awaited,
        payload_encrypted=keys.encrypt(text, context=f"service:{case.number}"),
        requested_at=at,
    )
    note(SERVICE_REQUESTED, case, by=by, at=at, operation=operation, case=case.number, token=token)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} is not JSON")

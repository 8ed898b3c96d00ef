"""What rooms refused to make for a case, and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shuzheng.support.cases.models import ServiceRequest


@dataclass(frozen=True, slots=True)
class RefusedService:
    """One piece of work that waits until its cause is mended."""

    case: str
    title: str
    operation: str
    reason: str
    refused_at: datetime


def list_refused_services(root: str) -> tuple[RefusedService, ...]:
    """Return what was refused in a bundle and its members, oldest first."""
    family = Q(case__number=root) | Q(case__root__number=root)
    rows = ServiceRequest.objects.filter(family, refused_at__isnull=False).order_by("refused_at")
    return tuple(
        RefusedService(row.case.number, row.case.title, row.operation, row.refusal, row.refused_at)
        for row in rows.select_related("case").defer("payload_encrypted", "result")
        if row.refused_at is not None
    )

"""What an agent has in hand for others."""

from dataclasses import dataclass
from datetime import datetime

from shuzheng.support.cases.models import Case
from shuzheng.support.cases.rules.states import label


@dataclass(frozen=True, slots=True)
class HelpedRow:
    """An application filled in for somebody, as a line of the agent's list."""

    number: str
    title: str
    state: str
    state_label: str
    applicant_masked: str
    created_at: datetime


def list_helped_cases(*, post: str, account: str, limit: int = 50) -> tuple[HelpedRow, ...]:
    """Return what the agent fills in or followed for others, newest first."""
    if not account:
        return ()
    rows = Case.objects.filter(helper_account=account, helper_post=post, root__isnull=True)
    return tuple(
        HelpedRow(
            number=each.number,
            title=each.title,
            state=each.state,
            state_label=label(each.state),
            applicant_masked=each.applicant_masked,
            created_at=each.created_at,
        )
        for each in rows.order_by("-pk")[:limit]
    )

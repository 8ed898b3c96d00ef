"""Finding a licence to change and writing the change into its history."""

from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.licences import models
from shuzheng.support.licences.rules import (
    STATE_NAMES,
    End,
    LicenceState,
    NotFoundByCode,
    StateForbids,
    may_end,
    read_code,
)


def get_for_update(code: str) -> models.Licence:
    """Return the licence with its row locked until the transaction ends.

    Raises:
        NotFoundByCode: no licence has this code.
    """
    row = models.Licence.objects.select_for_update().filter(code=read_code(code) or "-").first()
    if row is None:
        raise NotFoundByCode(code=code)
    return row


def must_allow(end: End, row: models.Licence) -> None:
    """Let a licence pass that may come to this end.

    Raises:
        StateForbids: it may not.
    """
    state = LicenceState(row.state)
    if not may_end(end, state):
        raise StateForbids(number=row.number, state=STATE_NAMES[state], step=end.name)


def write_change(
    row: models.Licence,
    end: End,
    *,
    reasons: str,
    citation: str,
    decision: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write the new state and why."""
    row.state = end.state
    row.save(update_fields=["state"])
    models.LicenceChange.objects.create(
        licence=row,
        state=end.state,
        at=at,
        reasons=reasons,
        citation=citation,
        decision=decision,
        by_name=by.name,
        by_post=by.post,
    )

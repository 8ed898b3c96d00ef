"""What happened to a licence, written into the journal as its holder's affair."""

from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.support.licences import models


def note(kind: EntryKind, row: models.Licence, /, *, by: Actor, at: datetime, **facts: str) -> None:
    """Append an entry about a licence: its code, number and title, and the facts given."""
    append(
        actor=by,
        kind=kind,
        subject=f"licence:{row.code}",
        at=at,
        facts={"code": row.code, "number": row.number, "title": row.title, **facts},
        case=row.case,
        person=row.recipient or row.holder_reference,
    )

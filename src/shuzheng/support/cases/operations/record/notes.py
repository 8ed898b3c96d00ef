"""What happened to a case, written into the journal under the number of the whole file."""

from datetime import datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.support.cases.models import Case


def note(
    kind: EntryKind, case: Case, /, *, by: Actor, at: datetime, purpose: str = "", **facts: Any
) -> None:
    """Append an entry about a case; it is the applicant's affair.

    Number, matter and link are added where the kind knows them.
    """
    journal.append_all([entry_of(kind, case, by=by, at=at, purpose=purpose, **facts)])


def entry_of(
    kind: EntryKind, case: Case, /, *, by: Actor, at: datetime, purpose: str = "", **facts: Any
) -> journal.NewEntry:
    """Return what `note` would append, to be appended with others."""
    root = case.root or case
    known = {
        "number": case.number,
        "matter": case.title,
        "link": f"/my/cases/{root.number}/",
    }
    wanted = {name: value for name, value in known.items() if name in kind.facts}
    return journal.NewEntry(
        actor=by,
        kind=kind,
        subject=f"case:{case.number}",
        case=root.number,
        person=root.applicant_person,
        purpose=purpose,
        at=at,
        facts={**wanted, **facts},
    )

"""Append: one row in the caller's transaction, so a deed and its record stand or fall together."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from psycopg.types.json import Jsonb

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.rules import Entry, EntryKind, EntryNotPlain
from shuzheng.infrastructure.journal.rules.commitment import (
    SALT_BYTES,
    commit,
    commit_private,
    plain,
)

_NOTHING: Mapping[str, Any] = {}
_SECRET = ("blind", "salt", "private", "commitment")
_NAMES = (*Entry.__slots__, *_SECRET)
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)
# Written out, and all rows one value, for every operation of the house pays for it: the ORM takes
# three times as long, and so do as many values as there are columns.
_INSERT = (
    f"INSERT INTO journal_entry ({_COLUMNS}) SELECT {_COLUMNS}"  # noqa: S608 - our own names
    " FROM jsonb_populate_recordset(NULL::journal_entry, %s)"
)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What `append` takes, kept until it is written with others; see there."""

    actor: Actor
    kind: EntryKind
    subject: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    purpose: str = ""
    case: str = ""
    person: str = ""


def append(
    *,
    actor: Actor,
    kind: EntryKind,
    subject: str,
    at: datetime,
    facts: Mapping[str, Any] = _NOTHING,
    purpose: str = "",
    case: str = "",
    person: str = "",
) -> UUID:
    """Write down what happened, in the caller's transaction, and return the entry's id.

    The entry has no number yet: the sequencer gives it one after the commit.

    Args:
        actor: who did it.
        kind: a declared kind.
        subject: what it happened to, such as ``case:QZ-2026-000123``.
        at: aware moment.
        facts: what readers need, JSON values; dates, decimals and UUIDs become text.
        purpose: why personal data was read.
        case: number of the case, if there is one.
        person: register reference of the person concerned.

    Raises:
        EntryNotPlain: the facts have no exact JSON form or are not declared, or the moment has
            no zone.
    """
    new = NewEntry(actor, kind, subject, at, facts, purpose, case, person)
    return append_all([new])[0]


def append_all(entries: Sequence[NewEntry]) -> tuple[UUID, ...]:
    """Write several entries down in their order with one statement; see `append`.

    Raises:
        EntryNotPlain: one of them has no exact JSON form; none is written.
    """
    made = [_entry(each) for each in entries]
    if made:
        _insert(made)
    return tuple(entry.id for entry in made)


def _entry(new: NewEntry) -> Entry:
    return Entry(
        number=None,
        id=uuid4(),
        kind=new.kind.name,
        subject=new.subject,
        actor_kind=new.actor.kind,
        actor_account=new.actor.account,
        actor_name=new.actor.name,
        actor_post=new.actor.post,
        at=_utc(new.at, kind=new.kind),
        facts=_checked(new.facts, kind=new.kind),
        purpose=new.purpose,
        case=new.case,
        person=new.person,
    )


def _utc(at: datetime, *, kind: EntryKind) -> datetime:
    if at.tzinfo is None:
        raise EntryNotPlain(kind=kind.name, reason="时间没有时区")
    return at.astimezone(UTC)


def _checked(facts: Mapping[str, Any], *, kind: EntryKind) -> dict[str, Any]:
    undeclared = sorted(set(facts) - set(kind.facts)) if kind.facts else []
    if undeclared:
        raise EntryNotPlain(kind=kind.name, reason=f"未声明的内容 {'、'.join(undeclared)}")
    try:
        plain_facts: dict[str, Any] = plain(facts)
    except ValueError as fault:
        raise EntryNotPlain(kind=kind.name, reason=str(fault)) from fault
    return plain_facts


def _insert(entries: Sequence[Entry]) -> None:
    rows: list[Any] = [Jsonb([_row(entry) for entry in entries])]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, rows)


def _row(entry: Entry) -> dict[str, Any]:
    blind, salt = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(SALT_BYTES)
    private = commit_private(entry, salt=salt)
    secret = (blind, salt, private, commit(entry, blind=blind, private=private))
    return {
        **{name: getattr(entry, name) for name in Entry.__slots__},
        "id": str(entry.id),
        "at": entry.at.isoformat(),
        **{name: f"\\x{value.hex()}" for name, value in zip(_SECRET, secret, strict=True)},
    }

"""Append: one row in the caller's transaction, so a deed and its record stand or fall together."""

import secrets
from collections.abc import Mapping
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
_COLUMNS = (*Entry.__slots__, "blind", "salt", "private", "commitment")
_QUOTED = [f'"{name}"' for name in _COLUMNS]
_PLACES = ["%s"] * len(_COLUMNS)
# Written out, for every operation of the house pays for it: the ORM takes three times as long.
_INSERT = f"INSERT INTO journal_entry ({','.join(_QUOTED)}) VALUES ({','.join(_PLACES)})"  # noqa: S608


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
    entry = Entry(
        number=None,
        id=uuid4(),
        kind=kind.name,
        subject=subject,
        actor_kind=actor.kind,
        actor_account=actor.account,
        actor_name=actor.name,
        actor_post=actor.post,
        at=_utc(at, kind=kind),
        facts=_checked(facts, kind=kind),
        purpose=purpose,
        case=case,
        person=person,
    )
    _insert(entry)
    return entry.id


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


def _insert(entry: Entry) -> None:
    blind, salt = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(SALT_BYTES)
    private = commit_private(entry, salt=salt)
    values = {name: getattr(entry, name) for name in Entry.__slots__} | {
        "facts": Jsonb(entry.facts),
        "blind": blind,
        "salt": salt,
        "private": private,
        "commitment": commit(entry, blind=blind, private=private),
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [values[name] for name in _COLUMNS])

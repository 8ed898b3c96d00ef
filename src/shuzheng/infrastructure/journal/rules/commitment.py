"""Salted commitments: what is sealed says nothing, yet no entry can be changed without showing.

Two layers, so that what is personal can be erased and the rest still be proved::

    private    = HMAC-SHA256(salt, canonical JSON of actor_name, facts, person, purpose)
    commitment = HMAC-SHA256(blind, canonical JSON of the other columns and private)

The salt is erased with the facts; a bare hash of a citizen's number could be guessed in minutes.
"""

import hashlib
import hmac
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from shuzheng.infrastructure.journal.rules.entries import Entry

SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a commitment; `salt` is empty once the facts are erased."""

    blind: bytes
    salt: bytes
    private: bytes


def canonical_json(value: Any) -> bytes:
    """Return the one way to write a JSON value: sorted keys, no spaces, UTF-8.

    >>> canonical_json({"b": 1, "a": "证"}).decode()
    '{"a":"证","b":1}'
    """
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def plain(value: Any) -> Any:
    """Return the value as JSON says it and as the database gives it back.

    Whole floats become integers, for JSON in PostgreSQL does not keep them apart.

    Raises:
        ValueError: a number is not finite, a text holds NUL, or the type has no JSON form.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {_plain_text(str(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return _plain_leaf(value)


def _plain_leaf(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise ValueError(f"{type(value).__name__} 不是 JSON 内容")


def _plain_text(text: str) -> str:
    if "\0" in text:
        raise ValueError("文字中有空字符")
    text.encode()
    return text


def _plain_number(number: float) -> int | float:
    if not math.isfinite(number):
        raise ValueError("数值不是有限数")
    return int(number) if number.is_integer() else number


def commit_private(entry: Entry, *, salt: bytes) -> bytes:
    """Return the commitment to what may be erased: name, facts, person and purpose (32 bytes)."""
    private = {
        "actor_name": entry.actor_name,
        "facts": entry.facts,
        "person": entry.person,
        "purpose": entry.purpose,
    }
    return hmac.new(salt, canonical_json(private), hashlib.sha256).digest()


def commit(entry: Entry, *, blind: bytes, private: bytes) -> bytes:
    """Return the commitment that is sealed (32 bytes); the number is sealed beside it."""
    header = {
        "id": str(entry.id),
        "kind": entry.kind,
        "subject": entry.subject,
        "actor_kind": entry.actor_kind,
        "actor_account": entry.actor_account,
        "actor_post": entry.actor_post,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "case": entry.case,
        "private": private.hex(),
    }
    return hmac.new(blind, canonical_json(header), hashlib.sha256).digest()


def opens(entry: Entry, opening: Opening, *, commitment: bytes) -> bool:
    """Say whether the entry is what was committed to.

    Without a salt nothing vouches for what is personal, so it must be gone altogether.
    """
    if opening.salt:
        is_vouched_for = commit_private(entry, salt=opening.salt) == opening.private
    else:
        is_vouched_for = not (entry.actor_name or entry.facts or entry.person or entry.purpose)
    return (
        is_vouched_for and commit(entry, blind=opening.blind, private=opening.private) == commitment
    )


def leaf(*, number: int, commitment: bytes) -> bytes:
    """Return the log's leaf for an entry: its number and commitment, and nothing to read.

    >>> leaf(number=1, commitment=bytes(2))
    b'{"commitment":"0000","number":1}'
    """
    return canonical_json({"commitment": commitment.hex(), "number": number})

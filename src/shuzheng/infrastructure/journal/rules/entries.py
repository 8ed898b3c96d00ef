"""What happened, in which kinds, and which rooms react: declared once, beside what means it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

ANY_KIND = "*"
_KIND_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: who, on which post, did what to which subject, why and when.

    Attributes:
        number: place in the journal, counted from 1; None until the sequencer has been by.
        kind: name of a declared kind, ``room.what_happened``.
        subject: what it happened to, such as ``case:QZ-2026-000123``; order is kept per subject.
        at: aware moment in UTC.
        facts: what readers of the entry need, plain JSON; empty once erased.
        purpose: why personal data was read, in the words shown to the person.
        case: number of the case it belongs to, or empty.
        person: register reference of the person whose data was read or whose affair it is.
    """

    number: int | None
    id: UUID
    kind: str
    subject: str
    actor_kind: str
    actor_account: str
    actor_name: str
    actor_post: str
    at: datetime
    facts: dict[str, Any]
    purpose: str
    case: str
    person: str


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A kind of entry: its name, the Chinese sentence of what happened, the facts it may carry.

    No facts declared means that any may be carried. `reads_person` marks the entries that are
    shown to a person as readings of their data; a name that ends in ``.read`` is always one.
    """

    name: str
    sentence: str
    facts: tuple[str, ...] = ()
    reads_person: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A room's reaction to kinds of entries.

    The handler is given one entry at a time, in order per subject, at least once: it must be
    idempotent. Its writes and the subscription's place are committed together.

    Attributes:
        wanted: of which kinds entries are handed over at present, where the city's content says
            so; asked once a batch. All others are passed over.
    """

    name: str
    kinds: frozenset[str]
    handler: Callable[[Entry], None]
    wanted: Callable[[], frozenset[str]] | None = None

    def follows(self, kind: str) -> bool:
        """Say whether entries of this kind are for the subscription."""
        return kind in self.kinds or ANY_KIND in self.kinds

    def kinds_now(self) -> frozenset[str]:
        """Return the kinds of which entries are handed over at present."""
        return self.kinds if self.wanted is None else self.wanted()


_kinds: dict[str, EntryKind] = {}
_subscriptions: dict[str, Subscription] = {}


def declare_entry_kind(
    name: str, sentence: str, *, facts: tuple[str, ...] = (), reads_person: bool = False
) -> EntryKind:
    """Declare a kind once, in the `rules` of the room that appends it.

    Raises:
        ValueError: the name is not ``room.what_happened``, or is declared otherwise already.
    """
    if not _KIND_NAME.fullmatch(name):
        raise ValueError(f"entry kind {name!r} is not of the form room.what_happened")
    kind = EntryKind(name, sentence, facts, reads_person or name.endswith(".read"))
    if _kinds.setdefault(name, kind) != kind:
        raise ValueError(f"entry kind {name!r} is declared twice")
    return kind


def declare_subscription(
    name: str,
    *,
    kinds: tuple[EntryKind | str, ...],
    handler: Callable[[Entry], None],
    wanted: Callable[[], frozenset[str]] | None = None,
) -> Subscription:
    """Declare a reaction, in the `jobs` of the room that reacts; ``"*"`` follows every kind.

    A subscription that is new starts with the first entry of the journal.

    Raises:
        ValueError: the name is taken by another handler or other kinds.
    """
    names = frozenset(kind if isinstance(kind, str) else kind.name for kind in kinds)
    subscription = Subscription(name, names, handler, wanted)
    if _subscriptions.setdefault(name, subscription) != subscription:
        raise ValueError(f"subscription {name!r} is declared twice")
    return subscription


def get_entry_kind(name: str) -> EntryKind | None:
    """Return the declared kind, or None for an entry of a room that is no longer there."""
    return _kinds.get(name)


def declared_entry_kinds() -> tuple[EntryKind, ...]:
    """Return every declared kind, ordered by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))


def declared_subscriptions() -> tuple[Subscription, ...]:
    """Return every declared subscription, ordered by name."""
    return tuple(_subscriptions[name] for name in sorted(_subscriptions))

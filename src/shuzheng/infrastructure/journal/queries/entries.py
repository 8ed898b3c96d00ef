"""Entries by case, by subject and by person, in the order they were written."""

from uuid import UUID

from shuzheng.infrastructure.journal import models
from shuzheng.infrastructure.journal.rules import Entry, EntryNotFound, declared_entry_kinds


def get_entry(entry: UUID) -> Entry:
    """Return one entry.

    Raises:
        EntryNotFound: there is none of this id.
    """
    row = models.Entry.objects.filter(id=entry).first()
    if row is None:
        raise EntryNotFound(entry=entry)
    return as_entry(row)


def list_entries_of_case(case: str) -> tuple[Entry, ...]:
    """Return everything that happened in a case, oldest first."""
    return _listed(case=case) if case else ()


def list_entries_of_subject(subject: str) -> tuple[Entry, ...]:
    """Return all that happened to a subject such as ``case:QZ-2026-000123``, oldest first."""
    return _listed(subject=subject)


def list_entries_of_person(person: str) -> tuple[Entry, ...]:
    """Return every entry that concerns a person (register reference), oldest first."""
    return _listed(person=person) if person else ()


def list_reads_of_person(person: str) -> tuple[Entry, ...]:
    """Return who read a person's data, when and why, oldest first."""
    kinds = [kind.name for kind in declared_entry_kinds() if kind.reads_person]
    return _listed(person=person, kind__in=kinds) if person else ()


def list_latest_entries(count: int) -> tuple[Entry, ...]:
    """Return what happened last anywhere, newest first."""
    rows = models.Entry.objects.order_by("-arrival")[:count]
    return tuple(as_entry(row) for row in rows)


def as_entry(row: models.Entry) -> Entry:
    """Return the row as the frozen entry that leaves the room."""
    return Entry(**{name: getattr(row, name) for name in Entry.__slots__})


def _listed(**conditions: object) -> tuple[Entry, ...]:
    rows = models.Entry.objects.filter(**conditions).order_by("arrival")
    return tuple(as_entry(row) for row in rows)

"""What the journal can be asked."""

from shuzheng.infrastructure.journal.queries.entries import (
    get_entry,
    list_entries_of_case,
    list_entries_of_person,
    list_entries_of_subject,
    list_reads_of_person,
)

__all__ = [
    "get_entry",
    "list_entries_of_case",
    "list_entries_of_person",
    "list_entries_of_subject",
    "list_reads_of_person",
]

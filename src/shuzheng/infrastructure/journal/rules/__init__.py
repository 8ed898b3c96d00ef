"""The journal's rules: entries and who follows them, commitments, the sealed log and its proofs."""

from shuzheng.infrastructure.journal.rules.entries import (
    ANY_KIND,
    Entry,
    EntryKind,
    Subscription,
    declare_entry_kind,
    declare_subscription,
    declared_entry_kinds,
    declared_subscriptions,
    get_entry_kind,
)
from shuzheng.infrastructure.journal.rules.refusals import (
    DeliveryFailed,
    DeliveryNotFound,
    EntryNotFound,
    EntryNotPlain,
    JournalRefusal,
    LogDoesNotMatch,
    LogFolderUnknown,
    NotYetSealed,
)

__all__ = [
    "ANY_KIND",
    "DeliveryFailed",
    "DeliveryNotFound",
    "Entry",
    "EntryKind",
    "EntryNotFound",
    "EntryNotPlain",
    "JournalRefusal",
    "LogDoesNotMatch",
    "LogFolderUnknown",
    "NotYetSealed",
    "Subscription",
    "declare_entry_kind",
    "declare_subscription",
    "declared_entry_kinds",
    "declared_subscriptions",
    "get_entry_kind",
]

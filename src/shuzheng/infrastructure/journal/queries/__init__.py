"""What the journal can be asked."""

from shuzheng.infrastructure.journal.queries.deliveries import (
    StuckDelivery,
    SubscriptionState,
    get_head_number,
    list_failed_deliveries,
    list_parked_deliveries,
    list_subscription_states,
    list_subscriptions_behind,
)
from shuzheng.infrastructure.journal.queries.entries import (
    get_entry,
    list_entries_of_case,
    list_entries_of_person,
    list_entries_of_subject,
    list_latest_entries,
    list_reads_of_person,
)
from shuzheng.infrastructure.journal.queries.log import (
    get_log_place,
    list_kept_notes,
    list_published_keys,
    list_verifier_keys,
    log_reader,
    read_head,
)
from shuzheng.infrastructure.journal.queries.sealed import (
    Inclusion,
    compare_rows,
    get_inclusion,
    get_sealed_size,
    list_inclusions_of_case,
)

__all__ = [
    "Inclusion",
    "StuckDelivery",
    "SubscriptionState",
    "compare_rows",
    "get_entry",
    "get_head_number",
    "get_inclusion",
    "get_log_place",
    "get_sealed_size",
    "list_entries_of_case",
    "list_entries_of_person",
    "list_entries_of_subject",
    "list_failed_deliveries",
    "list_inclusions_of_case",
    "list_kept_notes",
    "list_latest_entries",
    "list_parked_deliveries",
    "list_published_keys",
    "list_reads_of_person",
    "list_subscription_states",
    "list_subscriptions_behind",
    "list_verifier_keys",
    "log_reader",
    "read_head",
]

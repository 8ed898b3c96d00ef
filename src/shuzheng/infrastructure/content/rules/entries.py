"""What this room writes into the journal."""

from shuzheng.infrastructure.journal.rules import declare_entry_kind

CONTENT_APPLIED = declare_entry_kind(
    "content.applied",
    "应用了城市内容",
    facts=("reason", "added", "changed", "removed", "digests", "overwritten"),
)
CONTENT_EDITED = declare_entry_kind(
    "content.edited", "在网页上发布了城市内容", facts=("kind", "key", "published_as")
)

"""What is applied now, and how long what was read of it holds."""

from shuzheng.infrastructure.content.queries.applied import (
    AppliedRow,
    digest_of,
    get_digest,
    list_applied,
    list_applied_rows,
)
from shuzheng.infrastructure.content.queries.keeping import forget_version, kept, one_version

__all__ = [
    "AppliedRow",
    "digest_of",
    "forget_version",
    "get_digest",
    "kept",
    "list_applied",
    "list_applied_rows",
    "one_version",
]

"""What is applied now, and how long what was read of it holds."""

from shuzheng.infrastructure.content.queries.applied import get_digest, list_applied
from shuzheng.infrastructure.content.queries.keeping import forget_version, kept, one_version

__all__ = ["forget_version", "get_digest", "kept", "list_applied", "one_version"]

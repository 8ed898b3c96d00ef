"""What is applied now."""

from shuzheng.infrastructure.content.models import AppliedItem
from shuzheng.infrastructure.content.rules import Applied, Edit


def list_applied() -> dict[tuple[str, str], Applied]:
    """Return every applied item by kind and key."""
    return {(row.kind, row.key): _applied(row) for row in AppliedItem.objects.all()}


def _applied(row: AppliedItem) -> Applied:
    if row.edited_at is None:
        return Applied(row.digest)
    return Applied(row.digest, Edit(row.edited_at, row.edited_by, row.edited_as))


def get_digest(*, kind: str, key: str) -> str:
    """Return the digest of an applied item, empty if there is none."""
    row = AppliedItem.objects.filter(kind=kind, key=key).values_list("digest", flat=True).first()
    return row or ""

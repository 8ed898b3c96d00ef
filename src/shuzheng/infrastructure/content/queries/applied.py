"""What is applied now."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from shuzheng.infrastructure.content.models import AppliedItem
from shuzheng.infrastructure.content.rules import Applied, Edit


def list_applied() -> dict[tuple[str, str], Applied]:
    """Return every applied item by kind and key."""
    return {(row.kind, row.key): _applied(row) for row in AppliedItem.objects.all()}


def _applied(row: AppliedItem) -> Applied:
    if row.edited_at is None:
        return Applied(row.digest)
    return Applied(row.digest, Edit(row.edited_at, row.edited_by, row.edited_as))


@dataclass(frozen=True, slots=True)
class AppliedRow:
    """One item as it is in force: when its files were applied, by whom, why, and what since."""

    kind: str
    key: str
    digest: str
    applied_at: datetime
    applied_by: str
    reason: str
    edit: Edit | None


def list_applied_rows() -> tuple[AppliedRow, ...]:
    """Return every applied item by kind and key, with who applied it."""
    return tuple(
        AppliedRow(
            kind=row.kind,
            key=row.key,
            digest=row.digest,
            applied_at=row.applied_at,
            applied_by=row.applied_by,
            reason=row.reason,
            edit=_applied(row).edit,
        )
        for row in AppliedItem.objects.order_by("kind", "key")
    )


def digest_of(rows: tuple[AppliedRow, ...]) -> str:
    """Return one SHA-256 over items: two houses with the same have applied the same files."""
    lines = "".join(f"{row.kind}:{row.key} {row.digest}\n" for row in rows)
    return sha256(lines.encode()).hexdigest()


def get_digest(*, kind: str, key: str) -> str:
    """Return the digest of an applied item, empty if there is none."""
    row = AppliedItem.objects.filter(kind=kind, key=key).values_list("digest", flat=True).first()
    return row or ""

"""What is applied now."""

from shuzheng.infrastructure.content.models import AppliedItem


def list_applied() -> dict[tuple[str, str], str]:
    """Return the digest of every applied item by kind and key."""
    rows = AppliedItem.objects.values_list("kind", "key", "digest")
    return {(kind, key): digest for kind, key, digest in rows}


def get_digest(*, kind: str, key: str) -> str:
    """Return the digest of an applied item, empty if there is none."""
    row = AppliedItem.objects.filter(kind=kind, key=key).values_list("digest", flat=True).first()
    return row or ""

"""Which seals there are, and what the demonstration's certificates say."""

from dataclasses import dataclass
from datetime import date

from shuzheng.support.seals.models import Certificate, RevocationList, Seal
from shuzheng.support.seals.rules import UnknownSeal

ROOT = "root"


@dataclass(frozen=True, slots=True)
class SealRow:
    """A seal: its code and name, the department, and the words on its face."""

    code: str
    name: str
    short_name: str
    department: str
    organisation: str
    purpose: str
    millimetres: int
    withdrawn_on: date | None


def get_seal(code: str) -> SealRow:
    """Return a seal.

    Raises:
        UnknownSeal: no seal has this code.
    """
    row = Seal.objects.filter(code=code).first()
    if row is None:
        raise UnknownSeal(seal=code)
    return _row(row)


def list_seals() -> tuple[SealRow, ...]:
    """Return every seal, ordered by code."""
    return tuple(_row(row) for row in Seal.objects.order_by("code"))


def get_root_certificate() -> str:
    """Return the demonstration root's certificate as PEM; empty before the first seal."""
    row = Certificate.objects.filter(holder=ROOT, revoked_at=None).first()
    return row.pem if row else ""


def get_revocation_list() -> str:
    """Return the newest revocation list as PEM; empty before the first seal."""
    row = RevocationList.objects.order_by("-number").first()
    return row.pem if row else ""


def _row(row: Seal) -> SealRow:
    return SealRow(
        row.code,
        row.name,
        row.short_name,
        row.department,
        row.organisation,
        row.purpose,
        row.millimetres,
        row.withdrawn_on,
    )

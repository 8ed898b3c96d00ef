"""Revoking a seal's certificate: documents sealed before stay provable by their time stamp."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.seals.models import Certificate
from shuzheng.support.seals.queries import get_seal
from shuzheng.support.seals.rules import REVOKE_SEALS, SEAL_REVOKED, NoCertificate


@transaction.atomic
def revoke_seal(*, seal: str, reason: str, by: Actor, at: datetime) -> None:
    """Revoke the certificate behind a seal and issue a revocation list; the next use makes another.

    Raises:
        PostLacksPermission: the actor may not revoke seals.
        UnknownSeal: there is no such seal.
        NoCertificate: it was never used, or its certificate is revoked already.
    """
    from shuzheng.support.seals.operations.authority import renew_revocation_list

    guard(by, REVOKE_SEALS)
    found = get_seal(seal)
    row = (
        Certificate.objects.select_for_update()
        .filter(holder=f"of-{found.code}", revoked_at=None)
        .first()
    )
    if row is None:
        raise NoCertificate(seal=found.name)
    row.revoked_at, row.revoked_because = at, reason
    row.save(update_fields=["revoked_at", "revoked_because"])
    renew_revocation_list(at=at)
    facts = {"seal": found.code, "certificate": row.serial, "reason": reason}
    append(actor=by, kind=SEAL_REVOKED, subject=f"seal:{found.code}", at=at, facts=facts)

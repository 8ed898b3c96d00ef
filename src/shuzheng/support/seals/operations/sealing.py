"""Putting a seal on a document and saying what the seals on one prove.

What signs and checks is imported when it is used: a second of processor and 20 MB that a process
which never meets a seal goes without.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.seals.queries import SealRow, get_seal
from shuzheng.support.seals.rules import (
    SEAL_APPLIED,
    USE_SEALS,
    SealPicture,
    SealWithdrawn,
    Verification,
    draw_seal,
)


@transaction.atomic
def seal_pdf(
    *, pdf: bytes, seal: str, reason: str, by: Actor, at: datetime, case: str = ""
) -> bytes:
    """Return the document with a visible seal and a time stamp (PAdES baseline B-LT).

    The seal's centre lies where the document marks it (named destination ``seal``).

    Raises:
        PostLacksPermission: the actor may not use seals.
        UnknownSeal, SealWithdrawn: there is no such seal in use.
        NotAPdf, AlreadySealed: the document cannot take a seal.
    """
    from shuzheng.support.seals.operations.authority import port_of

    guard(by, USE_SEALS)
    found = get_seal(seal)
    if found.withdrawn_on is not None:
        raise SealWithdrawn(seal=found.name)
    port = port_of(found, at=at)
    sealed = port.seal(pdf, picture=_picture(found), reason=reason, at=at)
    _journal(found, port.certificate_serial, sealed, reason=reason, by=by, at=at, case=case)
    return sealed


def verify_pdf(pdf: bytes, *, at: datetime) -> Verification:
    """Say what the signatures in a document prove at the moment ``at``; nothing is kept.

    Raises:
        NotAPdf: the document cannot be read.
    """
    from shuzheng.support.seals.operations.authority import get_trust
    from shuzheng.support.seals.rules.verification import verify

    trust = get_trust()
    return verify(pdf, trust=trust, at=at) if trust else Verification()


def _picture(seal: SealRow) -> SealPicture:
    return draw_seal(
        organisation=seal.organisation, purpose=seal.purpose, millimetres=seal.millimetres
    )


def _journal(
    seal: SealRow,
    certificate: str,
    sealed: bytes,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    case: str,
) -> None:
    facts = {
        "seal": seal.code,
        "certificate": certificate,
        "reason": reason,
        "sha256": hashlib.sha256(sealed).hexdigest(),
    }
    append(actor=by, kind=SEAL_APPLIED, subject=f"seal:{seal.code}", at=at, facts=facts, case=case)

"""Seals: the port, the demonstration behind it, the seal's picture, and checking documents."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.support.seals.rules.pictures import draw_seal, preview_seal
from shuzheng.support.seals.rules.port import SealPicture, SealPort, Signature, Verification
from shuzheng.support.seals.rules.refusals import (
    AlreadySealed,
    NoCertificate,
    NotAPdf,
    SealKeyLost,
    SealRefusal,
    SealWithdrawn,
    UnknownSeal,
)

USE_SEALS = declare_permission("seals.use", "在文书上加盖电子印章")
REVOKE_SEALS = declare_permission("seals.revoke", "吊销电子印章的证书")

SEAL_APPLIED = declare_entry_kind(
    "seal.applied",
    "在文书上加盖电子印章",
    facts=("seal", "certificate", "reason", "sha256"),
)
SEAL_REVOKED = declare_entry_kind(
    "seal.revoked", "吊销电子印章的证书", facts=("seal", "certificate", "reason")
)

__all__ = [
    "REVOKE_SEALS",
    "SEAL_APPLIED",
    "SEAL_REVOKED",
    "USE_SEALS",
    "AlreadySealed",
    "NoCertificate",
    "NotAPdf",
    "SealKeyLost",
    "SealPicture",
    "SealPort",
    "SealRefusal",
    "SealWithdrawn",
    "Signature",
    "UnknownSeal",
    "Verification",
    "draw_seal",
    "preview_seal",
]

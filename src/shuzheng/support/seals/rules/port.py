"""The port every seal system meets: the demonstration today, a national or provincial one tomorrow.

Source: 国务院关于在线政务服务的若干规定 第九条 (lawful seal systems), 第十条 (layout documents).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

POINTS_PER_MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class SealPicture:
    """The picture of a seal as a one-page PDF drawing, and its diameter in millimetres."""

    drawing: bytes
    millimetres: float = 42.0


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature found in a document.

    Attributes:
        signer: common name of the certificate, the seal's name.
        organisation: the department in the certificate.
        serial: hexadecimal serial number of the certificate.
        intact: the signed bytes are unchanged.
        trusted: the certificate chains to the seal system's root and was valid, not revoked.
        covers_whole_document: nothing was added after it but time stamps.
        signed_at: the time stamp's moment, aware; none if there is no valid time stamp.
    """

    signer: str
    organisation: str
    serial: str
    intact: bool
    trusted: bool
    covers_whole_document: bool
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of a sealed document found."""

    signatures: tuple[Signature, ...] = field(default=())

    @property
    def is_sealed(self) -> bool:
        """Say whether there is at least one signature."""
        return bool(self.signatures)

    @property
    def is_genuine(self) -> bool:
        """Say whether every signature is intact, trusted, and covers the whole document."""
        return self.is_sealed and all(
            each.intact and each.trusted and each.covers_whole_document for each in self.signatures
        )


class SealPort(Protocol):
    """A system that seals and verifies layout documents."""

    name: str
    is_demonstration: bool

    def seal(self, pdf: bytes, *, picture: SealPicture, reason: str, at: datetime) -> bytes:
        """Return the document with a visible, time-stamped seal."""
        ...

    def verify(self, pdf: bytes, *, at: datetime) -> Verification:
        """Say what the document's signatures prove at the moment ``at``."""
        ...

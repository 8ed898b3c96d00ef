"""Checking sealed documents against one root, offline."""

import io
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import crl as asn1_crl  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from shuzheng.support.seals.rules.port import Signature, Verification
from shuzheng.support.seals.rules.refusals import NotAPdf
from shuzheng.support.seals.rules.signing import certificate_of

# What pyHanko lets through when a stranger's file is broken in one of many ways.
_UNREADABLE = (
    PdfError,
    SignatureValidationError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    OSError,
    NotImplementedError,
    RecursionError,
)


@dataclass(frozen=True)
class Trust:
    """The root to believe and its current revocation list."""

    root: x509.Certificate
    revoked: x509.CertificateRevocationList

    def context(self, at: datetime) -> ValidationContext:
        """Return pyHanko's view of it; nothing is ever fetched."""
        crl = asn1_crl.CertificateList.load(self.revoked.public_bytes(serialization.Encoding.DER))
        return ValidationContext(
            trust_roots=[certificate_of(self.root)],
            crls=[crl],
            allow_fetching=False,
            revocation_mode="soft-fail",
            moment=at,
        )


def verify(pdf: bytes, *, trust: Trust, at: datetime) -> Verification:
    """Say what the signatures in a document prove at the moment ``at``.

    Raises:
        NotAPdf: the document cannot be read.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        return Verification(tuple(_signature(each, trust, at) for each in found))
    except _UNREADABLE as error:
        raise NotAPdf from error


def _signature(found: EmbeddedPdfSignature, trust: Trust, at: datetime) -> Signature:
    certificate = found.signer_cert
    status = _status(found, trust, at)
    return Signature(
        signer=certificate.subject.native.get("common_name", ""),
        organisation=certificate.subject.native.get("organization_name", ""),
        serial=f"{certificate.serial_number:x}",
        intact=status is not None and status.intact and status.valid,
        trusted=status is not None and status.trusted,
        covers_whole_document=status is not None and _covers(status),
        signed_at=_moment(status),
    )


def _status(found: EmbeddedPdfSignature, trust: Trust, at: datetime) -> PdfSignatureStatus | None:
    context = trust.context(at)
    try:
        return validate_pdf_signature(
            found, signer_validation_context=context, ts_validation_context=context
        )
    except _UNREADABLE:
        return None


def _covers(status: PdfSignatureStatus) -> bool:
    """Say whether not one byte lies outside: our seals leave nothing to add afterwards."""
    return status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _moment(status: PdfSignatureStatus | None) -> datetime | None:
    stamp = status.timestamp_validity if status is not None else None
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return None
    moment: datetime = stamp.timestamp
    return moment

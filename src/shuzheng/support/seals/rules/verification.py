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
        """Return pyHanko's view of it at a moment; nothing is ever fetched.

        The list in hand decides also about moments before it was issued: it names since when
        each certificate is revoked.
        """
        crl = asn1_crl.CertificateList.load(self.revoked.public_bytes(serialization.Encoding.DER))
        return ValidationContext(
            trust_roots=[certificate_of(self.root)],
            crls=[crl],
            allow_fetching=False,
            revocation_mode="require",
            retroactive_revinfo=True,
            moment=at,
        )


def verify(pdf: bytes, *, trust: Trust, at: datetime) -> Verification:
    """Say what the signatures in a document prove at the moment ``at``.

    A certificate is judged at the moment of the time stamp: what was sealed before it was revoked
    or ran out stays proved. Without a time stamp it is judged at ``at``.

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
        trusted=status is not None and status.trusted and _moment(status) is not None,
        covers_whole_document=status is not None and _covers(status),
        signed_at=_moment(status),
    )


def _status(found: EmbeddedPdfSignature, trust: Trust, at: datetime) -> PdfSignatureStatus | None:
    try:
        context = trust.context(_stamped_at(found) or at)
        return validate_pdf_signature(
            found, signer_validation_context=context, ts_validation_context=context
        )
    except _UNREADABLE:
        return None


def _stamped_at(found: EmbeddedPdfSignature) -> datetime | None:
    """Return the moment the time stamp claims; whether it may is checked with the signature."""
    for attribute in found.signer_info["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            token = attribute["values"][0]["content"]
            moment: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
            return moment
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

"""The demonstration's seal system: PAdES with a root, a time stamper and revocation of its own.

It is not an assessed e-seal system (国务院关于在线政务服务的若干规定 第九条); documents say so.
"""

import io
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko.stamp import StaticStampStyle

from shuzheng.support.seals.rules.places import FIELD, seal_place
from shuzheng.support.seals.rules.port import SealPicture, Verification
from shuzheng.support.seals.rules.refusals import AlreadySealed, NotAPdf
from shuzheng.support.seals.rules.signing import DIGEST, KeptKeySigner, LocalTimeStamper
from shuzheng.support.seals.rules.verification import Trust, verify

# Chains and the revocation list go into the signed revision: the seal covers the whole file.
_EVIDENCE = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
)
# Room for the signature with its time stamp, in hexadecimal digits (they take about 13,000).
_RESERVED = 20_000
_CENTRED = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
)


@dataclass(frozen=True)
class Credentials:
    """A certificate with its key, ready to sign."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


class DemonstrationSeals:
    """The seal port of the demonstration, for one seal; kept between documents.

    Baseline B-LT: the signature carries a time stamp, its chain and the revocation list.
    """

    name = "演示印章系统"
    is_demonstration = True

    def __init__(self, trust: Trust, *, seal: Credentials, time_stamps: Credentials) -> None:
        self._trust = trust
        self.certificate_serial = f"{seal.certificate.serial_number:x}"
        self._signer = KeptKeySigner(seal.certificate, seal.key, trust.root)
        stamper = KeptKeySigner(time_stamps.certificate, time_stamps.key, trust.root)
        self._time_stamper = LocalTimeStamper(stamper)
        self._one_at_a_time = threading.Lock()

    def seal(self, pdf: bytes, *, picture: SealPicture, reason: str, at: datetime) -> bytes:
        """Return the document with a visible, time-stamped seal.

        Raises:
            NotAPdf: the document cannot be read.
            AlreadySealed: it bears a signature.
        """
        place = seal_place(_readable(pdf), millimetres=picture.millimetres)
        signer = _DatedSigner(
            self._metadata(reason, at),
            signer=self._signer,
            timestamper=self._time_stamper,
            stamp_style=_stamp(picture),
            new_field_spec=SigFieldSpec(FIELD, on_page=place.page, box=place.box),
        )
        signer.at = at
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        with self._one_at_a_time:
            self._time_stamper.at = at
            return bytes(signer.sign_pdf(writer, bytes_reserved=_RESERVED).getvalue())

    def verify(self, pdf: bytes, *, at: datetime) -> Verification:
        """Say what the document's signatures prove.

        Raises:
            NotAPdf: the document cannot be read.
        """
        return verify(pdf, trust=self._trust, at=at)

    def _metadata(self, reason: str, at: datetime) -> PdfSignatureMetadata:
        return PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
            embed_validation_info=True,
            dss_settings=_EVIDENCE,
            validation_context=self._trust.context(at),
        )


def _readable(pdf: bytes) -> PdfFileReader:
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = reader.embedded_signatures
    except (PdfError, ValueError, OSError) as error:
        raise NotAPdf from error
    if signatures:
        raise AlreadySealed
    return reader


def _stamp(picture: SealPicture) -> StaticStampStyle:
    return StaticStampStyle(
        background=_Drawing(picture.drawing), background_layout=_CENTRED, border_width=0
    )


class _DatedSigner(PdfSigner):
    """Write the moment of the operation into the signature, not the clock of the machine."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


class _Drawing(PdfContent):
    """The seal's picture, kept as a drawing: sharp at any size and a few kilobytes."""

    def __init__(self, drawing: bytes) -> None:
        super().__init__()
        self._drawing = drawing

    def render(self) -> bytes:
        page = PdfFileReader(io.BytesIO(self._drawing))
        picture = self._ensure_writer.import_page_as_xobject(page)
        self.resources.xobject["/Picture"] = picture
        left, bottom, right, top = picture.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Picture Do"

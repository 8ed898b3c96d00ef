"""Signers for pyHanko that keep a private key instead of reading and checking it every time.

Reading an RSA key of 3072 bits takes some 100 ms, signing with it 1 ms.
"""

import logging
import secrets
from datetime import UTC, datetime

from asn1crypto import cms, core, tsp  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

DIGEST = "sha256"
# pyHanko warns at every document that it may not fetch, and prints a trace for each revoked seal.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
# An identifier under the experimental arc: the demonstration has no published time-stamp policy.
_TIME_STAMP_POLICY = "1.3.6.1.3.2026.1"


def certificate_of(certificate: x509.Certificate) -> asn1.Certificate:
    """Turn a certificate into the form pyHanko works with."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    return next(iter(load_certs_from_pemder_data(der)))


def store_of(*certificates: x509.Certificate) -> SimpleCertificateStore:
    """Return a store of certificates to embed."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([certificate_of(each) for each in certificates])
    return store


class KeptKeySigner(Signer):
    """Sign with an RSA key kept in memory."""

    def __init__(
        self, certificate: x509.Certificate, key: rsa.RSAPrivateKey, *chain: x509.Certificate
    ) -> None:
        super().__init__(
            signing_cert=certificate_of(certificate), cert_registry=store_of(certificate, *chain)
        )
        self._key = key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        """Sign the attributes; only SHA-256 is ever asked for."""
        if digest_algorithm != DIGEST:
            raise ValueError(digest_algorithm)
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class LocalTimeStamper(TimeStamper):
    """A time-stamping authority in this process: RFC 3161 tokens without a network.

    A demonstration: its clock is the moment of the operation (``at``) and nobody audits it.
    """

    def __init__(self, signer: KeptKeySigner) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._signer = signer
        self.at = datetime.fromtimestamp(0, UTC)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer a request with a signed token of the moment."""
        content = cms.EncapsulatedContentInfo(
            {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(self._info(req).dump()),
            }
        )
        token = await self._signer.async_sign_general_data(
            content, DIGEST, detached=False, use_cades=True
        )
        return tsp.TimeStampResp(
            {"status": tsp.PKIStatusInfo({"status": "granted"}), "time_stamp_token": token}
        )

    def _info(self, request: tsp.TimeStampReq) -> tsp.TSTInfo:
        info = {
            "version": "v1",
            "policy": _TIME_STAMP_POLICY,
            "message_imprint": request["message_imprint"],
            "serial_number": int.from_bytes(secrets.token_bytes(8), "big"),
            "gen_time": self.at.replace(microsecond=0),
        }
        if request["nonce"].native is not None:
            info["nonce"] = request["nonce"]
        return tsp.TSTInfo(info)

"""The demonstration's certificates: one root, one certificate a seal, one for time stamps, a CRL.

Third-party certificates come only from licensed providers (电子签名法 第十六至十八条): these
are none, and every one says 演示 in its name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
ROOT_YEARS, LEAF_YEARS, CRL_DAYS = 20, 10, 30
RSA_BITS = 3072


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names."""

    name: str
    organisation: str
    identifier: str = ""


def make_key() -> rsa.RSAPrivateKey:
    """Make an RSA key; every PDF reader can check it (SM2 is a port's business)."""
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def make_root(key: PrivateKey, subject: Subject, *, at: datetime) -> x509.Certificate:
    """Make the self-signed root."""
    builder = _builder(subject, subject, key.public_key(), at=at, years=ROOT_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(certificates=True), critical=True)
    return builder.sign(key, hashes.SHA256())


def make_seal_certificate(
    subject: Subject,
    public_key: CertificatePublicKeyTypes,
    *,
    root: x509.Certificate,
    root_key: PrivateKey,
    at: datetime,
) -> x509.Certificate:
    """Make the certificate of one department's seal."""
    builder = _leaf(subject, public_key, root=root, at=at)
    builder = builder.add_extension(_usage(signatures=True), critical=True)
    return builder.sign(root_key, hashes.SHA256())


def make_time_stamp_certificate(
    subject: Subject,
    public_key: CertificatePublicKeyTypes,
    *,
    root: x509.Certificate,
    root_key: PrivateKey,
    at: datetime,
) -> x509.Certificate:
    """Make the certificate of the time-stamping authority (RFC 3161: this purpose alone)."""
    builder = _leaf(subject, public_key, root=root, at=at)
    builder = builder.add_extension(_usage(signatures=True), critical=True)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return builder.add_extension(purpose, critical=True).sign(root_key, hashes.SHA256())


def make_revocation_list(
    revoked: Iterable[tuple[int, datetime]],
    *,
    root: x509.Certificate,
    root_key: PrivateKey,
    number: int,
    at: datetime,
) -> x509.CertificateRevocationList:
    """Make the CRL; ``revoked`` holds certificate serial numbers and since when."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(at)
        .next_update(at + timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_authority(root), critical=False)
    )
    for serial, since in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(root_key, hashes.SHA256())


def _leaf(
    subject: Subject,
    public_key: CertificatePublicKeyTypes,
    *,
    root: x509.Certificate,
    at: datetime,
) -> x509.CertificateBuilder:
    builder = _builder(subject, root.subject, public_key, at=at, years=LEAF_YEARS)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    return builder.add_extension(_authority(root), critical=False)


def _builder(
    subject: Subject,
    issuer: Subject | x509.Name,
    public_key: CertificatePublicKeyTypes,
    *,
    at: datetime,
    years: int,
) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(public_key)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(issuer if isinstance(issuer, x509.Name) else _name(issuer))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * years))
        .add_extension(identifier, critical=False)
    )


def _name(subject: Subject) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, subject.name),
    ]
    if subject.identifier:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, subject.identifier))
    return x509.Name(parts)


def _authority(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _usage(*, certificates: bool = False, signatures: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signatures,
        content_commitment=signatures,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )

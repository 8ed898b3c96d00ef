"""The demonstration's certificate authority: made at first use, renewed when it must be.

Private keys are files of the keys room, certificates and revocation lists are rows.
"""

from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.db import connection
from django.db.models import QuerySet

from shuzheng.support.seals.models import Certificate, RevocationList
from shuzheng.support.seals.operations.private_keys import private_key
from shuzheng.support.seals.queries import ROOT, SealRow
from shuzheng.support.seals.rules import SealKeyLost
from shuzheng.support.seals.rules.certificates import (
    Subject,
    make_revocation_list,
    make_root,
    make_seal_certificate,
    make_time_stamp_certificate,
)
from shuzheng.support.seals.rules.demonstration import Credentials, DemonstrationSeals
from shuzheng.support.seals.rules.verification import Trust

TIME_STAMPS = "time-stamps"
_OWNER = "数政演示环境（非依法设立的电子认证服务）"
_ROOT_SUBJECT = Subject("数政演示根证书", _OWNER)
_TIME_STAMPS_SUBJECT = Subject("数政演示时间戳", _OWNER)
# Two processes must not make two roots: one advisory lock until the transaction ends.
_LOCK = 7_316_001
_RENEW_BEFORE = timedelta(days=2)


def port_of(seal: SealRow, *, at: datetime) -> DemonstrationSeals:
    """Return the port that seals with this seal; what is missing is made.

    Raises:
        SealKeyLost: a certificate is there, but its private key is another one.
    """
    holder = f"of-{seal.code}"
    if not _is_ready(holder, at):
        _make_ready(holder, Subject(seal.name, seal.organisation), at)
    pems = dict(_valid().values_list("holder", "pem"))
    newest = RevocationList.objects.latest("number")
    return _port(holder, pems[ROOT], pems[TIME_STAMPS], pems[holder], newest.pem)


def get_trust() -> Trust | None:
    """Return the root and its newest revocation list; nothing before the first seal."""
    root = _valid().filter(holder=ROOT).first()
    newest = RevocationList.objects.order_by("-number").first()
    if root is None or newest is None:
        return None
    return _trust(root.pem, newest.pem)


def renew_revocation_list(*, at: datetime) -> None:
    """Issue a revocation list with every revoked certificate."""
    newest = RevocationList.objects.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    revoked = Certificate.objects.exclude(revoked_at=None).values_list("serial", "revoked_at")
    made = make_revocation_list(
        [(int(serial, 16), since) for serial, since in revoked if since],
        root=_certificate(_valid().get(holder=ROOT).pem),
        root_key=private_key(ROOT),
        number=number,
        at=at,
    )
    pem = made.public_bytes(serialization.Encoding.PEM).decode()
    RevocationList.objects.create(
        number=number, pem=pem, issued_at=at, next_at=made.next_update_utc or at
    )


def _is_ready(holder: str, at: datetime) -> bool:
    found = _valid().filter(holder__in=(ROOT, TIME_STAMPS, holder)).count()
    fresh = RevocationList.objects.filter(next_at__gt=at + _RENEW_BEFORE).exists()
    return found == len((ROOT, TIME_STAMPS, holder)) and fresh


def _make_ready(holder: str, subject: Subject, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    held = set(_valid().values_list("holder", flat=True))
    if ROOT not in held:
        _keep(ROOT, make_root(private_key(ROOT), _ROOT_SUBJECT, at=at), at)
    root = _certificate(_valid().get(holder=ROOT).pem)
    for each, named in ((TIME_STAMPS, _TIME_STAMPS_SUBJECT), (holder, subject)):
        if each not in held:
            _keep(each, _leaf(each, named, root, at), at)
    if not RevocationList.objects.filter(next_at__gt=at + _RENEW_BEFORE).exists():
        renew_revocation_list(at=at)


def _leaf(holder: str, subject: Subject, root: x509.Certificate, at: datetime) -> x509.Certificate:
    make = make_time_stamp_certificate if holder == TIME_STAMPS else make_seal_certificate
    public_key = private_key(holder).public_key()
    return make(subject, public_key, root=root, root_key=private_key(ROOT), at=at)


def _keep(holder: str, made: x509.Certificate, at: datetime) -> None:
    Certificate.objects.create(
        holder=holder,
        serial=f"{made.serial_number:x}",
        pem=made.public_bytes(serialization.Encoding.PEM).decode(),
        issued_at=at,
    )


def _valid() -> QuerySet[Certificate]:
    return Certificate.objects.filter(revoked_at=None)


@lru_cache(maxsize=64)
def _port(holder: str, root: str, stamps: str, leaf: str, revoked: str) -> DemonstrationSeals:
    return DemonstrationSeals(
        _trust(root, revoked),
        seal=_credentials(holder, leaf),
        time_stamps=_credentials(TIME_STAMPS, stamps),
    )


def _credentials(holder: str, pem: str) -> Credentials:
    certificate, key = _certificate(pem), private_key(holder)
    if certificate.public_key() != key.public_key():
        raise SealKeyLost(holder=holder)
    return Credentials(certificate, key)


@lru_cache(maxsize=8)
def _trust(root: str, revoked: str) -> Trust:
    return Trust(_certificate(root), x509.load_pem_x509_crl(revoked.encode()))


def _certificate(pem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem.encode())

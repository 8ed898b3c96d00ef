"""The demonstration's private keys: PEM files of the keys room, read once a process."""

from functools import lru_cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shuzheng.infrastructure.keys.operations import keep_secret
from shuzheng.support.seals.rules.certificates import make_key


def private_key(holder: str) -> rsa.RSAPrivateKey:
    """Return the holder's key, made at first use; the file is ``seal-<holder>``, mode 0600."""
    return _loaded(keep_secret(f"seal-{holder}", _make))


@lru_cache(maxsize=64)
def _loaded(pem: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(type(key))
    return key


def _make() -> bytes:
    return make_key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

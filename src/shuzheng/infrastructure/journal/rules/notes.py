"""Signed checkpoints: C2SP ``signed-note`` with Ed25519 and ``checkpoint``."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_ROOT_BYTES = 32
_DASH = "\N{EM DASH}"
_CHECKPOINT = re.compile(r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[^\n]+)\n")


class NoteError(ValueError):
    """The text is no signed note, or no checkpoint, or the signature is not by a key we trust."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A key that signatures are checked with: the signer's name and the public key."""

    name: str
    public: bytes

    @property
    def identifier(self) -> bytes:
        """The four bytes that say in a signature which key made it."""
        content = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(content).digest()[:_KEY_ID_BYTES]

    def to_text(self) -> str:
        """Return the form ``name+hash+key`` in which the key is handed out."""
        encoded = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.identifier.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log claims: its name, how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """Return the body that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def verifier_key(name: str, key: Ed25519PrivateKey) -> VerifierKey:
    """Return the public side of a signing key."""
    return VerifierKey(name, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def read_verifier_key(text: str) -> VerifierKey:
    """Read a key in the form ``name+hash+key``.

    Raises:
        NoteError: it is of another form or algorithm, or the hash does not fit.
    """
    name, _, rest = text.strip().partition("+")
    identifier, _, encoded = rest.partition("+")
    raw = _decoded(encoded)
    key = VerifierKey(name, raw[1:])
    if raw[:1] != _ED25519 or key.identifier.hex() != identifier:
        raise NoteError(f"不是有效的校验公钥：{text.strip()[:80]}")
    return key


def sign_note(text: str, *, name: str, key: Ed25519PrivateKey) -> str:
    """Return the text with a signature line."""
    signature = verifier_key(name, key).identifier + key.sign(text.encode())
    return f"{text}\n{_DASH} {name} {base64.b64encode(signature).decode()}\n"


def open_note(note: str, *, keys: Iterable[VerifierKey]) -> str:
    """Return the text of a note that one of the keys has signed.

    Raises:
        NoteError: it is no note, a signature of a known key is wrong, or no known key signed.
    """
    text, signatures = split_note(note)
    known = {(key.name, key.identifier): key for key in keys}
    is_signed = False
    for name, signature in signatures:
        key = known.get((name, signature[:_KEY_ID_BYTES]))
        if key is not None:
            _check(key, signature[_KEY_ID_BYTES:], text)
            is_signed = True
    if not is_signed:
        raise NoteError("检查点没有可信密钥的签名")
    return text


def split_note(note: str) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """Return the text and the (name, signature) pairs of a note, unchecked.

    Raises:
        NoteError: it is no signed note.
    """
    text, gap, lines = note.rpartition(f"\n\n{_DASH} ")
    if not gap or not note.endswith("\n"):
        raise NoteError("不是签名的检查点")
    rows = f"{_DASH} {lines}".splitlines()
    return f"{text}\n", tuple(_signature(row) for row in rows)


def read_checkpoint(text: str) -> Checkpoint:
    """Read the body of a checkpoint; lines after the third are other people's extensions.

    Raises:
        NoteError: it is none.
    """
    match = _CHECKPOINT.match(text)
    root = _decoded(match["root"]) if match else b""
    if match is None or len(root) != _ROOT_BYTES:
        raise NoteError("不是检查点")
    return Checkpoint(match["origin"], int(match["size"]), root)


def _signature(row: str) -> tuple[str, bytes]:
    dash, _, rest = row.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != _DASH or not name or not encoded:
        raise NoteError("检查点的签名行有误")
    return name, _decoded(encoded)


def _check(key: VerifierKey, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as fault:
        raise NoteError(f"检查点上 {key.name} 的签名不正确") from fault


def _decoded(text: str) -> bytes:
    """Decode base64 that is written in the one right way, so that no bit of a note is free."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise NoteError("编码有误") from fault
    if base64.b64encode(raw).decode() != text:
        raise NoteError("编码有误")
    return raw

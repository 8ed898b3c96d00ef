"""Keys in files outside the database: made at first use, rotated by adding a version."""

import base64
import os
import secrets
import stat
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shuzheng.infrastructure.keys.rules import (
    BLIND_INDEX_KEY,
    COLUMN_KEY,
    KEY_BYTES,
    NONCE_BYTES,
    KeyDamaged,
    KeyFolderUnknown,
    KeyNotFound,
    KeyNotRotatable,
    KeyTooOpen,
    TextNotDecryptable,
    Token,
    associated_data,
    check_name,
    keyed_index,
    read_token,
)

_FILE_MODE = 0o600
_FOLDER_MODE = 0o700
_OTHERS = 0o077

_place: dict[str, Path] = {}


def use_folder(folder: Path) -> None:
    """Say where the keys are kept (``<data>/keys``); the folder is made at first use."""
    _place["folder"] = folder


def encrypt(text: str, *, context: str) -> str:
    """Encrypt a column's text with AES-256-GCM under the newest column key.

    Args:
        text: what to hide.
        context: the column, such as ``person.name``; decryption elsewhere fails.
    """
    version, key = _newest(COLUMN_KEY)
    nonce = secrets.token_bytes(NONCE_BYTES)
    data = associated_data(name=COLUMN_KEY, version=version, context=context)
    return Token(version, nonce, _cipher(key).encrypt(nonce, text.encode(), data)).to_text()


def decrypt(text: str, *, context: str) -> str:
    """Return what `encrypt` hid.

    Raises:
        TextNotDecryptable: the text was changed or belongs to another context.
        KeyNotFound: the version of the key it was encrypted with is gone.
    """
    token = read_token(text, context=context)
    key = get_secret(COLUMN_KEY, version=token.version)
    data = associated_data(name=COLUMN_KEY, version=token.version, context=context)
    try:
        return _cipher(key).decrypt(token.nonce, token.sealed, data).decode()
    except (InvalidTag, ValueError) as fault:
        raise TextNotDecryptable(context=context) from fault


def blind_index(value: str, *, context: str) -> str:
    """Return 32 hexadecimal digits (HMAC-SHA256) by which an encrypted value can be looked up."""
    return keyed_index(key=_newest(BLIND_INDEX_KEY)[1], value=value, context=context)


def get_signing_key(name: str) -> Ed25519PrivateKey:
    """Return the newest Ed25519 key of that name, made at first use."""
    return Ed25519PrivateKey.from_private_bytes(_newest(name)[1])


def list_signing_keys(name: str) -> tuple[Ed25519PrivateKey, ...]:
    """Return every version of a signing key, newest first: old signatures stay verifiable."""
    _newest(name)
    return tuple(
        Ed25519PrivateKey.from_private_bytes(get_secret(name, version=version))
        for version in sorted(_versions(check_name(name)), reverse=True)
    )


def get_secret(name: str, *, version: int = 0) -> bytes:
    """Return 32 secret bytes of that name; version 0 is the newest, made at first use.

    Raises:
        KeyNotFound: that version does not exist.
        KeyTooOpen: others can read the key; nothing is used until the mode is put right.
    """
    if version == 0:
        return _newest(name)[1]
    path = _path(check_name(name), version)
    if not path.exists():
        raise KeyNotFound(name=name, version=version)
    return _read_key(path)


def keep_secret(name: str, make: Callable[[], bytes]) -> bytes:
    """Return secret material of any form (a PEM key), made once even if two processes begin.

    The file is ``<keys>/<name>``; the loser of a race returns what the winner wrote.
    """
    path = _folder() / check_name(name)
    if not path.exists():
        _create(path, make())
    _check_closed(path, wanted=_FILE_MODE)
    return path.read_bytes()


def rotate(name: str) -> int:
    """Add a version to a key and return its number; older versions stay for what they protect.

    Raises:
        KeyNotRotatable: references are made with this key.
        KeyNotFound: there is no such key yet.
    """
    if name == BLIND_INDEX_KEY:
        raise KeyNotRotatable(name=name)
    versions = _versions(check_name(name))
    if not versions:
        raise KeyNotFound(name=name, version=1)
    version = max(versions) + 1
    _create(_path(name, version), _fresh_key())
    return version


def _newest(name: str) -> tuple[int, bytes]:
    versions = _versions(check_name(name))
    if not versions:
        _create(_path(name, 1), _fresh_key())
        versions = _versions(name)
    version = max(versions)
    return version, _read_key(versions[version])


def _folder() -> Path:
    folder = _place.get("folder")
    if folder is None:
        raise KeyFolderUnknown
    if not folder.exists():
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    _check_closed(folder, wanted=_FOLDER_MODE)
    return folder


def _path(name: str, version: int) -> Path:
    return _folder() / f"{name}.{version}.key"


def _versions(name: str) -> dict[int, Path]:
    folder = _folder()
    return dict(_listed(folder, name, folder.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def _listed(folder: Path, name: str, _changed_at: int) -> tuple[tuple[int, Path], ...]:
    """List a key's files; the folder's time stamp is part of the question, so a rotation shows."""
    parts = ((path.name.split("."), path) for path in folder.glob(f"{name}.*.key"))
    return tuple((int(part[1]), path) for part, path in parts if part[1].isdigit())


def _create(path: Path, content: bytes) -> None:
    """Write the file whole or not at all; where it stands already, the first writer's stays."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _link(draft, path)
    finally:
        draft.unlink()
        _listed.cache_clear()


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _fresh_key() -> bytes:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"


def _read_key(path: Path) -> bytes:
    return _decoded(path, _check_closed(path, wanted=_FILE_MODE).st_mtime_ns)


@lru_cache(maxsize=64)
def _decoded(path: Path, _changed_at: int) -> bytes:
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError as fault:
        raise KeyDamaged(path=path) from fault
    if len(key) != KEY_BYTES:
        raise KeyDamaged(path=path)
    return key


def _check_closed(path: Path, *, wanted: int) -> os.stat_result:
    status = path.stat()
    if status.st_mode & _OTHERS:
        mode = stat.S_IMODE(status.st_mode)
        raise KeyTooOpen(path=path, mode=f"{mode:03o}", wanted=f"{wanted:03o}")
    return status


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)

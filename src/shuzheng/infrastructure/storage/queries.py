"""Stored contents by hash; the bytes are checked against it each time they are read."""

import hashlib
from pathlib import Path

from shuzheng.infrastructure.storage import models
from shuzheng.infrastructure.storage.rules import (
    FileChanged,
    FileNotFound,
    StorageFolderUnknown,
    StoredFile,
)

_HASH_CHARACTERS = 64
_place: dict[str, Path] = {}


def get_file(sha256: str) -> StoredFile:
    """Return what is known of a content.

    Raises:
        FileNotFound: it was never stored.
    """
    row = models.File.objects.filter(sha256=sha256).first()
    if row is None:
        raise FileNotFound(sha256=sha256)
    return StoredFile(row.sha256, row.size, row.media_type, row.filename)


def has_file(sha256: str) -> bool:
    """Say whether the content is stored."""
    return models.File.objects.filter(sha256=sha256).exists()


def read_file(sha256: str) -> bytes:
    """Return the bytes of a content.

    Raises:
        FileNotFound: it is not there.
        FileChanged: the bytes on the disk are not those that were stored.
    """
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError as fault:
        raise FileNotFound(sha256=sha256) from fault
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileChanged(sha256=sha256)
    return content


def list_damaged_files() -> tuple[str, ...]:
    """Return the hashes of all stored contents whose bytes are gone or changed."""
    hashes = models.File.objects.order_by("sha256").values_list("sha256", flat=True)
    return tuple(sha256 for sha256 in hashes.iterator() if not _is_whole(sha256))


def path_of(sha256: str) -> Path:
    """Return where the bytes of a content are or would be.

    Raises:
        FileNotFound: the text is no SHA-256 in small hexadecimal digits.
        StorageFolderUnknown: nobody said where the files are.
    """
    if len(sha256) != _HASH_CHARACTERS or set(sha256) - set("0123456789abcdef"):
        raise FileNotFound(sha256=sha256)
    return folder() / sha256[:2] / sha256[2:4] / sha256


def folder() -> Path:
    """Return the folder of all files.

    Raises:
        StorageFolderUnknown: nobody said where it is.
    """
    if "folder" not in _place:
        raise StorageFolderUnknown
    return _place["folder"]


def place(where: Path) -> None:
    """Remember the folder; called by `operations.use_folder` alone."""
    _place["folder"] = where


def _is_whole(sha256: str) -> bool:
    try:
        read_file(sha256)
    except (FileNotFound, FileChanged):
        return False
    return True

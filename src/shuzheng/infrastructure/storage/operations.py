"""Store contents: whole or not at all, once however often they come."""

import hashlib
import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.storage import models, queries
from shuzheng.infrastructure.storage.rules import (
    FILE_STORED,
    FileDangerous,
    StoredFile,
    clean_filename,
)
from shuzheng.infrastructure.storage.rules.checks import check_upload

Scanner = Callable[[bytes], str]
"""Gives the name of what is malicious in the bytes, or nothing; it may raise to stop the upload."""

_scanners: list[Scanner] = []


def use_scanner(scanner: Scanner) -> None:
    """Have every upload looked at by a virus scanner as well, after our own checks."""
    _scanners[:] = [scanner]


def use_folder(folder: Path) -> None:
    """Say where the files are kept (``<data>/files``); the folder is made at first use."""
    queries.place(folder)


@transaction.atomic
def store_file(
    *,
    content: bytes,
    filename: str,
    allowed: tuple[str, ...],
    max_bytes: int,
    by: Actor,
    at: datetime,
) -> StoredFile:
    """Check and store what somebody uploaded; the type is told from the content.

    Args:
        content: the bytes.
        filename: the name it came with; its extension must fit the content.
        allowed: media types that are asked for here.
        max_bytes: the most that is taken, in bytes.
        by: who uploads.
        at: when.

    Raises:
        FileEmpty, FileTooLarge, FileTypeNotAllowed, FileMislabelled, FileDamaged, FileDangerous:
            nothing was stored.
    """
    name = clean_filename(filename)
    media_type = check_upload(content=content, filename=name, allowed=allowed, max_bytes=max_bytes)
    for scan in _scanners:
        if threat := scan(content):
            raise FileDangerous(filename=name, reason=threat)
    stored = put(content, media_type, filename=name)
    journal.append(
        actor=by,
        kind=FILE_STORED,
        subject=f"file:{stored.sha256}",
        at=at,
        facts={"size": stored.size, "media_type": media_type},
    )
    return stored


@transaction.atomic
def put(content: bytes, media_type: str, *, filename: str = "") -> StoredFile:
    """Store a product of our own, such as a rendered document, and return it."""
    sha256 = hashlib.sha256(content).hexdigest()
    _write(queries.path_of(sha256), content)
    models.File.objects.bulk_create(
        [models.File(sha256=sha256, size=len(content), media_type=media_type, filename=filename)],
        ignore_conflicts=True,
    )
    return StoredFile(sha256, len(content), media_type, filename)


def _write(path: Path, content: bytes) -> None:
    if path.exists() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _sync_folders(path)


def _sync_folders(path: Path) -> None:
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

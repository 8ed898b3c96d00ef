"""Tell a file's type from its content, and refuse what should not be stored."""

import filetype

from shuzheng.infrastructure.storage.rules.files import (
    EXTENSIONS,
    TEXT,
    UNKNOWN,
    extension_of,
    name_of_type,
)
from shuzheng.infrastructure.storage.rules.refusals import (
    FileEmpty,
    FileMislabelled,
    FileTooLarge,
    FileTypeNotAllowed,
)

_SMALL_MEGABYTES = 0.1


def check_upload(*, content: bytes, filename: str, allowed: tuple[str, ...], max_bytes: int) -> str:
    """Return the media type of an upload that may be stored.

    Raises:
        FileEmpty, FileTooLarge, FileTypeNotAllowed, FileMislabelled, FileDamaged, FileDangerous.
    """
    if not content:
        raise FileEmpty(filename=filename)
    if len(content) > max_bytes:
        raise FileTooLarge(filename=filename, size=_size(len(content)), limit=_size(max_bytes))
    media_type = type_of(content)
    if _is_mislabelled(filename, media_type):
        raise FileMislabelled(filename=filename, actual=name_of_type(media_type))
    if media_type not in allowed:
        names = "、".join(name_of_type(each) for each in allowed)
        raise FileTypeNotAllowed(filename=filename, actual=name_of_type(media_type), allowed=names)
    return media_type


def type_of(content: bytes) -> str:
    """Return the media type that the content itself shows.

    >>> type_of("你好".encode()), type_of(b"%PDF-1.7")
    ('text/plain', 'application/pdf')
    """
    guess = filetype.guess_mime(content)
    if guess is not None:
        return str(guess)
    return TEXT if _is_text(content) else UNKNOWN


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mislabelled(filename: str, media_type: str) -> bool:
    return extension_of(filename) not in EXTENSIONS.get(media_type, (extension_of(filename),))


def _size(number: int) -> str:
    """Return a size as people say it, in bytes or decimal megabytes."""
    megabytes = number / 1_000_000
    return f"{number} 字节" if megabytes < _SMALL_MEGABYTES else f"{megabytes:.1f} MB"

"""Tell a file's type from its content, and refuse what should not be stored."""

import math
from collections.abc import Callable

import filetype

from shuzheng.infrastructure.storage.rules import images, office, pdf
from shuzheng.infrastructure.storage.rules.files import (
    DOCX,
    EXTENSIONS,
    JPEG,
    PDF,
    PNG,
    TEXT,
    UNKNOWN,
    extension_of,
    name_of_type,
)
from shuzheng.infrastructure.storage.rules.refusals import (
    FileDamaged,
    FileDangerous,
    FileEmpty,
    FileMislabelled,
    FileTooLarge,
    FileTypeNotAllowed,
)

ZIP = "application/zip"
_SMALL_MEGABYTES = 0.1
_TEXT_CONTROLS = frozenset(b"\t\n\r\f")
_FIRST_PRINTABLE = 0x20

_DANGERS: dict[str, Callable[[bytes], str]] = {PDF: pdf.danger_of, DOCX: office.danger_of}
_DAMAGES: dict[str, Callable[[bytes], str]] = {
    PDF: pdf.damage_of,
    DOCX: office.damage_of,
    JPEG: images.damage_of_jpeg,
    PNG: images.damage_of_png,
}


def check_upload(*, content: bytes, filename: str, allowed: tuple[str, ...], max_bytes: int) -> str:
    """Return the media type of an upload that may be stored.

    Raises:
        FileEmpty: it has no bytes.
        FileTooLarge: it has more than `max_bytes`.
        FileTypeNotAllowed: its type is not among the allowed, whatever it is called.
        FileMislabelled: its extension belongs to another type.
        FileDangerous, FileDamaged: its inside is.
    """
    if not content:
        raise FileEmpty(filename=filename)
    if len(content) > max_bytes:
        raise FileTooLarge(filename=filename, size=_size(len(content)), limit=_size(max_bytes))
    media_type = type_of(content)
    _check_label(filename, media_type=media_type, allowed=allowed)
    if danger := _DANGERS.get(media_type, _nothing)(content):
        raise FileDangerous(filename=filename, reason=danger)
    if damage := _DAMAGES.get(media_type, _nothing)(content):
        raise FileDamaged(filename=filename, reason=damage)
    return media_type


def type_of(content: bytes) -> str:
    """Return the media type that the content itself shows.

    >>> type_of("你好".encode()), type_of(b"%PDF-1.7"), type_of(bytes(3))
    ('text/plain', 'application/pdf', 'application/octet-stream')
    """
    guess = filetype.guess_mime(content)
    if guess in {ZIP, DOCX}:
        return DOCX if office.is_docx(content) else ZIP
    if guess is not None:
        return str(guess)
    return TEXT if _is_text(content) else UNKNOWN


def _check_label(filename: str, *, media_type: str, allowed: tuple[str, ...]) -> None:
    """Refuse a type that is not asked for, then a wrong extension; no extension is no lie."""
    if media_type not in allowed:
        names = "、".join(name_of_type(each) for each in allowed)
        raise FileTypeNotAllowed(filename=filename, actual=name_of_type(media_type), allowed=names)
    if _claims_another(extension_of(filename), media_type):
        raise FileMislabelled(filename=filename, actual=name_of_type(media_type))


def _claims_another(extension: str, media_type: str) -> bool:
    if media_type in EXTENSIONS:
        return bool(extension) and extension not in EXTENSIONS[media_type]
    return any(extension in extensions for extensions in EXTENSIONS.values())


def _is_text(content: bytes) -> bool:
    """Say whether the content is text in UTF-8 or GB 18030, without control characters."""
    if any(byte < _FIRST_PRINTABLE and byte not in _TEXT_CONTROLS for byte in set(content)):
        return False
    return _decodes(content, "utf-8") or _decodes(content, "gb18030")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _size(number: int) -> str:
    """Return a size as people say it, in bytes or megabytes of 1,024 × 1,024 rounded up.

    >>> _size(10 * 1024 * 1024), _size(10 * 1024 * 1024 + 1)
    ('10 MB', '10.1 MB')
    """
    megabytes = math.ceil(number / 1024 / 1024 * 10) / 10
    small = number < _SMALL_MEGABYTES * 1024 * 1024
    return f"{number} 字节" if small else f"{megabytes:g} MB"


def _nothing(_content: bytes) -> str:
    return ""

"""Look into a Word document: a zip of known parts, without macros and things that come along."""

import io
import re
import zipfile
import zlib

UNPACKED_BYTES = 256_000_000
_CONTENT_TYPES = "[Content_Types].xml"
_DOCUMENT = "word/document.xml"
_EXTERNAL_TEMPLATE = re.compile(rb"attachedTemplate[^>]*TargetMode\s*=\s*[\"']External", re.DOTALL)
_SETTINGS = "word/_rels/settings.xml.rels"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError)


def is_docx(content: bytes) -> bool:
    """Say whether the zip is a Word document."""
    return {_CONTENT_TYPES, _DOCUMENT} <= set(_names(content))


def damage_of(content: bytes) -> str:
    """Return what breaks the archive, in Chinese, or nothing; call `danger_of` first."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bad = archive.testzip()
    except _UNREADABLE:
        return "压缩结构有误"
    return "" if bad is None else f"其中的 {bad} 校验和不符"


def danger_of(content: bytes) -> str:
    """Return what makes the document dangerous, in Chinese, or nothing."""
    names = _names(content)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "含有宏"
    if any(name.startswith(("word/embeddings/", "word/activeX/")) for name in names):
        return "夹带了其他文件"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > UNPACKED_BYTES:
            return "解压后过大"
    settings = _read(content, _SETTINGS) if _SETTINGS in names else b""
    return "会从别处加载模板" if _EXTERNAL_TEMPLATE.search(settings) else ""


def _read(content: bytes, name: str) -> bytes:
    """Return a part of the archive, nothing where it is damaged: `damage_of` says that."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(name)
    except _UNREADABLE:
        return b""


def _names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []

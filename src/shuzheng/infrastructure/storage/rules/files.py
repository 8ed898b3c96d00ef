"""A stored file, its type by name, and a file name that is safe to keep."""

import re
import unicodedata
from dataclasses import dataclass

from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import gettext_noop

FILE_STORED = declare_entry_kind(
    "storage.file_stored", "存入了上传的文件", facts=("size", "media_type")
)

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

EXTENSIONS = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg"),
    PNG: ("png",),
    DOCX: ("docx",),
    TEXT: ("txt", "csv"),
}
_NAMES = {
    PDF: gettext_noop("PDF 文件"),
    JPEG: gettext_noop("图片（JPEG）"),
    PNG: gettext_noop("图片（PNG）"),
    DOCX: gettext_noop("Word 文档（DOCX）"),
    TEXT: gettext_noop("文本文件"),
    "image/gif": gettext_noop("图片（GIF）"),
    "image/webp": gettext_noop("图片（WebP）"),
    "image/heic": gettext_noop("图片（HEIC）"),
    "application/zip": gettext_noop("压缩包"),
    "application/x-rar-compressed": gettext_noop("压缩包"),
    "application/x-7z-compressed": gettext_noop("压缩包"),
    "application/msword": gettext_noop("旧版 Word 文档（DOC）"),
    "application/x-msdownload": gettext_noop("可执行程序"),
    "application/x-executable": gettext_noop("可执行程序"),
}
_NAME_CHARACTERS = 200
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A content in storage: its hash (64 hexadecimal digits), size in bytes, type and name."""

    sha256: str
    size: int
    media_type: str
    filename: str


def name_of_type(media_type: str) -> str:
    """Return what people call the type.

    >>> name_of_type("application/pdf"), name_of_type("application/x-what")
    ('PDF 文件', '无法识别的文件')
    """
    fallback = gettext_noop("视频或音频") if media_type[:5] in {"video", "audio"} else ""
    return _NAMES.get(media_type, fallback or gettext_noop("无法识别的文件"))


def extension_of(filename: str) -> str:
    """Return the last extension in small letters, or nothing.

    >>> extension_of("营业执照.PDF"), extension_of("README")
    ('pdf', '')
    """
    stem, dot, extension = filename.rpartition(".")
    return extension.lower() if stem and dot else ""


def clean_filename(filename: str) -> str:
    r"""Return the name without folders and unseen characters, at most 200 long.

    >>> clean_filename("C:\\Users\\王\\照片.png"), clean_filename("../../etc/passwd")
    ('照片.png', 'passwd')
    """
    last = filename.replace("\\", "/").rpartition("/")[2]
    visible = "".join(each for each in last if unicodedata.category(each) not in {"Cf", "Cc", "Cs"})
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", visible)).strip(" .")
    return _shortened(name) or "file"


def _shortened(name: str) -> str:
    if len(name) <= _NAME_CHARACTERS:
        return name
    extension = extension_of(name)[:10]
    return f"{name[: _NAME_CHARACTERS - len(extension) - 1]}.{extension}".rstrip(".")

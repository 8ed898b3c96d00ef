"""What may be stored: types told from the content, and refusals in the user's words."""

from shuzheng.infrastructure.storage.rules.files import (
    DOCX,
    FILE_STORED,
    JPEG,
    PDF,
    PNG,
    TEXT,
    StoredFile,
    clean_filename,
    name_of_type,
)
from shuzheng.infrastructure.storage.rules.refusals import (
    FileChanged,
    FileDamaged,
    FileDangerous,
    FileEmpty,
    FileMislabelled,
    FileNotFound,
    FileTooLarge,
    FileTypeNotAllowed,
    StorageFolderUnknown,
    StorageRefusal,
)

__all__ = [
    "DOCX",
    "FILE_STORED",
    "JPEG",
    "PDF",
    "PNG",
    "TEXT",
    "FileChanged",
    "FileDamaged",
    "FileDangerous",
    "FileEmpty",
    "FileMislabelled",
    "FileNotFound",
    "FileTooLarge",
    "FileTypeNotAllowed",
    "StorageFolderUnknown",
    "StorageRefusal",
    "StoredFile",
    "clean_filename",
    "name_of_type",
]

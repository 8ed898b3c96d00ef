"""Licences and documents without personal data, and whether a file is one of them."""

from shuzheng.support.licences.queries.checking import FileCheck, check_file
from shuzheng.support.licences.queries.register import (
    Change,
    Document,
    Licence,
    document_row,
    get_document_by_code,
    get_licence_by_code,
    get_licence_type,
    get_newest_version,
    licence_row,
    list_changes_of_licence,
    list_documents_of,
    list_documents_of_case,
    list_ended_of_cases,
    list_licences_ending,
    list_licences_of,
    list_licences_of_case,
)

__all__ = [
    "Change",
    "Document",
    "FileCheck",
    "Licence",
    "check_file",
    "document_row",
    "get_document_by_code",
    "get_licence_by_code",
    "get_licence_type",
    "get_newest_version",
    "licence_row",
    "list_changes_of_licence",
    "list_documents_of",
    "list_documents_of_case",
    "list_ended_of_cases",
    "list_licences_ending",
    "list_licences_of",
    "list_licences_of_case",
]

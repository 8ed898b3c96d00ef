"""Issuing, correcting, ending and opening licences and documents."""

from shuzheng.support.licences.operations.content import (
    remove_licence_types,
    replace_licence_types,
    use_of_licence_type,
)
from shuzheng.support.licences.operations.documents import issue_document
from shuzheng.support.licences.operations.ending import (
    cancel_licence,
    forfeit_licence,
    revoke_licence,
    withdraw_licence,
)
from shuzheng.support.licences.operations.ends import end_licence
from shuzheng.support.licences.operations.issuing import correct_licence, issue_licence
from shuzheng.support.licences.operations.opening import (
    OpenedFile,
    name_own_holders,
    open_document,
    open_licence,
)
from shuzheng.support.licences.operations.places import use_public_address
from shuzheng.support.licences.operations.reminding import remind_of_renewal

__all__ = [
    "OpenedFile",
    "cancel_licence",
    "correct_licence",
    "end_licence",
    "forfeit_licence",
    "issue_document",
    "issue_licence",
    "name_own_holders",
    "open_document",
    "open_licence",
    "remind_of_renewal",
    "remove_licence_types",
    "replace_licence_types",
    "revoke_licence",
    "use_of_licence_type",
    "use_public_address",
    "withdraw_licence",
]

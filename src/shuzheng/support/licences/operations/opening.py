"""Opening the file of a licence or document: its holder, or an official with a purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.infrastructure.keys.operations import decrypt
from shuzheng.infrastructure.storage.queries import read_file
from shuzheng.support.licences import models
from shuzheng.support.licences.operations.granting import HOLDER_CONTEXT
from shuzheng.support.licences.rules import (
    DOCUMENT_READ,
    LICENCE_READ,
    READ_LICENCES,
    NotFoundByCode,
    PurposeMissing,
    read_code,
)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A sealed PDF with the name it is saved under."""

    content: bytes
    filename: str
    media_type: str = "application/pdf"


@transaction.atomic
def open_licence(*, code: str, by: Actor, at: datetime, purpose: str) -> OpenedFile:
    """Return the PDF of a licence and write down who read it and why.

    Raises:
        NotFoundByCode: there is none, or it is another person's.
        PurposeMissing: an official gives no purpose.
    """
    row = models.Licence.objects.filter(code=read_code(code) or "-").first()
    if row is None:
        raise NotFoundByCode(code=code)
    _must_be_allowed(by, (row.holder_reference, row.recipient), code, purpose)
    person = row.recipient or row.holder_reference
    return _opened(LICENCE_READ, "licence", row, person, purpose, by=by, at=at)


def name_own_holders(*, by: Actor) -> Mapping[str, str]:
    """Return, by code, in whose name the actor's own licences were issued; hidden from others."""
    if by.kind != "person" or not by.person:
        return {}
    mine = Q(holder_reference=by.person) | Q(recipient=by.person)
    rows = models.Licence.objects.filter(mine)
    return {row.code: decrypt(row.holder_name, context=HOLDER_CONTEXT) for row in rows}


@transaction.atomic
def open_document(*, code: str, by: Actor, at: datetime, purpose: str) -> OpenedFile:
    """Return the PDF of a document and write down who read it and why.

    Raises:
        NotFoundByCode: there is none, or it is addressed to another person.
        PurposeMissing: an official gives no purpose.
    """
    row = models.IssuedDocument.objects.filter(code=read_code(code) or "-").first()
    if row is None:
        raise NotFoundByCode(code=code)
    _must_be_allowed(by, (row.recipient,), code, purpose)
    return _opened(DOCUMENT_READ, "document", row, row.recipient, purpose, by=by, at=at)


def _must_be_allowed(by: Actor, persons: tuple[str, ...], code: str, purpose: str) -> None:
    if by.person and by.person in persons:
        return
    # A stranger learns nothing, not even that the code exists.
    if not by.may(READ_LICENCES):
        raise NotFoundByCode(code=code)
    if not purpose.strip():
        raise PurposeMissing(field="purpose")


def _opened(
    kind: EntryKind,
    subject: str,
    row: models.Licence | models.IssuedDocument,
    person: str,
    purpose: str,
    *,
    by: Actor,
    at: datetime,
) -> OpenedFile:
    append(
        actor=by,
        kind=kind,
        subject=f"{subject}:{row.code}",
        at=at,
        facts={"code": row.code, "number": row.number, "title": row.title},
        purpose=purpose,
        case=row.case,
        person=person,
    )
    return OpenedFile(read_file(row.sha256), f"{row.title} {row.number}.pdf")

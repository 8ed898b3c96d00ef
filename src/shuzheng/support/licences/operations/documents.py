"""Issuing sealed notices, receipts and rulings."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.documents.queries import get_template
from shuzheng.support.licences import models
from shuzheng.support.licences.operations.making import (
    Imprint,
    local_day,
    lock_series,
    make_sealed,
)
from shuzheng.support.licences.queries import Document, document_row
from shuzheng.support.licences.rules import (
    DOCUMENT_ISSUED,
    ISSUE_DOCUMENTS,
    DocumentRequest,
    document_number,
    mask_holder,
    new_code,
)
from shuzheng.support.seals.queries import get_seal


@transaction.atomic
def issue_document(request: DocumentRequest, *, by: Actor, at: datetime) -> Document:
    """Render, seal and register a document; asked again with the same token it returns the first.

    Raises:
        PostLacksPermission: the actor may not issue documents.
        UnknownTemplate, UnknownSeal, DataDoesNotFit: nothing was issued or numbered.
    """
    guard(by, ISSUE_DOCUMENTS)
    form, found, day = get_template(request.template), get_seal(request.seal), local_day(at)
    series = lock_series(f"document {found.short_name}{form.word}", day.year)
    before = _issued_before(request)
    if before is not None:
        return document_row(before)
    number = document_number(
        organ=found.short_name, word=form.word, year=day.year, serial=series.take()
    )
    imprint = Imprint(request.title or form.title, number, new_code(), found, day, at)
    row = _register(request, imprint)
    _journal(row, by=by, at=at)
    return document_row(row)


def _issued_before(request: DocumentRequest) -> models.IssuedDocument | None:
    if not request.token:
        return None
    issued = models.IssuedDocument.objects.filter(case=request.case, token=request.token)
    return issued.first()


def _register(request: DocumentRequest, imprint: Imprint) -> models.IssuedDocument:
    name, case = request.recipient_name, request.case
    return models.IssuedDocument.objects.create(
        code=imprint.code,
        number=imprint.number,
        template=request.template,
        title=imprint.title,
        case=case,
        token=request.token,
        seal=request.seal,
        department=imprint.seal.department,
        issuer_name=imprint.seal.organisation,
        recipient=request.recipient,
        recipient_masked=mask_holder(name, "organisation") if name else "",
        issued_at=imprint.at,
        issued_on=imprint.issued_on,
        sha256=make_sealed(imprint, template=request.template, data=request.data, case=case),
    )


def _journal(row: models.IssuedDocument, *, by: Actor, at: datetime) -> None:
    facts = {
        "code": row.code,
        "number": row.number,
        "title": row.title,
        "template": row.template,
        "sha256": row.sha256,
        "recipient": row.recipient,
    }
    append(
        actor=by,
        kind=DOCUMENT_ISSUED,
        subject=f"document:{row.code}",
        at=at,
        facts=facts,
        case=row.case,
        person=row.recipient,
    )

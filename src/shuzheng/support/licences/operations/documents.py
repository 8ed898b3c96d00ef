"""Issuing sealed notices, receipts and rulings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
    document_number,
    mask_holder,
    new_code,
)
from shuzheng.support.seals.queries import get_seal


@transaction.atomic
def issue_document(
    *,
    template: str,
    data: Mapping[str, Any],
    seal: str,
    case: str,
    recipient: str,
    by: Actor,
    at: datetime,
    title: str = "",
    recipient_name: str = "",
    token: str = "",
) -> Document:
    """Render, seal and register a document; asked again with the same token it returns the first.

    ``data`` is what the template's schema asks for; number, date, organ and code are added here.
    ``recipient`` is the register reference of the person who may open it, ``recipient_name`` is
    shown masked to the public, ``title`` is the template's own where empty; ``token`` names the
    request within the case and is empty for what may be issued any number of times.

    Raises:
        PostLacksPermission: the actor may not issue documents.
        UnknownTemplate, UnknownSeal, DataDoesNotFit: nothing was issued or numbered.
    """
    guard(by, ISSUE_DOCUMENTS)
    form, found, day = get_template(template), get_seal(seal), local_day(at)
    series = lock_series(f"document {found.short_name}{form.word}", day.year)
    before = _issued_before(case, token)
    if before is not None:
        return document_row(before)
    number = document_number(
        organ=found.short_name, word=form.word, year=day.year, serial=series.take()
    )
    imprint = Imprint(title or form.title, number, new_code(), found, day, at)
    row = models.IssuedDocument.objects.create(
        code=imprint.code,
        number=number,
        template=template,
        title=imprint.title,
        case=case,
        token=token,
        seal=seal,
        department=found.department,
        issuer_name=found.organisation,
        recipient=recipient,
        recipient_masked=mask_holder(recipient_name, "organisation") if recipient_name else "",
        issued_at=at,
        issued_on=day,
        sha256=make_sealed(imprint, template=template, data=data, case=case),
    )
    _journal(row, by=by, at=at)
    return document_row(row)


def _issued_before(case: str, token: str) -> models.IssuedDocument | None:
    if not token:
        return None
    return models.IssuedDocument.objects.filter(case=case, token=token).first()


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

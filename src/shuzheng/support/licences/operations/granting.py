"""Writing one version of a licence: identifier, sealed document, row and history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.keys.operations import decrypt, encrypt
from shuzheng.institutions.organisation.queries import get_department
from shuzheng.standards.licence_identifier import LicenceIdentifier
from shuzheng.support.licences import models
from shuzheng.support.licences.operations.making import Imprint, local_day, make_sealed
from shuzheng.support.licences.rules import (
    FIRST_VERSION,
    LicenceRequest,
    LicenceState,
    LicenceType,
    chinese_day,
    document_number,
    mask_holder,
    new_code,
    split_facts,
    valid_until,
)
from shuzheng.support.seals.queries import SealRow

HOLDER_CONTEXT = "licence.holder_name"
FACTS_CONTEXT = "licence.facts"


@dataclass(frozen=True, slots=True)
class Grant:
    """What one version of a licence is made from; ``serial`` counts within type and year."""

    request: LicenceRequest
    kind: LicenceType
    seal: SealRow
    issued_on: date
    ends_on: date | None
    serial: str
    number: str
    version: int = FIRST_VERSION


def first_grant(
    request: LicenceRequest, kind: LicenceType, seal: SealRow, serial: int, *, at: datetime
) -> Grant:
    """Return the first version of a new licence."""
    day = local_day(at)
    return Grant(
        request=request,
        kind=kind,
        seal=seal,
        issued_on=day,
        ends_on=valid_until(day, kind.valid_years),
        serial=f"{day.year}{serial:07d}",
        number=document_number(organ=seal.short_name, word=kind.word, year=day.year, serial=serial),
    )


def next_grant(old: models.Licence, kind: LicenceType, seal: SealRow) -> Grant:
    """Return the following version of a licence, so far with the old words."""
    request = LicenceRequest(
        licence_type=kind.key,
        holder_name=decrypt(old.holder_name, context=HOLDER_CONTEXT),
        holder_reference=old.holder_reference,
        recipient=old.recipient,
        case=old.case,
        token=f"{old.token}/{old.version + 1}",
        facts={**old.facts, **hidden_facts(old)},
        seal=seal.code,
    )
    return Grant(
        request=request,
        kind=kind,
        seal=seal,
        issued_on=old.issued_on,
        ends_on=old.valid_until,
        serial=old.serial,
        number=old.number,
        version=old.version + 1,
    )


def hidden_facts(row: models.Licence) -> dict[str, Any]:
    """Return the facts stored encrypted."""
    if not row.hidden_facts:
        return {}
    facts: dict[str, Any] = json.loads(decrypt(row.hidden_facts, context=FACTS_CONTEXT))
    return facts


def write_licence(
    grant: Grant, *, replaces: models.Licence | None, by: Actor, at: datetime
) -> models.Licence:
    """Make the sealed document and write the row with the first line of its history."""
    code, identifier = new_code(), _identifier(grant)
    plain, hidden = split_facts(grant.kind, grant.request.facts)
    imprint = Imprint(grant.kind.title, grant.number, code, grant.seal, grant.issued_on, at)
    sha256 = make_sealed(
        imprint,
        template=grant.kind.template,
        data=_data(grant, identifier),
        case=grant.request.case,
    )
    row = models.Licence.objects.create(
        **_columns(grant),
        code=code,
        identifier=str(identifier),
        issuer=identifier.issuer,
        facts=plain,
        hidden_facts=_hide(hidden),
        issued_at=at,
        sha256=sha256,
        replaces=replaces,
    )
    models.LicenceChange.objects.create(
        licence=row,
        state=LicenceState.IN_FORCE,
        at=at,
        citation=grant.kind.basis,
        by_name=by.name,
        by_post=by.post,
    )
    return row


def with_facts(grant: Grant, *, holder_name: str, facts: Mapping[str, Any]) -> Grant:
    """Return the grant with corrected words."""
    before = grant.request
    request = replace(
        before, holder_name=holder_name or before.holder_name, facts={**before.facts, **facts}
    )
    return replace(grant, request=request)


def _identifier(grant: Grant) -> LicenceIdentifier:
    credit_code = get_department(grant.kind.department).credit_code
    return LicenceIdentifier(
        licence_type=credit_code + grant.kind.suffix,
        issuer=credit_code,
        serial=grant.serial,
        version=f"{grant.version:03d}",
    )


def _data(grant: Grant, identifier: LicenceIdentifier) -> dict[str, Any]:
    return {
        "holder": grant.request.holder_name,
        "facts": dict(grant.request.facts),
        "licence": {
            "identifier": str(identifier),
            "version": f"{grant.version:03d}",
            "issued": chinese_day(grant.issued_on),
            "valid_until": chinese_day(grant.ends_on),
            "basis": grant.kind.basis,
        },
    }


def _columns(grant: Grant) -> dict[str, Any]:
    request = grant.request
    return {
        "licence_type_id": grant.kind.key,
        "title": grant.kind.title,
        "number": grant.number,
        "issuer_name": grant.seal.organisation,
        "department": grant.kind.department,
        "serial": grant.serial,
        "version": grant.version,
        "holder_name": encrypt(request.holder_name, context=HOLDER_CONTEXT),
        "holder_masked": mask_holder(request.holder_name, grant.kind.holder),
        "holder_reference": request.holder_reference,
        "recipient": request.recipient,
        "case": request.case,
        "token": request.token,
        "issued_on": grant.issued_on,
        "valid_until": grant.ends_on,
        "seal": grant.seal.code,
        "supervised_by": grant.kind.supervised_by,
    }


def _hide(facts: Mapping[str, Any]) -> str:
    return encrypt(json.dumps(facts, ensure_ascii=False), context=FACTS_CONTEXT) if facts else ""

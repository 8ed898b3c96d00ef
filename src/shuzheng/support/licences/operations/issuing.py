"""Issuing a licence once a request, and correcting it by a new version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.support.licences import models
from shuzheng.support.licences.operations.granting import (
    first_grant,
    next_grant,
    with_facts,
    write_licence,
)
from shuzheng.support.licences.operations.making import local_day, lock_series
from shuzheng.support.licences.operations.notes import note
from shuzheng.support.licences.operations.states import get_for_update, must_allow, write_change
from shuzheng.support.licences.queries import Licence, get_licence_type, licence_row
from shuzheng.support.licences.rules import (
    CORRECT_LICENCES,
    ISSUE_LICENCES,
    LICENCE_CORRECTED,
    LICENCE_HANDED_OVER,
    LICENCE_ISSUED,
    REPLACE,
    LicenceRequest,
    LicenceType,
    ReasonMissing,
    SealOfAnotherDepartment,
    split_facts,
)
from shuzheng.support.seals.queries import SealRow, get_seal


@transaction.atomic
def issue_licence(request: LicenceRequest, *, by: Actor, at: datetime) -> Licence:
    """Issue a licence; asked again for the same case, type and token it returns the first one.

    Raises:
        PostLacksPermission: the actor may not issue licences.
        UnknownLicenceType, UnknownSeal: there is no such type or seal.
        SealOfAnotherDepartment: the seal is not the issuing department's.
        FactMissing: the licence must state something that is not there.
    """
    guard(by, ISSUE_LICENCES)
    kind = get_licence_type(request.licence_type)
    seal = _seal_of(kind, request.seal)
    split_facts(kind, request.facts)
    series = lock_series(f"licence {kind.department} {kind.key}", local_day(at).year)
    before = models.Licence.objects.filter(
        case=request.case, licence_type=kind.key, token=request.token
    ).first()
    if before is not None:
        return licence_row(before)
    grant = first_grant(request, kind, seal, series.take(), at=at)
    row = write_licence(grant, replaces=None, by=by, at=at)
    _journal(LICENCE_ISSUED, row, by=by, at=at)
    _hand_over(row, by=by, at=at)
    return licence_row(row)


@transaction.atomic
def correct_licence(
    *,
    code: str,
    facts: Mapping[str, Any],
    reasons: str,
    by: Actor,
    at: datetime,
    holder_name: str = "",
) -> Licence:
    """Replace a licence in force by a version with corrected facts; serial and dates stay.

    Raises:
        PostLacksPermission: the actor may not correct licences.
        NotFoundByCode: no licence has this code.
        StateForbids: the licence is no longer in force.
        ReasonMissing: nothing says why.
    """
    guard(by, CORRECT_LICENCES)
    if not reasons.strip():
        raise ReasonMissing(step=REPLACE.name, field="reasons")
    old = get_for_update(code)
    must_allow(REPLACE, old)
    kind = get_licence_type(old.licence_type_id)
    grant = next_grant(old, kind, get_seal(old.seal))
    changed = with_facts(grant, holder_name=holder_name, facts=facts)
    row = write_licence(changed, replaces=old, by=by, at=at)
    write_change(old, REPLACE, reasons=reasons, citation="", decision=row.code, by=by, at=at)
    _journal(LICENCE_CORRECTED, row, by=by, at=at, replaces=old.code, reasons=reasons)
    return licence_row(row)


def _seal_of(kind: LicenceType, seal: str) -> SealRow:
    found = get_seal(seal)
    if found.department != kind.department:
        raise SealOfAnotherDepartment(title=kind.title, department=kind.department, seal=found.name)
    return found


def _journal(kind: EntryKind, row: models.Licence, *, by: Actor, at: datetime, **more: str) -> None:
    facts = {
        "identifier": row.identifier,
        "licence_type": row.licence_type_id,
        "sha256": row.sha256,
        "case": row.case,
        "recipient": row.recipient or row.holder_reference,
        **more,
    }
    note(kind, row, by=by, at=at, **facts)


def _hand_over(row: models.Licence, *, by: Actor, at: datetime) -> None:
    """Tell the supervising department (最多跑一次规定 第三十三条)."""
    if not row.supervised_by:
        return
    facts = {
        "code": row.code,
        "number": row.number,
        "title": row.title,
        "supervised_by": row.supervised_by,
        "case": row.case,
    }
    append(
        actor=by,
        kind=LICENCE_HANDED_OVER,
        subject=f"licence:{row.code}",
        at=at,
        facts=facts,
        case=row.case,
    )

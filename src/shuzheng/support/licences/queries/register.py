"""Licences and documents without personal data: holders are masked, facts are left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from shuzheng.support.licences import models
from shuzheng.support.licences.rules import (
    STATE_NAMES,
    LicenceField,
    LicenceState,
    LicenceType,
    UnknownLicenceType,
    read_code,
    show_code,
)
from shuzheng.support.licences.rules.grounds import Ground


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a licence's state."""

    state: LicenceState
    at: datetime
    reasons: str
    citation: str
    decision: str

    @property
    def state_name(self) -> str:
        """Return the state in Chinese."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as anyone may see it; ``code`` is the verification code, ungrouped."""

    code: str
    identifier: str
    number: str
    licence_type: str
    title: str
    issuer_name: str
    department: str
    version: int
    holder_masked: str
    holder_reference: str
    recipient: str
    case: str
    issued_on: date
    valid_until: date | None
    state: LicenceState
    sha256: str
    supervised_by: str

    @property
    def verification_code(self) -> str:
        """Return the code in groups, as it is printed."""
        return show_code(self.code)

    @property
    def state_name(self) -> str:
        """Return the state in Chinese."""
        return STATE_NAMES[self.state]

    @property
    def is_ended(self) -> bool:
        """Say whether it is in force no more, its last day aside."""
        return self.state is not LicenceState.IN_FORCE

    def is_expired(self, on: date) -> bool:
        """Say whether its last day has passed."""
        return self.valid_until is not None and on > self.valid_until


@dataclass(frozen=True, slots=True)
class Document:
    """An issued notice, receipt or ruling as anyone with its code may see it."""

    code: str
    number: str
    title: str
    template: str
    case: str
    department: str
    issuer_name: str
    recipient: str
    recipient_masked: str
    issued_at: datetime
    issued_on: date
    sha256: str

    @property
    def verification_code(self) -> str:
        """Return the code in groups, as it is printed."""
        return show_code(self.code)


def get_licence_type(key: str) -> LicenceType:
    """Return a licence type.

    Raises:
        UnknownLicenceType: there is none of this key.
    """
    row = models.LicenceType.objects.filter(key=key).first()
    if row is None:
        raise UnknownLicenceType(licence_type=key)
    fields = tuple(LicenceField(**each) for each in row.definition["fields"])
    grounds = tuple(Ground(**each) for each in row.definition.get("grounds", ()))
    return LicenceType(**{**row.definition, "fields": fields, "grounds": grounds})


def get_licence_by_code(code: str) -> Licence | None:
    """Return the licence with this verification code, however it was typed; None if unknown."""
    row = models.Licence.objects.filter(code=read_code(code) or "-").first()
    return licence_row(row) if row else None


def get_document_by_code(code: str) -> Document | None:
    """Return the document with this verification code, however it was typed; None if unknown."""
    row = models.IssuedDocument.objects.filter(code=read_code(code) or "-").first()
    return document_row(row) if row else None


def get_newest_version(code: str) -> Licence | None:
    """Return the version in force that replaced this licence, through any number of corrections."""
    row = models.Licence.objects.filter(code=read_code(code) or "-").first()
    while row is not None:
        following = models.Licence.objects.filter(replaces=row).first()
        if following is None:
            return licence_row(row)
        row = following
    return None


def list_licences_of(reference: str) -> tuple[Licence, ...]:
    """Return the licences a person or body holds or applied for, newest first."""
    mine = Q(holder_reference=reference) | Q(recipient=reference)
    return _licences(
        models.Licence.objects.filter(mine) if reference else models.Licence.objects.none()
    )


def list_licences_of_case(case: str) -> tuple[Licence, ...]:
    """Return the licences issued in a case, newest first."""
    return _licences(models.Licence.objects.filter(case=case))


def list_ended_of_cases(cases: Iterable[str]) -> Mapping[str, Licence]:
    """Return, by case, the licence that was withdrawn, revoked, forfeited or cancelled.

    A licence replaced by a corrected version is not ended.
    """
    kept = (LicenceState.IN_FORCE, LicenceState.REPLACED)
    rows = models.Licence.objects.filter(case__in=tuple(cases)).exclude(state__in=kept)
    return {row.case: licence_row(row) for row in rows.order_by("pk")}


def list_licences_ending(
    *, from_on: date, to_on: date, unreminded: bool = False
) -> tuple[Licence, ...]:
    """Return licences in force whose last day lies in the span, both days included.

    Args:
        unreminded: only those whose holder was not reminded yet.

    Renewal must be asked for 30 days before the end (行政许可法 第五十条).
    """
    rows = models.Licence.objects.filter(
        state=LicenceState.IN_FORCE, valid_until__gte=from_on, valid_until__lte=to_on
    )
    if unreminded:
        rows = rows.filter(renewal_reminded_at__isnull=True)
    return _licences(rows)


def list_changes_of_licence(code: str) -> tuple[Change, ...]:
    """Return what happened to a licence, oldest first."""
    rows = models.LicenceChange.objects.filter(licence__code=read_code(code) or "-")
    return tuple(
        Change(LicenceState(row.state), row.at, row.reasons, row.citation, row.decision)
        for row in rows
    )


def list_documents_of_case(case: str) -> tuple[Document, ...]:
    """Return the documents issued in a case, oldest first."""
    rows = models.IssuedDocument.objects.filter(case=case).order_by("issued_at", "code")
    return tuple(document_row(row) for row in rows)


def list_documents_of(reference: str) -> tuple[Document, ...]:
    """Return the documents addressed to a person, newest first."""
    if not reference:
        return ()
    rows = models.IssuedDocument.objects.filter(recipient=reference).order_by("-issued_at", "code")
    return tuple(document_row(row) for row in rows)


def licence_row(row: models.Licence) -> Licence:
    """Turn a table row into what leaves the room."""
    return Licence(
        code=row.code,
        identifier=row.identifier,
        number=row.number,
        licence_type=row.licence_type_id,
        title=row.title,
        issuer_name=row.issuer_name,
        department=row.department,
        version=row.version,
        holder_masked=row.holder_masked,
        holder_reference=row.holder_reference,
        recipient=row.recipient,
        case=row.case,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        state=LicenceState(row.state),
        sha256=row.sha256,
        supervised_by=row.supervised_by,
    )


def document_row(row: models.IssuedDocument) -> Document:
    """Turn a table row into what leaves the room."""
    return Document(
        code=row.code,
        number=row.number,
        title=row.title,
        template=row.template,
        case=row.case,
        department=row.department,
        issuer_name=row.issuer_name,
        recipient=row.recipient,
        recipient_masked=row.recipient_masked,
        issued_at=row.issued_at,
        issued_on=row.issued_on,
        sha256=row.sha256,
    )


def _licences(rows: QuerySet[models.Licence]) -> tuple[Licence, ...]:
    return tuple(licence_row(row) for row in rows.order_by("-issued_at", "-id"))

"""From data to a sealed PDF in the store: what licences and notices have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.storage.operations import put
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.city.queries import get_city
from shuzheng.support.documents.operations import render_document
from shuzheng.support.licences.models import Serial
from shuzheng.support.licences.operations.places import verification_url
from shuzheng.support.licences.rules import chinese_day, show_code
from shuzheng.support.seals.operations import seal_pdf
from shuzheng.support.seals.queries import SealRow

PDF = "application/pdf"
_SEALER = system("licences")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every sealed document states about itself."""

    title: str
    number: str
    code: str
    seal: SealRow
    issued_on: date
    at: datetime

    def facts(self) -> dict[str, Any]:
        """Return it as the ``issue`` part of a template's data."""
        city = get_city()
        return {
            "title": self.title,
            "number": self.number,
            "organ": self.seal.organisation,
            "date": chinese_day(self.issued_on),
            "code": show_code(self.code),
            "url": verification_url(self.code),
            "city": city.name,
            "hotline": city.hotline,
            "review_organ": city.review_organ,
            "court": city.court,
        }


def local_day(at: datetime) -> date:
    """Return the city's day at a moment."""
    return get_calendar().local_day(at)


@dataclass(frozen=True, slots=True)
class Series:
    """A series of numbers whose row is locked until the transaction ends."""

    row: Serial

    def take(self) -> int:
        """Return the next number; if the transaction fails it is not used up."""
        self.row.last += 1
        self.row.save(update_fields=["last"])
        return self.row.last


def lock_series(series: str, year: int) -> Series:
    """Lock a series; whoever else wants a number of it waits."""
    Serial.objects.bulk_create([Serial(series=series, year=year)], ignore_conflicts=True)
    return Series(Serial.objects.select_for_update().get(series=series, year=year))


def make_sealed(imprint: Imprint, *, template: str, data: Mapping[str, Any], case: str) -> str:
    """Render, seal and store a document; return the SHA-256 of the file.

    Whoever calls has checked that the actor may issue; the seal itself is applied by the system.
    """
    pdf = render_document(
        template=template,
        data={**data, "issue": imprint.facts()},
        verification_url=verification_url(imprint.code),
        at=imprint.at,
    )
    sealed = seal_pdf(
        pdf=pdf,
        seal=imprint.seal.code,
        reason=f"{imprint.title} {imprint.number}",
        by=_SEALER,
        at=imprint.at,
        case=case,
    )
    return put(sealed, PDF, filename=f"{imprint.title}.pdf").sha256

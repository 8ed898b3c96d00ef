"""Hearings announced to the public, and those a department wants: no personal data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from shuzheng.support.cases.models import Hearing, HearingGuest, HearingOrder
from shuzheng.support.cases.queries.parts import reference
from shuzheng.support.cases.rules.public_hearings import GROUNDS, WISHES, NoPublicHearing
from shuzheng.support.matters.queries import get_revision


@dataclass(frozen=True, slots=True)
class PublicHearing:
    """What the public may know of a hearing; ``state`` is ``coming``, ``held`` or ``cancelled``."""

    id: int
    title: str
    title_en: str
    department: str
    subject: str
    ground: str
    reference: str
    held_on: date
    begins: time | None
    place: str
    chair: str
    joining: str
    announced_on: date
    state: str

    def is_open_on(self, day: date) -> bool:
        """Say whether people may still say on a day that they want to take part."""
        return self.state == "coming" and day < self.held_on


@dataclass(frozen=True, slots=True)
class HearingOrderRow:
    """A hearing that the department wants, with what its head said."""

    ground: str
    subject: str
    reasons: str
    reference: str
    state: str
    asked_at: datetime
    decided_name: str
    decision: str


def list_public_hearings(*, limit: int = 50) -> tuple[PublicHearing, ...]:
    """Return the hearings announced to the public (行政许可法 第四十六条), the last day first."""
    return tuple(_public(row) for row in _announced().order_by("-held_on", "-pk")[:limit])


def get_public_hearing(hearing: int) -> PublicHearing:
    """Return one that was announced.

    Raises:
        NoPublicHearing
    """
    row = _announced().filter(pk=hearing).first()
    if row is None:
        raise NoPublicHearing
    return _public(row)


def get_wish(hearing: int, person: str) -> str:
    """Return in which way a person wants to take part, empty if not."""
    rows = HearingGuest.objects.filter(hearing=hearing, person=person).exclude(person="")
    wish = rows.values_list("wish", flat=True).first()
    return WISHES[wish] if wish else ""


def count_guests(number: str) -> Mapping[str, int]:
    """Return how many want to take part in the hearing of a case, by their wish."""
    wishes = list(
        HearingGuest.objects.filter(hearing__case__number=number).values_list("wish", flat=True)
    )
    return {words: wishes.count(wish) for wish, words in WISHES.items()}


def list_hearing_orders(number: str) -> tuple[HearingOrderRow, ...]:
    """Return the hearings a department wanted in a case, oldest first."""
    rows = HearingOrder.objects.filter(case__number=number).order_by("pk")
    return tuple(
        HearingOrderRow(
            ground=GROUNDS[row.ground],
            subject=row.subject,
            reasons=row.reasons,
            reference=reference(row.citation),
            state=row.state,
            asked_at=row.asked_at,
            decided_name=row.decided_name,
            decision=row.decision,
        )
        for row in rows
    )


def _announced() -> Any:
    rows = Hearing.objects.filter(announced_on__isnull=False, held_on__isnull=False)
    return rows.exclude(ground="").select_related("case")


def _public(row: Hearing) -> PublicHearing:
    assert row.held_on is not None
    assert row.announced_on is not None
    return PublicHearing(
        id=row.pk,
        title=row.case.title,
        title_en=get_revision(row.case.revision_id).title_en,
        department=row.case.department,
        subject=row.subject,
        ground=GROUNDS[row.ground],
        reference=reference(row.citation),
        held_on=row.held_on,
        begins=row.begins,
        place=row.place,
        chair=row.chair,
        joining=row.joining,
        announced_on=row.announced_on,
        state=_state(row),
    )


def _state(row: Hearing) -> str:
    if row.recorded_at is not None:
        return "held"
    return "coming" if row.case.closed_at is None else "cancelled"

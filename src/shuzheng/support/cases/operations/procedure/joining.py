"""People who want to take part in a public hearing: they say so, and the department sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.infrastructure.keys import operations as keys
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Hearing, HearingGuest
from shuzheng.support.cases.operations.applying.drafts import ApplicantUnknown
from shuzheng.support.cases.operations.file.reading import PurposeMissing
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.rules import REVIEW_CASE
from shuzheng.support.cases.rules.public_hearings import (
    HEARING_GUESTS_READ,
    HEARING_JOINED,
    HEARING_LEFT,
    WISHES,
    NoPublicHearing,
    require_to_join,
)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who wants to take part."""

    name: str
    wish: str
    joined_at: datetime


@transaction.atomic
def join_hearing(*, hearing: int, wish: str, by: Actor, at: datetime) -> None:
    """Say that one wants to listen or to speak; saying it again changes the wish.

    Raises:
        ApplicantUnknown: only somebody known by real name.
        NoPublicHearing, HearingClosedToGuests, WishUnknown.
    """
    row = _lock(hearing, by)
    assert row.held_on is not None
    is_coming = row.recorded_at is None and row.case.closed_at is None
    require_to_join(held_on=row.held_on, is_coming=is_coming, wish=wish, today=periods.today(at))
    guest = {
        "name_encrypted": keys.encrypt(by.name, context=f"hearing:{row.pk}"),
        "wish": wish,
        "joined_at": at,
    }
    HearingGuest.objects.update_or_create(hearing=row, person=by.person, defaults=guest)
    _note(HEARING_JOINED, row, wish, by=by, at=at)


@transaction.atomic
def leave_hearing(*, hearing: int, by: Actor, at: datetime) -> None:
    """Take back that one wants to take part: nothing of it is kept but the trace.

    Raises:
        ApplicantUnknown, NoPublicHearing.
    """
    row = _lock(hearing, by)
    guest = row.guests.filter(person=by.person).first()
    if guest is None:
        raise NoPublicHearing
    guest.delete()
    _note(HEARING_LEFT, row, guest.wish, by=by, at=at)


def _lock(hearing: int, by: Actor) -> Hearing:
    if by.kind != "person" or not by.person:
        raise ApplicantUnknown
    rows = Hearing.objects.select_for_update(of=("self",)).select_related("case")
    row = rows.filter(pk=hearing, announced_on__isnull=False).exclude(ground="").first()
    if row is None:
        raise NoPublicHearing
    return row


def _note(kind: EntryKind, row: Hearing, wish: str, *, by: Actor, at: datetime) -> None:
    journal.append(
        actor=by,
        kind=kind,
        subject=f"hearing:{row.pk}",
        at=at,
        person=by.person,
        facts={"hearing": row.pk, "matter": row.case.title, "wish": WISHES[wish]},
    )


@transaction.atomic
def open_guests(*, number: str, purpose: str, by: Actor, at: datetime) -> tuple[Guest, ...]:
    """Open who wants to take part, in the order they said so; each of them sees that it was read.

    Raises:
        CaseNotFound: it is none of the actor's department.
        PurposeMissing, NoPublicHearing.
    """
    guard(by, REVIEW_CASE)
    _, case = own_case(number, by)
    row = Hearing.objects.filter(case=case).exclude(ground="").first()
    if row is None:
        raise NoPublicHearing
    if not purpose.strip():
        raise PurposeMissing
    guests = tuple(row.guests.order_by("joined_at", "pk"))
    journal.append_all(
        [
            journal.NewEntry(
                actor=by,
                kind=HEARING_GUESTS_READ,
                subject=f"hearing:{row.pk}",
                at=at,
                purpose=purpose.strip(),
                person=each.person,
                facts={"what": gettext_noop("“{name}”听证的报名").format(name=case.title)},
            )
            for each in guests
        ]
    )
    return tuple(
        Guest(
            name=keys.decrypt(each.name_encrypted, context=f"hearing:{row.pk}"),
            wish=WISHES[each.wish],
            joined_at=each.joined_at,
        )
        for each in guests
    )

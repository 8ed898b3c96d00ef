"""The data steward's lists, without the values claimed; and who read a person's data."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shuzheng.data.registers.models import Difference, Objection
from shuzheng.data.registers.queries.definitions import get_register
from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.refusals import gettext_noop

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A dispute as listed: which register and field, from which case, and how it stands."""

    id: UUID
    register: str
    register_name: str
    field: str
    field_name: str
    case: str
    reported_at: datetime
    state: str
    state_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection to a reading, as listed."""

    id: UUID
    entry: UUID
    text: str
    raised_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DataAccess:
    """One reading of a person's data: who, on which post, why, for which case, when.

    Attributes:
        what: the register's name, or what was read of a case.
        fields: names of the register's fields that were read.
    """

    entry: UUID
    at: datetime
    what: str
    fields: tuple[str, ...]
    actor_name: str
    post: str
    purpose: str
    case: str
    is_own: bool
    objection: ObjectionRow | None


@dataclass(frozen=True, slots=True)
class Readings:
    """Equal readings of one day: who, what, why and for which case are the same.

    Attributes:
        access: the one objected to, else the latest.
        times: of each of them in the city's zone, newest first.
    """

    access: DataAccess
    day: date
    times: tuple[datetime, ...]


def list_differences(*, state: str = "") -> tuple[DifferenceRow, ...]:
    """Return disputes, newest first, of one state or of all."""
    rows = Difference.objects.select_related("record").order_by("-reported_at")
    if state:
        rows = rows.filter(state=state)
    return tuple(_difference_row(row) for row in rows[:_MOST_LISTED])


def list_differences_of_case(case: str) -> tuple[DifferenceRow, ...]:
    """Return the disputes that came up in one case, oldest first."""
    rows = Difference.objects.select_related("record").filter(case=case).order_by("reported_at")
    return tuple(_difference_row(row) for row in rows)


def list_objections(*, is_answered: bool | None = None) -> tuple[ObjectionRow, ...]:
    """Return objections to readings, newest first; all unless told which."""
    rows = Objection.objects.order_by("-raised_at")
    if is_answered is not None:
        rows = rows.filter(answered_at__isnull=not is_answered)
    return tuple(_objection_row(row) for row in rows[:_MOST_LISTED])


def list_data_access(person: str) -> tuple[DataAccess, ...]:
    """Return every reading of this person's data that the journal holds, newest first."""
    if not person:
        return ()
    objections = {row.entry: _objection_row(row) for row in Objection.objects.filter(person=person)}
    entries = sorted(list_reads_of_person(person), key=lambda entry: entry.at, reverse=True)
    return tuple(
        DataAccess(
            entry=entry.id,
            at=entry.at,
            **_what_was_read(entry.facts),
            actor_name=entry.actor_name,
            post=entry.actor_post,
            purpose=entry.purpose,
            case=entry.case,
            is_own=entry.actor_kind == "person",
            objection=objections.get(entry.id),
        )
        for entry in entries
    )


def group_readings(accesses: Iterable[DataAccess]) -> tuple[Readings, ...]:
    """Return the readings with the equal ones of a day together, in the order they came."""
    calendar = get_calendar()
    groups: dict[tuple[object, ...], list[DataAccess]] = defaultdict(list)
    for each in accesses:
        who = (each.actor_name, each.post, each.is_own)
        what = (each.what, each.fields, each.purpose, each.case)
        groups[calendar.local_day(each.at), who, what].append(each)
    return tuple(
        Readings(
            access=next((each for each in group if each.objection), group[0]),
            day=calendar.local_day(group[0].at),
            times=tuple(each.at.astimezone(calendar.zone) for each in group),
        )
        for group in groups.values()
    )


def _what_was_read(facts: Mapping[str, Any]) -> dict[str, Any]:
    key = str(facts.get("register", ""))
    if not key:
        return {"what": str(facts.get("what", gettext_noop("办件材料"))), "fields": ()}
    register = get_register(key)
    keys = facts.get("fields", ())
    named = [register.get_field(str(each)) for each in (keys if isinstance(keys, list) else [])]
    return {"what": register.name, "fields": tuple(field.name for field in named if field)}


def _difference_row(row: Difference) -> DifferenceRow:
    register = get_register(row.record.register)
    field = register.get_field(row.field)
    return DifferenceRow(
        id=row.public_id,
        register=register.key,
        register_name=register.name,
        field=row.field,
        field_name=field.name if field else row.field,
        case=row.case,
        reported_at=row.reported_at,
        state=row.state,
        state_name=Difference.State(row.state).label,
        reason=row.reason,
    )


def _objection_row(row: Objection) -> ObjectionRow:
    return ObjectionRow(
        id=row.public_id,
        entry=row.entry,
        text=row.text,
        raised_at=row.raised_at,
        answer=row.answer,
        answered_at=row.answered_at,
    )

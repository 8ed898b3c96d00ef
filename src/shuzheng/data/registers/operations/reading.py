"""The one audited door to personal data in the registers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from shuzheng.data.registers.models import RegisterValue
from shuzheng.data.registers.queries import (
    get_field,
    get_register,
    has_record,
    list_held,
    list_linked,
)
from shuzheng.data.registers.rules import (
    READ,
    READ_RECORDS,
    SELF,
    Field,
    NoSuchRecord,
    NotYourRecord,
    PurposeMissing,
    Record,
    Register,
    Value,
    mask,
)
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.keys.operations import decrypt


@transaction.atomic
def read_record(
    *,
    register: str,
    reference: str,
    fields: tuple[str, ...],
    purpose: str,
    case: str,
    by: Actor,
    at: datetime,
    clear: tuple[str, ...] = (),
) -> Record:
    """Read some fields of one record, for a stated purpose; the person concerned can see who did.

    An official sees personal values masked except those in `clear`; a person reading their own
    record, and the system, see all of them. An official must name the case.

    Raises:
        PurposeMissing: no purpose, or an official without a case.
        PostLacksPermission, NotYourRecord: the actor may not read it.
        UnknownRegister, UnknownField, NoSuchRecord: there is nothing to read.
    """
    definition = get_register(register)
    wanted = tuple(get_field(definition, key) for key in fields)
    _guard_reading(definition, reference, purpose=purpose, case=case, by=by)
    rows = _current_rows(definition, reference, fields)
    shown = set(fields) if by.kind in {"person", "system"} else set(clear)
    values = {key: _value(definition, rows[key], shown) for key in fields if key in rows}
    for person, keys in _persons_concerned(definition, reference, wanted).items():
        facts = {
            "register": register,
            "fields": list(keys),
            "clear": [key for key in keys if key in shown],
            "department": by.department,
        }
        subject = f"register:{register}/{reference}"
        where = {"purpose": purpose, "case": case, "person": person}
        append(actor=by, kind=READ, subject=subject, at=at, facts=facts, **where)
    return Record(register=register, reference=reference, values=values)


def read_linked(
    *,
    register: str,
    field: str,
    reference: str,
    fields: tuple[str, ...],
    purpose: str,
    case: str,
    by: Actor,
    at: datetime,
) -> tuple[Record, ...]:
    """Read the records whose field names this record: the licences of an enterprise, say."""
    return tuple(
        read_record(
            register=register,
            reference=each,
            fields=fields,
            purpose=purpose,
            case=case,
            by=by,
            at=at,
        )
        for each in list_linked(register=register, field=field, reference=reference)
    )


def _guard_reading(
    definition: Register, reference: str, *, purpose: str, case: str, by: Actor
) -> None:
    if by.kind != "system":
        _guard_reader(definition, reference, by=by)
    if not purpose.strip() or (by.kind == "official" and not case.strip()):
        raise PurposeMissing
    if not has_record(register=definition.key, reference=reference):
        raise NoSuchRecord(register=definition.name)


def _guard_reader(definition: Register, reference: str, *, by: Actor) -> None:
    if by.kind == "official":
        guard(by, READ_RECORDS)
    elif not is_own_record(definition, reference, person=by.person):
        raise NotYourRecord


def is_own_record(definition: Register, reference: str, *, person: str) -> bool:
    """Say whether the record is the person's own, held by them or by an enterprise of theirs."""
    if not person:
        return False
    if reference == person and any(field.person == SELF for field in definition.fields):
        return True
    holders = (person, *_represented_by(person))
    return any(reference in list_held(register=definition.key, person=each) for each in holders)


def _represented_by(person: str) -> tuple[str, ...]:
    return list_linked(register="legal_persons", field="representative", reference=person)


def _current_rows(
    definition: Register, reference: str, fields: Iterable[str]
) -> Mapping[str, RegisterValue]:
    rows = RegisterValue.objects.filter(
        record__register=definition.key,
        record__reference=reference,
        field__in=tuple(fields),
        ended_at__isnull=True,
    )
    return {row.field: row for row in rows}


def _value(definition: Register, row: RegisterValue, shown: set[str]) -> Value:
    field = get_field(definition, row.field)
    text = clear_text(row)
    masked = text if field.key in shown else mask(field.mask, text)
    return Value(
        field=field.key,
        name=field.name,
        value=masked,
        source=row.dataset,
        source_name=field.source_name,
        as_of=row.as_of,
        is_masked=masked != text,
    )


def clear_text(row: RegisterValue) -> str:
    """Return a kept value as its source delivered it."""
    return decrypt(row.text, context=f"register.{row.field}") if row.is_encrypted else row.text


def _persons_concerned(
    definition: Register, reference: str, fields: Iterable[Field]
) -> Mapping[str, tuple[str, ...]]:
    """Return, for each person whose data are among the fields, the keys read."""
    by_holder: dict[str, list[str]] = defaultdict(list)
    for field in fields:
        if field.person:
            by_holder[field.person].append(field.key)
    named = _current_rows(definition, reference, [key for key in by_holder if key != SELF])
    persons = {key: row.lookup for key, row in named.items()} | {SELF: reference}
    return {persons[key]: tuple(keys) for key, keys in by_holder.items() if key in persons}

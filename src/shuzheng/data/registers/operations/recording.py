"""Values come in from their one source; what changes is ended, not overwritten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shuzheng.data.registers.models import RegisterRecord, RegisterValue
from shuzheng.data.registers.operations.reading import clear_text
from shuzheng.data.registers.queries import get_field, get_register, lookup_index, reference_of
from shuzheng.data.registers.rules import (
    RECORD_VALUES,
    VALUES_ENDED,
    VALUES_RECORDED,
    Field,
    NotTheSource,
    Recorded,
    Register,
)
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.keys.operations import encrypt


@dataclass(frozen=True, slots=True)
class Row:
    """One record as its source delivers it: its number, values by field, the day they hold."""

    key: str
    values: Mapping[str, str]
    as_of: date


@transaction.atomic
def record_values(
    *,
    register: str,
    dataset: str,
    rows: Sequence[Row],
    batch: str,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Write a source's rows; unchanged values stay as they are, changed ones end and are followed.

    Raises:
        NotTheSource: a field has another source (一数一源); nothing is written.
        PostLacksPermission, UnknownRegister, UnknownField
    """
    guard(by, RECORD_VALUES)
    definition = get_register(register)
    _guard_sources(definition, dataset, {key for row in rows for key in row.values})
    records = _records(definition, rows, at=at)
    kept = _current(records.values(), dataset)
    recorded = _write(definition, dataset, rows, records, kept, at=at)
    append(
        actor=by,
        kind=VALUES_RECORDED,
        subject=f"register:{register}",
        at=at,
        facts={
            "register": register,
            "dataset": dataset,
            "batch": batch,
            "made": recorded.made,
            "changed": recorded.changed,
            "unchanged": recorded.unchanged,
        },
    )
    return recorded


@transaction.atomic
def end_values(
    *,
    register: str,
    dataset: str,
    references: Sequence[str],
    batch: str,
    by: Actor,
    at: datetime,
) -> int:
    """End what a source said of records that it no longer has; returns how many records ended.

    Records and their history stay; what other sources say of them stays in force.

    Raises:
        PostLacksPermission, UnknownRegister
    """
    guard(by, RECORD_VALUES)
    definition = get_register(register)
    rows = RegisterValue.objects.filter(
        record__register=definition.key,
        record__reference__in=references,
        dataset=dataset,
        ended_at__isnull=True,
    )
    ended = set(rows.select_for_update().values_list("record_id", flat=True))
    rows.update(ended_at=at)
    facts = {"register": register, "dataset": dataset, "batch": batch, "ended": len(ended)}
    append(actor=by, kind=VALUES_ENDED, subject=f"register:{register}", at=at, facts=facts)
    return len(ended)


def _guard_sources(definition: Register, dataset: str, keys: Iterable[str]) -> None:
    for key in sorted(keys):
        field = get_field(definition, key)
        if field.dataset != dataset:
            raise NotTheSource(
                register=definition.name, name=field.name, owner=field.dataset, dataset=dataset
            )


def _records(
    definition: Register, rows: Sequence[Row], *, at: datetime
) -> Mapping[str, RegisterRecord]:
    """Return the record of every row by its reference, made where it was not there, locked."""
    references = [reference_of(definition.key, row.key) for row in rows]
    RegisterRecord.objects.bulk_create(
        [
            RegisterRecord(register=definition.key, reference=each, made_at=at)
            for each in sorted(set(references))
        ],
        ignore_conflicts=True,
    )
    found = RegisterRecord.objects.select_for_update().filter(
        register=definition.key, reference__in=references
    )
    return {record.reference: record for record in found.order_by("reference")}


def _current(
    records: Iterable[RegisterRecord], dataset: str
) -> Mapping[tuple[int, str], RegisterValue]:
    rows = RegisterValue.objects.filter(
        record__in=list(records), dataset=dataset, ended_at__isnull=True
    )
    return {(row.record_id, row.field): row for row in rows}


def _write(
    definition: Register,
    dataset: str,
    rows: Sequence[Row],
    records: Mapping[str, RegisterRecord],
    kept: Mapping[tuple[int, str], RegisterValue],
    *,
    at: datetime,
) -> Recorded:
    counts = {"made": 0, "changed": 0, "unchanged": 0}
    ended: list[int] = []
    fresh: list[RegisterValue] = []
    known = {record for record, _ in kept}
    for row in rows:
        record = records[reference_of(definition.key, row.key)]
        changed = _changed_values(definition, dataset, row, record, kept, at=at)
        ended += [kept[key].pk for each in changed if (key := (record.pk, each.field)) in kept]
        fresh += changed
        counts[_fate(is_known=record.pk in known, is_changed=bool(changed))] += 1
    RegisterValue.objects.filter(pk__in=ended).update(ended_at=at)
    RegisterValue.objects.bulk_create(fresh)
    _confirm(dataset, rows, [records[reference_of(definition.key, row.key)] for row in rows])
    return Recorded(**counts)


def _confirm(dataset: str, rows: Sequence[Row], records: Sequence[RegisterRecord]) -> None:
    """Date the unchanged values by the latest day on which their source still said so."""
    said_on: dict[date, list[int]] = defaultdict(list)
    for row, record in zip(rows, records, strict=True):
        said_on[row.as_of].append(record.pk)
    for day, keys in said_on.items():
        RegisterValue.objects.filter(
            record__in=keys, dataset=dataset, ended_at__isnull=True, as_of__lt=day
        ).update(as_of=day)


def _fate(*, is_known: bool, is_changed: bool) -> str:
    if not is_known:
        return "made"
    return "changed" if is_changed else "unchanged"


def _changed_values(
    definition: Register,
    dataset: str,
    row: Row,
    record: RegisterRecord,
    kept: Mapping[tuple[int, str], RegisterValue],
    *,
    at: datetime,
) -> list[RegisterValue]:
    changed = []
    for key, delivered in row.values.items():
        field = get_field(definition, key)
        text = _kept_text(field, delivered)
        before = kept.get((record.pk, key))
        if text == (clear_text(before) if before else ""):
            continue
        changed.append(
            RegisterValue(
                record=record,
                field=field.key,
                text=encrypt(text, context=_context(field)) if field.is_encrypted else text,
                is_encrypted=field.is_encrypted,
                lookup=_lookup(definition, field, text),
                dataset=dataset,
                as_of=row.as_of,
                recorded_at=at,
            )
        )
    return changed


def _kept_text(field: Field, delivered: str) -> str:
    """Turn a number that names another record into that record's reference."""
    return reference_of(field.points_to, delivered) if field.points_to and delivered else delivered


def _context(field: Field) -> str:
    return f"register.{field.key}"


def _lookup(definition: Register, field: Field, text: str) -> str:
    if field.points_to:
        return text
    return lookup_index(definition.key, field.key, text) if field.lookup and text else ""

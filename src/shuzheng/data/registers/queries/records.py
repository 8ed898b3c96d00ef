"""Reads without personal data: whether a record is there, its open facts, what points to what."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max, Prefetch, QuerySet

from shuzheng.data.registers.models import RegisterRecord, RegisterValue
from shuzheng.data.registers.queries.definitions import get_field, get_register, lookup_index
from shuzheng.data.registers.rules import NoSuchRecord, Record, Register, Value

_MOST_FOUND = 20


def has_record(*, register: str, reference: str) -> bool:
    """Say whether the register holds a record under this reference."""
    return RegisterRecord.objects.filter(register=register, reference=reference).exists()


def get_open_record(*, register: str, reference: str) -> Record:
    """Return a record's open facts, such as a building's use; nothing in them is about a person.

    Raises:
        NoSuchRecord: the register holds nothing under that reference.
    """
    definition = get_register(register)
    row = _with_open_values(definition).filter(reference=reference).first()
    if row is None:
        raise NoSuchRecord(register=definition.name)
    return _open_record(definition, row)


def list_open_records(
    *, register: str, references: Iterable[str] | None = None
) -> tuple[Record, ...]:
    """Return the open facts of several records, or of all, in the order they came in."""
    definition = get_register(register)
    rows = _with_open_values(definition)
    if references is not None:
        rows = rows.filter(reference__in=tuple(references))
    return tuple(_open_record(definition, row) for row in rows.order_by("pk"))


def search_records(
    *, register: str, field: str, text: str, limit: int = _MOST_FOUND
) -> tuple[Record, ...]:
    """Return records whose open field contains every word of the text, at most `limit` of them.

    Raises:
        UnknownField: the field is not one of the register's open fields.
    """
    definition = get_register(register)
    get_field(definition, field)
    words = text.split()
    if not words or field not in {each.key for each in definition.list_fields("open")}:
        return ()
    rows = _with_open_values(definition)
    for word in words:
        rows = rows.filter(pk__in=_records_with_text(field, word))
    return tuple(_open_record(definition, row) for row in rows.order_by("pk")[:limit])


def list_linked(*, register: str, field: str, reference: str) -> tuple[str, ...]:
    """Return references of the records whose field names the record of that reference.

    `list_linked(register="legal_persons", field="representative", reference=person)` are the
    enterprises a person represents.
    """
    rows = RegisterValue.objects.filter(
        record__register=register, field=field, lookup=reference, ended_at__isnull=True
    )
    return tuple(rows.order_by("record_id").values_list("record__reference", flat=True))


def find_reference(*, register: str, field: str, text: str) -> str:
    """Return the reference of the record found by a lookup field, or an empty string."""
    found = list_linked(
        register=register, field=field, reference=lookup_index(register, field, text)
    )
    return found[0] if found else ""


def list_held(*, register: str, person: str) -> tuple[str, ...]:
    """Return references of the records this person may read as their own.

    Those they represent, own, rent or hold, as the register's definition says in `holders`.
    """
    if not person:
        return ()
    rows = RegisterValue.objects.filter(
        record__register=register,
        field__in=get_register(register).holders,
        lookup=person,
        ended_at__isnull=True,
    )
    return tuple(
        dict.fromkeys(rows.order_by("record_id").values_list("record__reference", flat=True))
    )


def list_current(*, register: str, dataset: str) -> Mapping[str, date]:
    """Return the records of which a dataset says something now, with the latest day it holds."""
    rows = (
        RegisterValue.objects.filter(
            record__register=register, dataset=dataset, ended_at__isnull=True
        )
        .values("record__reference")
        .annotate(latest=Max("as_of"))
        .values_list("record__reference", "latest")
    )
    return dict(rows)


def count_records(register: str) -> int:
    """Return how many records the register holds."""
    return RegisterRecord.objects.filter(register=register).count()


def _records_with_text(field: str, word: str) -> QuerySet[RegisterValue, int]:
    rows = RegisterValue.objects.filter(field=field, text__icontains=word, ended_at__isnull=True)
    return rows.values_list("record_id", flat=True)


def _with_open_values(definition: Register) -> QuerySet[RegisterRecord]:
    keys = [field.key for field in definition.list_fields("open")]
    current = RegisterValue.objects.filter(field__in=keys, ended_at__isnull=True)
    return RegisterRecord.objects.filter(register=definition.key).prefetch_related(
        Prefetch("values", queryset=current, to_attr="open_values")
    )


def _open_record(definition: Register, row: RegisterRecord) -> Record:
    values: list[RegisterValue] = getattr(row, "open_values", [])
    return Record(
        register=definition.key,
        reference=row.reference,
        values={value.field: _open_value(definition, value) for value in values},
    )


def _open_value(definition: Register, value: RegisterValue) -> Value:
    field = get_field(definition, value.field)
    return Value(
        field=field.key,
        name=field.name,
        value=value.text,
        source=value.dataset,
        source_name=field.source_name,
        as_of=value.as_of,
    )

"""Values are dated, have one source, and are ended rather than overwritten."""

from datetime import date

import pytest

from shuzheng.data.registers.models import RegisterRecord, RegisterValue
from shuzheng.data.registers.operations import Row, read_record, record_values
from shuzheng.data.registers.queries import count_records, has_record, reference_of
from shuzheng.data.registers.rules import RECORD_VALUES, NotTheSource, Recorded, UnknownField
from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject

ID_NUMBER = "330000198805219003"


def record(values, at, *, by=None, dataset="police_persons", as_of=date(2026, 1, 12)):
    return record_values(
        register="persons",
        dataset=dataset,
        rows=[Row(ID_NUMBER, values, as_of)],
        batch="b-1",
        by=by or system("tests"),
        at=at,
    )


def name_now(at):
    found = read_record(
        register="persons",
        reference=reference_of("persons", ID_NUMBER),
        fields=("name",),
        purpose="核对",
        case="",
        by=system("tests"),
        at=at,
    )
    return found.values["name"]


def test_a_value_is_kept_encrypted_and_its_number_nowhere(registers, at):
    assert record({"id_number": ID_NUMBER, "name": "陈小满"}, at) == Recorded(made=1)
    texts = list(RegisterValue.objects.values_list("text", "lookup"))
    assert len(texts) == 2
    assert not any(ID_NUMBER in part or "陈" in part for text in texts for part in text)
    assert RegisterRecord.objects.get().reference == reference_of("persons", ID_NUMBER)


def test_the_same_value_again_changes_nothing_but_its_day(registers, at):
    record({"name": "陈小满"}, at)
    assert record({"name": "陈小满"}, at, as_of=date(2026, 2, 1)) == Recorded(unchanged=1)
    assert RegisterValue.objects.count() == 1
    assert name_now(at).as_of == date(2026, 2, 1)


def test_a_changed_value_ends_the_one_before_and_keeps_it(registers, at):
    record({"name": "陈小满"}, at)
    assert record({"name": "陈大满"}, at, as_of=date(2026, 2, 1)) == Recorded(changed=1)
    assert name_now(at).value == "陈大满"
    ended = RegisterValue.objects.get(ended_at__isnull=False)
    assert ended.ended_at == at
    assert RegisterValue.objects.count() == 2


def test_a_field_takes_values_from_its_one_source_only(registers, at):
    with pytest.raises(NotTheSource) as refused:
        record({"name": "陈小满"}, at, dataset="service_contacts")
    assert "police_persons" in str(refused.value)
    assert not has_record(register="persons", reference=reference_of("persons", ID_NUMBER))


def test_an_unknown_field_is_refused(registers, at):
    with pytest.raises(UnknownField):
        record({"salary": "1"}, at)
    assert count_records("persons") == 0


def test_who_may_not_record_changes_nothing(registers, official, at):
    with pytest.raises(PostLacksPermission):
        record({"name": "陈小满"}, at, by=official())
    assert count_records("persons") == 0


def test_a_batch_leaves_one_entry_with_its_counts(registers, official, at):
    record({"name": "陈小满"}, at, by=official(RECORD_VALUES))
    (entry,) = list_entries_of_subject("register:persons")
    assert entry.kind == "register.values_recorded"
    assert entry.facts == {
        "register": "persons",
        "dataset": "police_persons",
        "batch": "b-1",
        "made": 1,
        "changed": 0,
        "unchanged": 0,
    }


def test_a_reference_does_not_depend_on_case_or_blanks():
    assert reference_of("persons", " 33000019791103901x ") == reference_of(
        "persons", "33000019791103901X"
    )
    assert reference_of("persons", "1") != reference_of("legal_persons", "1")

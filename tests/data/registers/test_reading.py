"""The one door to personal data: who may, for what, and that it is written down."""

import pytest

from shuzheng.data.registers.operations import read_linked, read_record
from shuzheng.data.registers.queries import (
    find_reference,
    get_open_record,
    list_data_access,
    list_held,
    list_linked,
    reference_of,
    search_records,
)
from shuzheng.data.registers.rules import (
    READ_RECORDS,
    NoSuchRecord,
    NotYourRecord,
    PurposeMissing,
    UnknownField,
    UnknownRegister,
)
from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_reads_of_person

FIELDS = ("id_number", "name", "address")


def read(person, by, at, *, fields=FIELDS, purpose="审查收件", case="QZ-1", **more):
    return read_record(
        register="persons",
        reference=person,
        fields=fields,
        purpose=purpose,
        case=case,
        by=by,
        at=at,
        **more,
    )


def test_an_official_sees_personal_values_masked(person, official, at):
    record = read(person, official(READ_RECORDS), at)
    assert record.text("id_number") == "3300************03"
    assert record.text("name") == "陈*满"
    assert record.values["id_number"].is_masked
    assert record.values["name"].origin == "来自：人口库，2026-01-12"


def test_an_official_sees_in_clear_only_what_was_asked_for(person, official, at):
    record = read(person, official(READ_RECORDS), at, clear=("name",))
    assert record.text("name") == "陈小满"
    assert record.text("id_number") == "3300************03"


def test_a_person_sees_their_own_values_in_clear(person, self_actor, at):
    assert read(person, self_actor, at).text("id_number") == "330000198805219003"


def test_every_reading_is_written_down_for_the_person(person, official, at):
    read(person, official(READ_RECORDS), at, clear=("name",))
    (entry,) = list_reads_of_person(person)
    assert entry.purpose == "审查收件"
    assert entry.case == "QZ-1"
    assert entry.actor_post == "service.window"
    assert entry.facts == {
        "register": "persons",
        "fields": ["id_number", "name", "address"],
        "clear": ["name"],
        "department": "service",
    }


def test_an_official_without_purpose_reads_nothing(person, official, at):
    with pytest.raises(PurposeMissing):
        read(person, official(READ_RECORDS), at, purpose=" ")
    assert list_reads_of_person(person) == ()


def test_an_official_without_a_case_reads_nothing(person, official, at):
    with pytest.raises(PurposeMissing):
        read(person, official(READ_RECORDS), at, case="")
    assert list_reads_of_person(person) == ()


def test_an_official_without_the_permission_reads_nothing(person, official, at):
    with pytest.raises(PostLacksPermission):
        read(person, official(), at)
    assert list_reads_of_person(person) == ()


def test_a_person_may_not_read_anothers_record(person, other_person, self_actor, at):
    with pytest.raises(NotYourRecord):
        read(other_person, self_actor, at)
    assert list_reads_of_person(other_person) == ()


def test_a_visitor_may_read_nobodys_record(person, at):
    with pytest.raises(NotYourRecord):
        read(person, VISITOR, at)


def test_what_is_not_registered_cannot_be_read(person, at):
    with pytest.raises(NoSuchRecord):
        read(reference_of("persons", "nobody"), system("tests"), at)
    with pytest.raises(UnknownField):
        read(person, system("tests"), at, fields=("salary",))
    with pytest.raises(UnknownRegister):
        read_record(
            register="salaries",
            reference=person,
            fields=(),
            purpose="x",
            case="",
            by=system("tests"),
            at=at,
        )


def test_open_facts_need_no_permission_and_name_nobody(premises):
    record = get_open_record(register="premises", reference=premises)
    assert record.text("has_flue") == "是"
    assert "owner_name" not in record.values
    assert "owner" not in record.values


def test_premises_are_found_by_words_of_their_address(premises):
    (record,) = search_records(register="premises", field="address", text="水亭街 18")
    assert record.reference == premises
    assert search_records(register="premises", field="address", text="荷花中路") == ()
    assert search_records(register="premises", field="address", text="  ") == ()


def test_names_of_owners_cannot_be_searched(premises):
    assert search_records(register="premises", field="owner_name", text="徐") == ()


def test_a_tenant_may_read_what_they_rent_and_the_owner_sees_it(
    premises, self_actor, other_person, at
):
    record = read_record(
        register="premises",
        reference=premises,
        fields=("address", "owner_name", "lease_number"),
        purpose="填写申请",
        case="QZ-1",
        by=self_actor,
        at=at,
    )
    assert record.text("owner_name") == "徐一鸣"
    (about_owner,) = list_reads_of_person(other_person)
    assert about_owner.facts["fields"] == ["owner_name"]
    (about_tenant,) = list_reads_of_person(self_actor.person)
    assert about_tenant.facts["fields"] == ["lease_number"]


def test_records_are_found_from_the_persons_they_name(premises, person, other_person):
    assert list_held(register="premises", person=person) == (premises,)
    assert list_linked(register="premises", field="owner", reference=person) == ()
    assert list_linked(register="premises", field="owner", reference=other_person) == (premises,)
    assert list_held(register="premises", person="") == ()


def test_a_record_is_found_by_a_lookup_field(premises):
    found = find_reference(register="premises", field="unit_number", text=" qzfw-1 ")
    assert found == premises
    assert find_reference(register="premises", field="unit_number", text="QZFW-2") == ""


def test_linked_records_are_read_one_by_one(premises, self_actor, at):
    (record,) = read_linked(
        register="premises",
        field="tenant",
        reference=self_actor.person,
        fields=("address",),
        purpose="填写申请",
        case="",
        by=self_actor,
        at=at,
    )
    assert record.text("address") == "衢州市柯城区水亭街 18 号"


def test_the_person_sees_who_read_what_and_why(person, official, at):
    read(person, official(READ_RECORDS), at, fields=("name", "address"))
    (access,) = list_data_access(person)
    assert (access.what, access.fields) == ("人口库", ("姓名", "户籍地址"))
    assert access.purpose == "审查收件"
    assert access.post == "service.window"
    assert not access.is_own
    assert list_data_access("") == ()

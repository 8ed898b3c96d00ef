"""A person's word against a value, and against a reading."""

from uuid import uuid4

import pytest

from shuzheng.data.registers.models import Difference, Objection
from shuzheng.data.registers.operations import (
    answer_objection,
    decide_difference,
    raise_objection,
    read_difference,
    read_record,
    report_difference,
)
from shuzheng.data.registers.queries import (
    list_differences,
    list_differences_of_case,
    list_objections,
)
from shuzheng.data.registers.rules import (
    DECIDE_DISPUTES,
    READ_RECORDS,
    AlreadyDecided,
    DifferenceUnchanged,
    NoSuchDifference,
    NoSuchObjection,
    NotYourEntry,
    NotYourRecord,
    ReasonMissing,
)
from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case, list_reads_of_person


def report(person, by, at, *, claimed="浙江省衢州市柯城区县学街1号"):
    return report_difference(
        register="persons",
        reference=person,
        field="address",
        claimed=claimed,
        case="QZ-1",
        by=by,
        at=at,
    )


@pytest.fixture
def steward(official):
    return official(DECIDE_DISPUTES, post="data.steward", department="data")


@pytest.fixture
def reading(person, official, at):
    read_record(
        register="persons",
        reference=person,
        fields=("name",),
        purpose="审查收件",
        case="QZ-9",
        by=official(READ_RECORDS),
        at=at,
    )
    return list_reads_of_person(person)[0].id


def test_a_dispute_is_listed_and_the_value_stays(person, self_actor, steward, at):
    number = report(person, self_actor, at)
    (row,) = list_differences(state="open")
    assert (row.id, row.field_name, row.case) == (number, "户籍地址", "QZ-1")
    assert list_differences_of_case("QZ-1") == (row,)
    assert read_difference(difference=number, by=steward, at=at) == (
        "浙江省衢州市柯城区水亭街198号",
        "浙江省衢州市柯城区县学街1号",
    )
    assert [entry.kind for entry in list_entries_of_case("QZ-1")] == [
        "register.difference_reported",
        "register.read",
    ]


def test_the_value_claimed_is_kept_encrypted(person, self_actor, at):
    report(person, self_actor, at)
    assert "县学街" not in Difference.objects.get().claimed_encrypted


def test_the_registered_value_cannot_be_disputed_with_itself(person, self_actor, at):
    with pytest.raises(DifferenceUnchanged):
        report(person, self_actor, at, claimed="浙江省衢州市柯城区水亭街198号")
    assert list_differences() == ()


def test_nobody_disputes_anothers_record(person, other_person, self_actor, official, at):
    with pytest.raises(NotYourRecord):
        report(other_person, self_actor, at)
    with pytest.raises(PostLacksPermission):
        report(person, official(), at)
    assert list_differences() == ()


def test_only_the_data_steward_reads_and_decides(person, self_actor, official, at):
    number = report(person, self_actor, at)
    with pytest.raises(PostLacksPermission):
        read_difference(difference=number, by=official(READ_RECORDS), at=at)
    with pytest.raises(PostLacksPermission):
        decide_difference(difference=number, is_upheld=True, reason="属实", by=self_actor, at=at)
    assert Difference.objects.get().state == "open"


def test_a_dispute_is_decided_once_and_with_reasons(person, self_actor, steward, at):
    number = report(person, self_actor, at)
    with pytest.raises(ReasonMissing):
        decide_difference(difference=number, is_upheld=True, reason=" ", by=steward, at=at)
    decide_difference(difference=number, is_upheld=True, reason="属实", by=steward, at=at)
    with pytest.raises(AlreadyDecided):
        decide_difference(difference=number, is_upheld=False, reason="不对", by=steward, at=at)
    (row,) = list_differences()
    assert (row.state_name, row.reason) == ("情况属实，已转来源部门更正", "属实")
    assert list_entries_of_case("QZ-1")[-1].facts["outcome"] == "情况属实，已转来源部门更正"


def test_an_unknown_dispute_is_not_found(registers, steward, at):
    with pytest.raises(NoSuchDifference):
        decide_difference(difference=uuid4(), is_upheld=True, reason="属实", by=steward, at=at)
    with pytest.raises(NoSuchDifference):
        read_difference(difference=uuid4(), by=steward, at=at)


def test_a_person_objects_to_a_reading_once(reading, self_actor, at):
    first = raise_objection(entry=reading, text="这个办件不是我的", by=self_actor, at=at)
    assert raise_objection(entry=reading, text="再说一次", by=self_actor, at=at) == first
    (row,) = list_objections(is_answered=False)
    assert row.text == "这个办件不是我的"


def test_nobody_objects_to_readings_of_others(reading, other_citizen, official, at):
    for actor in (other_citizen, official(DECIDE_DISPUTES)):
        with pytest.raises(NotYourEntry):
            raise_objection(entry=reading, text="不对", by=actor, at=at)
    assert Objection.objects.count() == 0


def test_an_objection_says_something(reading, self_actor, at):
    with pytest.raises(ReasonMissing):
        raise_objection(entry=reading, text="  ", by=self_actor, at=at)


def test_an_objection_is_answered_once_by_the_steward(reading, self_actor, steward, at):
    number = raise_objection(entry=reading, text="不对", by=self_actor, at=at)
    with pytest.raises(PostLacksPermission):
        answer_objection(objection=number, answer="已核实", by=self_actor, at=at)
    with pytest.raises(ReasonMissing):
        answer_objection(objection=number, answer="", by=steward, at=at)
    answer_objection(objection=number, answer="已核实", by=steward, at=at)
    with pytest.raises(AlreadyDecided):
        answer_objection(objection=number, answer="又答", by=steward, at=at)
    assert list_objections(is_answered=True)[0].answer == "已核实"
    with pytest.raises(NoSuchObjection):
        answer_objection(objection=uuid4(), answer="已核实", by=steward, at=at)

"""Registers, datasets and a few records of invented people."""

from datetime import date, datetime

import pytest

from shuzheng.data.registers.operations import Row, record_values
from shuzheng.data.registers.queries import reference_of
from shuzheng.infrastructure.access.rules import Actor, system
from tests.cities import apply_kinds

AS_OF = date(2026, 1, 12)
ID_NUMBER = "330000198805219003"
OTHER_ID_NUMBER = "330000199502149014"


@pytest.fixture
def registers(db, at: datetime) -> None:
    """The registers and datasets of Quzhou, without records."""
    apply_kinds("register", "dataset", at=at)


@pytest.fixture
def person(registers: None, at: datetime) -> str:
    """The reference of 陈小满, who is in the persons register."""
    record_person(ID_NUMBER, "陈小满", at=at)
    return reference_of("persons", ID_NUMBER)


@pytest.fixture
def other_person(registers: None, at: datetime) -> str:
    """The reference of 徐一鸣."""
    record_person(OTHER_ID_NUMBER, "徐一鸣", at=at)
    return reference_of("persons", OTHER_ID_NUMBER)


@pytest.fixture
def premises(person: str, other_person: str, at: datetime) -> str:
    """A noodle shop that 徐一鸣 owns and 陈小满 rents."""
    by = system("tests")
    key = "QZFW-1"
    for dataset, values in (
        (
            "housing_premises",
            {
                "unit_number": key,
                "address": "衢州市柯城区水亭街 18 号",
                "building_use": "商业",
                "has_flue": "是",
            },
        ),
        ("property_rights", {"owner": OTHER_ID_NUMBER, "owner_name": "徐一鸣"}),
        ("housing_leases", {"tenant": ID_NUMBER, "lease_number": "衢房租备1"}),
    ):
        record_values(
            register="premises",
            dataset=dataset,
            rows=[Row(key, values, AS_OF)],
            batch="b",
            by=by,
            at=at,
        )
    return reference_of("premises", key)


@pytest.fixture
def self_actor(person: str) -> Actor:
    """陈小满 acting for herself."""
    return Actor(kind="person", account="a-1", name="陈小满", person=person)


def record_person(id_number: str, name: str, *, at: datetime, as_of: date = AS_OF) -> None:
    """Put somebody into the persons register, as the police dataset does."""
    values = {"id_number": id_number, "name": name, "address": "浙江省衢州市柯城区水亭街198号"}
    record_values(
        register="persons",
        dataset="police_persons",
        rows=[Row(id_number, values, as_of)],
        batch="b",
        by=system("tests"),
        at=at,
    )

"""A file that is the whole dataset ends what it leaves out; a suspicious one asks a steward."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.data.collection.models import Batch, DatasetDefinition
from shuzheng.data.collection.operations import collect, decide_endings
from shuzheng.data.collection.queries import get_batch
from shuzheng.data.collection.rules import (
    COLLECT_DATA,
    Dataset,
    EndingsOutdated,
    NoEndingsHeld,
    ReasonMissing,
    UnknownBatch,
    why_held,
)
from shuzheng.data.registers.queries import list_current
from shuzheng.data.registers.rules import RECORD_VALUES
from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject

HEADINGS = "公民身份号码,姓名,性别,出生日期,户籍地址,村社代码,更新日期"
NUMBERS = ("330000198805219003", "330000199001029014", "330000197503122017", "330000200107150029")


DATASET = Dataset(
    key="persons",
    name="人口",
    department="police",
    register_key="persons",
    legal_basis="",
    feed="persons.csv",
    key_column="公民身份号码",
    as_of_column="更新日期",
    columns=(),
)


def check_character(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    return "10X98765432"[total % 11]


PEOPLE = tuple(number[:17] + check_character(number[:17]) for number in NUMBERS)


@pytest.fixture
def snapshots(registers):
    """The police deliver everything, and a quarter of it may end at once."""
    row = DatasetDefinition.objects.get(key="police_persons")
    row.definition |= {"delivers": "everything", "most_ended_percent": 25}
    row.save()


def file(*people: str, day: str = "2026-01-12") -> bytes:
    lines = [f"{each},陈小满,女,1988-05-21,水亭街1号,330802006004,{day}" for each in people]
    return "\n".join([HEADINGS, *lines, ""]).encode()


def take(content: bytes, at):
    return collect(
        dataset="police_persons",
        filename="police_persons.csv",
        content=content,
        on=date(2026, 11, 23),
        by=system("tests"),
        at=at,
    )


def current() -> int:
    return len(list_current(register="persons", dataset="police_persons"))


def test_what_a_whole_file_leaves_out_ends_and_its_history_stays(snapshots, at):
    take(file(*PEOPLE), at)
    batch = take(file(*PEOPLE[:3], day="2026-02-01"), at + timedelta(days=1))
    assert (batch.records_absent, batch.records_ended, batch.is_held) == (1, 1, False)
    assert current() == 3
    back = take(file(*PEOPLE, day="2026-03-01"), at + timedelta(days=2))
    assert (back.records_made, back.records_ended) == (1, 0)
    assert current() == 4


def test_a_file_of_changes_ends_nothing(registers, at):
    take(file(*PEOPLE), at)
    batch = take(file(PEOPLE[0], day="2026-02-01"), at)
    assert (batch.records_absent, batch.records_ended) == (0, 0)
    assert current() == 4


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (file(*PEOPLE[:2], day="2026-02-01"), "4 条中有 2 条不在文件里，超过 25%"),
        (file(day="2026-02-01"), "早于"),
        (file(*PEOPLE[:3], day="2025-12-31"), "文件截至 2025-12-31，早于已归集的 2026-01-12"),
        (file(*PEOPLE[:3], "", day="2026-02-01"), "有的行没有“公民身份号码”"),
    ],
)
def test_a_suspicious_file_ends_nothing_and_asks_the_steward(snapshots, at, content, because):
    take(file(*PEOPLE), at)
    batch = take(content, at + timedelta(days=1))
    assert (batch.records_ended, batch.is_held) == (0, True)
    assert because in batch.held_because
    assert current() == 4
    kinds = [entry.kind for entry in list_entries_of_subject("dataset:police_persons")]
    assert kinds.count("collection.endings_held") == 1


def test_a_row_put_aside_still_shows_that_its_record_is_there(snapshots, at):
    take(file(*PEOPLE), at)
    wrong = file(*PEOPLE, day="2026-02-01").decode().replace("女", "甲", 1).encode()
    batch = take(wrong, at + timedelta(days=1))
    assert (batch.rows_bad, batch.records_absent) == (1, 0)
    assert current() == 4


def test_the_steward_ends_them_or_leaves_them_with_a_reason(snapshots, official, at):
    by = official(COLLECT_DATA, RECORD_VALUES)
    take(file(*PEOPLE), at)
    held = take(file(*PEOPLE[:2], day="2026-02-01"), at + timedelta(days=1))
    with pytest.raises(ReasonMissing):
        decide_endings(batch=held.id, is_confirmed=True, reason=" ", by=by, at=at)
    assert decide_endings(batch=held.id, is_confirmed=True, reason="已核实", by=by, at=at) == 2
    assert (current(), get_batch(held.id).is_held) == (2, False)
    with pytest.raises(NoEndingsHeld):
        decide_endings(batch=held.id, is_confirmed=True, reason="已核实", by=by, at=at)
    other = take(file(PEOPLE[0], day="2026-03-01"), at + timedelta(days=2))
    assert decide_endings(batch=other.id, is_confirmed=False, reason="不完整", by=by, at=at) == 0
    assert (current(), get_batch(other.id).is_held) == (2, False)


def test_a_delivery_overtaken_by_a_later_one_ends_nothing(snapshots, official, at):
    by = official(COLLECT_DATA, RECORD_VALUES)
    take(file(*PEOPLE), at)
    held = take(file(*PEOPLE[:2], day="2026-02-01"), at + timedelta(days=1))
    take(file(*PEOPLE, day="2026-02-02"), at + timedelta(days=2))
    with pytest.raises(EndingsOutdated):
        decide_endings(batch=held.id, is_confirmed=True, reason="已核实", by=by, at=at)
    assert current() == 4


def test_who_may_not_decide(snapshots, official, citizen, at):
    take(file(*PEOPLE), at)
    held = take(file(*PEOPLE[:2], day="2026-02-01"), at + timedelta(days=1))
    for by in (citizen, official(), official(COLLECT_DATA)):
        with pytest.raises(PostLacksPermission):
            decide_endings(batch=held.id, is_confirmed=True, reason="已核实", by=by, at=at)
    with pytest.raises(UnknownBatch):
        decide_endings(
            batch="00000000-0000-4000-8000-000000000000",
            is_confirmed=True,
            reason="已核实",
            by=official(COLLECT_DATA, RECORD_VALUES),
            at=at,
        )
    assert (current(), Batch.objects.filter(records_ended__gt=0).count()) == (4, 0)


@given(st.integers(1, 1000), st.integers(0, 100), st.data())
def test_never_more_than_the_limit_ends_unseen(current_records, percent, data):
    absent = data.draw(st.integers(0, current_records))
    dataset = DATASET.model_copy(update={"most_ended_percent": percent})
    held = why_held(
        dataset,
        absent=absent,
        current=current_records,
        is_keyless=False,
        newest="2026-02-01",
        known="2026-02-01",
    )
    assert bool(held) == (Fraction(absent, current_records) > Fraction(percent, 100))

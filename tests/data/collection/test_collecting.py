"""A department's file comes in once, and bad rows stay outside the registers."""

from datetime import date

import pytest

from shuzheng.data.collection.models import Batch, QuarantinedRow
from shuzheng.data.collection.operations import collect
from shuzheng.data.collection.queries import list_batches, list_quarantined
from shuzheng.data.collection.rules import COLLECT_DATA, HeadingsMissing, UnknownDataset
from shuzheng.data.registers.queries import count_records
from shuzheng.data.registers.rules import RECORD_VALUES
from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject

HEADINGS = "公民身份号码,姓名,性别,出生日期,户籍地址,村社代码,更新日期"
GOOD = "330000198805219003,陈小满,女,1988-05-21,水亭街1号,330802006004,2026-01-12"
BAD = "330000198805219004,陈小满,女,1988-05-21,水亭街1号,330802006004,2026-01-12"
CONTENT = f"{HEADINGS}\n{GOOD}\n{BAD}\n".encode()


def take(at, *, content=CONTENT, by=None, dataset="police_persons"):
    return collect(
        dataset=dataset,
        filename="police_persons.csv",
        content=content,
        on=date(2026, 11, 23),
        by=by or system("tests"),
        at=at,
    )


def test_good_rows_reach_the_register_and_bad_ones_are_put_aside(registers, at):
    batch = take(at)
    assert (batch.rows_total, batch.rows_good, batch.rows_bad) == (2, 1, 1)
    assert (batch.records_made, batch.is_repeat) == (1, False)
    assert count_records("persons") == 1
    (row,) = list_quarantined(batch.id)
    assert (row.line, row.reasons) == (3, ("“公民身份号码”不是有效的公民身份号码",))


def test_a_row_put_aside_is_kept_encrypted(registers, at):
    take(at)
    assert "陈" not in QuarantinedRow.objects.get().cells_encrypted


def test_the_same_file_twice_changes_nothing(registers, at):
    first = take(at)
    again = take(at)
    assert (again.id, again.is_repeat) == (first.id, True)
    assert Batch.objects.count() == 1
    assert len(list_entries_of_subject("dataset:police_persons")) == 1


def test_a_batch_leaves_its_hash_and_counts_in_the_journal(registers, official, at):
    batch = take(at, by=official(COLLECT_DATA, RECORD_VALUES))
    (entry,) = list_entries_of_subject("dataset:police_persons")
    assert entry.facts == {
        "dataset": "police_persons",
        "batch": str(batch.id),
        "filename": "police_persons.csv",
        "sha256": batch.sha256,
        "total": 2,
        "good": 1,
        "bad": 1,
    }
    assert list_batches(dataset="police_persons") == (batch,)


def test_who_may_not_collect_changes_nothing(registers, official, self_actor, at):
    before = count_records("persons")
    for actor in (official(), self_actor):
        with pytest.raises(PostLacksPermission):
            take(at, by=actor)
    assert list_batches() == ()
    assert count_records("persons") == before


def test_one_who_may_collect_but_not_record_leaves_no_batch(registers, official, at):
    with pytest.raises(PostLacksPermission):
        take(at, by=official(COLLECT_DATA))
    assert list_batches() == ()


def test_an_unknown_dataset_and_a_wrong_file_are_refused_whole(registers, at):
    with pytest.raises(UnknownDataset):
        take(at, dataset="salaries")
    with pytest.raises(HeadingsMissing):
        take(at, content=b"a,b\n1,2\n")
    assert list_batches() == ()

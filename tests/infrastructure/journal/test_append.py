from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from shuzheng.infrastructure.journal import models, operations, queries
from shuzheng.infrastructure.journal.rules import (
    Entry,
    EntryNotFound,
    EntryNotPlain,
    declare_entry_kind,
)

pytestmark = pytest.mark.django_db

PAID = declare_entry_kind("testing.paid", "缴了费", facts=("amount", "paid_on"))
READ = declare_entry_kind("testing.read", "查看了个人信息")


def test_an_entry_says_who_did_what_to_which_subject_when_and_why(write, official, at):
    clerk = official(account="clerk-7")
    entry = write(
        "case:QZ-2026-000123",
        actor=clerk,
        facts={"amount": 3},
        purpose="核对材料",
        case="QZ-2026-000123",
        person="person-1",
    )

    assert queries.get_entry(entry) == Entry(
        number=None,
        id=entry,
        kind="testing.happened",
        subject="case:QZ-2026-000123",
        actor_kind="official",
        actor_account="clerk-7",
        actor_name="clerk-7",
        actor_post="service.window",
        at=at,
        facts={"amount": 3},
        purpose="核对材料",
        case="QZ-2026-000123",
        person="person-1",
    )


def test_an_entry_falls_with_the_transaction_it_belongs_to(write):
    def fail_after_writing():
        with transaction.atomic():
            write()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()

    assert models.Entry.objects.count() == 0


def test_entries_are_listed_by_case_subject_and_person(write):
    first = write("case:1", case="1", person="p")
    second = write("task:9", case="1")
    third = write("case:1", kind=READ, person="p")

    def ids(entries):
        return [entry.id for entry in entries]

    assert ids(queries.list_entries_of_case("1")) == [first, second]
    assert ids(queries.list_entries_of_subject("case:1")) == [first, third]
    assert ids(queries.list_entries_of_person("p")) == [first, third]
    assert ids(queries.list_reads_of_person("p")) == [third]


def test_what_happened_last_is_listed_newest_first(write):
    ids = [write() for _ in range(4)]

    assert [entry.id for entry in queries.list_latest_entries(3)] == ids[:0:-1]


def test_no_case_and_nobody_have_no_entries(write):
    write()

    assert queries.list_entries_of_case("") == ()
    assert queries.list_entries_of_person("") == ()
    assert queries.list_reads_of_person("") == ()


def test_an_unknown_entry_is_not_found():
    with pytest.raises(EntryNotFound):
        queries.get_entry(uuid4())


def test_facts_become_plain_json(write):
    number = UUID(int=7)
    entry = write(
        facts={
            "day": date(2026, 11, 23),
            "fee": Decimal("12.50"),
            "id": number,
            "codes": ("a", "b"),
            "whole": 3.0,
            "half": 0.5,
            "none": None,
        }
    )

    assert queries.get_entry(entry).facts == {
        "day": "2026-11-23",
        "fee": "12.50",
        "id": str(number),
        "codes": ["a", "b"],
        "whole": 3,
        "half": 0.5,
        "none": None,
    }


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"a": float("nan")}, "数值不是有限数"),
        ({"a": object()}, "object 不是 JSON 内容"),
        ({"a": ["x\0y"]}, "文字中有空字符"),
        ({"a": b"bytes"}, "bytes 不是 JSON 内容"),
    ],
)
def test_facts_that_json_cannot_say_are_refused(write, facts, reason):
    with pytest.raises(EntryNotPlain, match=reason):
        write(facts=facts)

    assert models.Entry.objects.count() == 0


def test_a_fact_that_is_not_declared_is_refused(write):
    write(kind=PAID, facts={"amount": 3})

    with pytest.raises(EntryNotPlain, match="未声明的内容 account、name"):
        write(kind=PAID, facts={"amount": 3, "name": "x", "account": "y"})
    assert models.Entry.objects.count() == 1


def test_a_moment_without_zone_is_refused(write):
    with pytest.raises(EntryNotPlain, match="时间没有时区"):
        write(at=datetime(2026, 11, 23, 10))  # noqa: DTZ001  that is what is refused


def test_a_moment_of_another_zone_is_the_same_moment(write):
    entry = write(at=datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=8))))

    assert queries.get_entry(entry).at == datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET subject = 'case:2'",
        "UPDATE journal_entry SET facts = '{}'",
        "UPDATE journal_entry SET facts = '{}', salt = NULL, erased_at = now()",
        "UPDATE journal_entry SET at = now(), number = 5",
        "UPDATE journal_entry SET commitment = 'x'",
        "UPDATE journal_entry SET arrival = arrival + 1000",
        "DELETE FROM journal_entry",
    ],
)
def test_the_database_refuses_to_change_an_entry(write, change):
    entry = write(facts={"a": 1}, purpose="用途")
    before = queries.get_entry(entry)

    with (
        pytest.raises(IntegrityError, match="refused: the journal is only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)

    assert queries.get_entry(entry) == before


def test_an_entry_is_numbered_once(write):
    entry = write()
    operations.sequence()

    for change in ("number = 2", "number = NULL"):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE journal_entry SET {change}")
    assert queries.get_entry(entry).number == 1


def test_an_entry_cannot_be_written_with_a_number(write):
    write()
    row = models.Entry.objects.get()
    row.arrival, row.id, row.number = None, uuid4(), 99

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert models.Entry.objects.count() == 1

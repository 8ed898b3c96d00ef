from importlib import import_module

import pytest
from django.db import connection, transaction

from shuzheng.infrastructure.journal import models, operations, queries
from shuzheng.infrastructure.journal.operations import seal_pending
from shuzheng.infrastructure.journal.rules import LogDoesNotMatch
from shuzheng.infrastructure.journal.rules.merkle import leaf_hash, root_of
from shuzheng.infrastructure.journal.rules.notes import open_note, read_checkpoint
from shuzheng.infrastructure.journal.rules.tiles import unpack_leaves
from shuzheng.infrastructure.journal.rules.verification import verify_log
from shuzheng.infrastructure.keys import operations as keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def seal(write, log_folder, at):
    """Write that many entries and seal them."""

    def seal(count=1):
        for _ in range(count):
            write(case="1")
        operations.sequence()
        return seal_pending(at=at)

    return seal


def verify(folder):
    return verify_log(
        queries.log_reader(folder),
        keys=queries.list_verifier_keys(),
        kept=queries.list_kept_notes(folder),
    )


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_entry_without_number_is_not_sealed(write, log_folder, at):
    write()

    assert seal_pending(at=at) == 0
    assert files(log_folder) == {}


def test_what_is_sealed_stands_in_plain_files_and_says_nothing(seal, log_folder):
    assert seal(3) == 3

    assert sorted(files(log_folder)) == [
        "checkpoint",
        "checkpoints/2026-11-23.txt",
        "keys",
        "tile/0/000.p/3",
        "tile/entries/000.p/3",
    ]
    leaves = unpack_leaves((log_folder / "tile/entries/000.p/3").read_bytes())
    commitments = models.Entry.objects.order_by("number").values_list("commitment", flat=True)
    assert leaves == [
        b'{"commitment":"%s","number":%d}' % (bytes(commitment).hex().encode(), number)
        for number, commitment in enumerate(commitments, start=1)
    ]
    note = (log_folder / "checkpoint").read_text()
    head = read_checkpoint(open_note(note, keys=queries.list_verifier_keys()))
    assert (head.origin, head.size) == ("example.org/journal", 3)
    assert head.root == root_of([leaf_hash(leaf) for leaf in leaves])


@pytest.mark.parametrize("steps", [(1, 1, 254, 1, 1), (255, 2, 256, 300), (512,), (600, 1, 168)])
def test_a_log_that_grew_in_steps_is_the_log_that_grew_at_once(
    seal, log_folder, tmp_path, at, steps
):
    for step in steps:
        assert seal(step) == step
    grown = files(log_folder)
    operations.use_folder(tmp_path / "again", origin="example.org/journal")
    assert seal_pending(at=at) == sum(steps)
    at_once = files(tmp_path / "again")

    kept = {path: content for path, content in grown.items() if not path.startswith("checkpoints")}
    needed = {path for path in at_once if not path.startswith("checkpoints")}
    assert {path: kept[path] for path in needed} == {path: at_once[path] for path in needed}
    found = verify(log_folder)
    assert (found.size, found.checkpoints, found.findings) == (sum(steps), len(steps), ())


def test_parts_of_a_tile_go_once_it_is_full(seal, log_folder):
    seal(255)
    seal(2)

    assert sorted(path for path in files(log_folder) if path.startswith("tile")) == [
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/1",
    ]


def test_nothing_new_changes_nothing(seal, log_folder, at):
    seal(3)
    before = files(log_folder)

    assert seal_pending(at=at) == 0
    assert files(log_folder) == before


def test_sealing_goes_on_after_a_crash_between_tiles_and_checkpoint(seal, log_folder):
    seal(250)
    before = (log_folder / "checkpoint").read_bytes()
    seal(10)
    # As if the process had died before the checkpoint was written, with half a line of history.
    (log_folder / "checkpoint").write_bytes(before)
    history = log_folder / "checkpoints/2026-11-23.txt"
    history.write_bytes(history.read_bytes()[:-30])

    assert seal(5) == 15
    found = verify(log_folder)
    assert (found.size, found.checkpoints, found.findings) == (265, 2, ())


@pytest.mark.parametrize(("size", "grown"), [(1, 0), (100, 300), (300, 212), (256, 600)])
def test_a_copy_taken_while_the_log_grows_is_a_log_of_its_own(
    seal, log_folder, tmp_path, at, monkeypatch, size, grown
):
    seal(size)
    copying = import_module("shuzheng.infrastructure.journal.operations.copying")
    read_head = copying.read_head

    def read_head_before_it_grows(folder):
        head = read_head(folder)
        seal(grown)
        return head

    monkeypatch.setattr(copying, "read_head", read_head_before_it_grows)
    assert operations.copy_log(tmp_path / "copy") == size
    found = verify(tmp_path / "copy")
    assert (found.size, found.checkpoints, found.findings) == (size, 1, ())

    # Restored beside a database that knows more, it goes on to the very same log.
    operations.use_folder(tmp_path / "copy", origin="example.org/journal")
    assert seal_pending(at=at) == grown
    assert (tmp_path / "copy/checkpoint").read_bytes() == (log_folder / "checkpoint").read_bytes()


def test_a_log_that_holds_nothing_yet_has_nothing_to_copy(log_folder, tmp_path):
    assert operations.copy_log(tmp_path / "copy") == 0
    assert not (tmp_path / "copy").exists()


def test_where_an_entry_stands_can_be_asked(seal, write, log_folder, at):
    seal(2)
    waiting = write(case="1")
    first, second, third = queries.list_inclusions_of_case("1")

    assert (first.number, first.checkpoint, first.sealed_at) == (1, 2, at)
    assert (second.number, second.checkpoint) == (2, 2)
    assert (third.entry, third.number, third.leaf, third.checkpoint) == (waiting, None, "", None)
    assert (
        first.leaf == unpack_leaves((log_folder / "tile/entries/000.p/2").read_bytes())[0].decode()
    )
    assert queries.get_inclusion(waiting) == third
    assert queries.get_sealed_size() == 2
    seal(1)
    assert queries.get_inclusion(waiting).checkpoint == 4
    assert queries.get_inclusion(first.entry).checkpoint == 2


def test_a_table_that_lost_sealed_entries_is_not_sealed_over(seal, log_folder, at):
    seal(3)
    before = files(log_folder)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM journal_entry WHERE number = 3")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER ALL")

    with (
        pytest.raises(LogDoesNotMatch, match="日志已封存到第 3 条，数据库中没有这一条"),
        transaction.atomic(),
    ):
        seal_pending(at=at)
    assert files(log_folder) == before


def test_a_table_that_tells_another_past_is_not_sealed_over(seal, write, log_folder, at):
    seal(3)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM journal_entry WHERE number = 3")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER ALL")
    write()
    write()
    operations.sequence()
    before = files(log_folder)

    with pytest.raises(LogDoesNotMatch, match="第 3 条与封存的不同"), transaction.atomic():
        seal_pending(at=at)
    assert files(log_folder) == before


def test_rows_that_were_changed_behind_the_triggers_back_are_found(seal, log_folder):
    seal(5)
    assert list(queries.compare_rows()) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE journal_entry SET subject = 'case:9' WHERE number = 2")
        cursor.execute("""UPDATE journal_entry SET facts = '{"a": 1}' WHERE number = 3""")
        cursor.execute("DELETE FROM journal_entry WHERE number = 4")
        cursor.execute("UPDATE journal_entry SET commitment = 'x' WHERE number = 5")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER ALL")

    assert [str(each) for each in queries.compare_rows()] == [
        "journal_entry 2:第 2 条的内容被改动",
        "journal_entry 3:第 3 条的内容被改动",
        "journal_entry 4:数据库中缺少第 4 条",
        "journal_entry 5:第 5 条的承诺与封存的不同",
    ]


def test_a_rotated_key_signs_on_and_the_history_stays_verifiable(
    seal, log_folder, tmp_path, data_folder
):
    keys.use_folder(tmp_path / "keys")
    try:
        seal(2)
        keys.rotate("checkpoint")
        seal(2)
        found = verify(log_folder)
        published = queries.list_published_keys(log_folder)
        assert published == queries.list_verifier_keys()
    finally:
        keys.use_folder(data_folder / "keys")

    assert len(published) == 2
    assert (found.size, found.checkpoints, found.findings) == (4, 2, ())

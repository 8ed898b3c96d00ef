import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from shuzheng.infrastructure.journal import queries as journal
from shuzheng.infrastructure.storage import operations, queries
from shuzheng.infrastructure.storage.rules import (
    TEXT,
    FileChanged,
    FileDangerous,
    FileMislabelled,
    FileNotFound,
    StoredFile,
)

CONTENT = "房屋租赁合同".encode()
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path, data_folder):
    operations.use_folder(tmp_path)
    yield tmp_path
    operations.use_folder(data_folder / "files")


@pytest.fixture
def store(folder, db, citizen, at):
    def store(content=CONTENT, filename="合同.txt", **limits):
        return operations.store_file(
            **{
                "content": content,
                "filename": filename,
                "allowed": (TEXT,),
                "max_bytes": 1000,
                "by": citizen,
                "at": at,
                **limits,
            }
        )

    return store


def files_in(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_a_stored_file_is_found_by_its_hash(store, folder):
    stored = store()

    assert stored == StoredFile(HASH, len(CONTENT), TEXT, "合同.txt")
    assert queries.get_file(HASH) == stored
    assert queries.read_file(HASH) == CONTENT
    assert queries.has_file(HASH) is True
    assert files_in(folder) == [f"{HASH[:2]}/{HASH[2:4]}/{HASH}"]


def test_storing_leaves_an_entry(store, citizen, at):
    store()

    [entry] = journal.list_entries_of_subject(f"file:{HASH}")
    assert (entry.kind, entry.actor_account, entry.at) == (
        "storage.file_stored",
        citizen.account,
        at,
    )
    assert entry.facts == {"size": 18, "media_type": "text/plain"}


def test_the_same_content_is_kept_once_and_each_upload_has_its_own_name(store, folder):
    store(filename="一.txt")
    second = store(filename="二.txt")

    assert second.filename == "二.txt"
    assert len(files_in(folder)) == 1
    assert len(journal.list_entries_of_subject(f"file:{HASH}")) == 2


def test_a_refused_file_leaves_nothing(store, folder):
    with pytest.raises(FileMislabelled):
        store(filename="合同.pdf")

    assert files_in(folder) == []
    assert queries.has_file(HASH) is False
    assert journal.list_entries_of_subject(f"file:{HASH}") == ()


def test_a_name_from_another_computer_loses_its_folders(store):
    assert store(filename="C:\\Users\\王\\..\\合同.txt").filename == "合同.txt"


def test_a_scanner_has_its_say(store, folder, monkeypatch):
    monkeypatch.setattr(operations, "_scanners", [])
    operations.use_scanner(lambda content: "Eicar-Test" if b"EICAR" in content else "")

    with pytest.raises(FileDangerous, match="不安全：Eicar-Test"):
        store(content=b"EICAR")
    assert files_in(folder) == []
    assert store().sha256 == HASH


def test_a_product_of_our_own_is_stored_as_it_is(folder, db):
    stored = operations.put(b"%PDF-", "application/pdf", filename="决定书.pdf")

    assert queries.get_file(stored.sha256) == StoredFile(
        stored.sha256, 5, "application/pdf", "决定书.pdf"
    )
    assert queries.read_file(stored.sha256) == b"%PDF-"


def test_changed_bytes_are_not_handed_out(store):
    store()
    queries.path_of(HASH).write_bytes(CONTENT[:-1] + b"x")

    with pytest.raises(FileChanged, match=HASH):
        queries.read_file(HASH)
    assert queries.list_damaged_files() == (HASH,)


def test_lost_bytes_are_listed_and_come_back_with_the_next_upload(store):
    store()
    queries.path_of(HASH).unlink()

    with pytest.raises(FileNotFound):
        queries.read_file(HASH)
    assert queries.list_damaged_files() == (HASH,)
    store()
    assert queries.list_damaged_files() == ()


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_is_no_stored_hash_is_not_found(folder, db, sha256):
    with pytest.raises(FileNotFound):
        queries.read_file(sha256)
    with pytest.raises(FileNotFound):
        queries.get_file(sha256)
    assert queries.has_file(sha256) is False


def test_many_who_store_the_same_at_once_leave_one_whole_file(folder):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: operations._write(queries.path_of(HASH), CONTENT), range(40)))

    assert queries.read_file(HASH) == CONTENT
    assert len(files_in(folder)) == 1

"""A backup brought into an empty place is equal to what it was taken from."""

import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from shuzheng.infrastructure.backup import operations
from shuzheng.infrastructure.backup.rules import (
    BackupDamaged,
    PlaceNotEmpty,
    ProgramFailed,
    damaged_parts,
)

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def url(name: str) -> str:
    """Return the address of a database on the tests' server."""
    default = settings.DATABASES["default"]
    return f"postgresql://{default['USER']}@/{name}?host={default['HOST']}"


@contextmanager
def database(name: str) -> Iterator[str]:
    """Make an empty database for a while."""
    identifier = sql.Identifier(name)
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        yield url(name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@pytest.fixture
def source(worker_id) -> Iterator[str]:
    with database(f"backup_source_{worker_id}") as address:
        with psycopg.connect(address) as connection:
            connection.execute("CREATE TABLE office (number int PRIMARY KEY, name text NOT NULL)")
            connection.execute("INSERT INTO office VALUES (1, '市场监督管理局'), (2, '𠮷野')")
        yield address


@pytest.fixture
def target(worker_id) -> Iterator[str]:
    with database(f"backup_target_{worker_id}") as address:
        yield address


@pytest.fixture
def taken(source, tmp_path) -> Path:
    """Back up a database, two files and a key; return the folder above both backups."""
    files, keys = tmp_path / "data" / "files", tmp_path / "data" / "keys"
    (files / "ab").mkdir(parents=True)
    keys.mkdir()
    (files / "ab" / "abcd").write_bytes(b"\x00licence\xff")
    (files / "empty").write_bytes(b"")
    (keys / "column-1").write_text("secret")
    (keys / "column-1").chmod(0o600)
    operations.back_up(
        target=tmp_path / "backup",
        url=source,
        folders=[files, tmp_path / "data" / "log"],
        keys=keys,
        keys_target=tmp_path / "backup-of-keys",
        at=AT,
    )
    return tmp_path


def bring_back(taken: Path, target: str) -> Path:
    """Restore into a new folder and return it."""
    operations.restore(
        source=taken / "backup",
        url=target,
        folder=taken / "new",
        keys_source=taken / "backup-of-keys",
        keys=taken / "new" / "keys",
    )
    return taken / "new"


def rows(address: str) -> list[tuple[int, str]]:
    """Return all that the table holds."""
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT number, name FROM office ORDER BY number").fetchall()


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_restore_into_an_empty_place_is_equal(taken, source, target):
    new = bring_back(taken, target)
    assert rows(target) == rows(source) == [(1, "市场监督管理局"), (2, "𠮷野")]
    assert content(new) == content(taken / "data")
    assert (new / "keys").stat().st_mode & 0o777 == 0o700
    assert (new / "keys" / "column-1").stat().st_mode & 0o777 == 0o600


def test_keys_are_nowhere_in_the_backup_of_the_data(taken):
    parts = sorted(path.name for path in (taken / "backup").iterdir())
    assert parts == ["database.dump", "files.tar", "manifest.json"]
    with tarfile.open(taken / "backup" / "files.tar") as archive:
        assert sorted(archive.getnames()) == ["files", "files/ab", "files/ab/abcd", "files/empty"]
    assert b"secret" not in (taken / "backup" / "files.tar").read_bytes()


def test_a_backup_is_readable_by_its_owner_alone(taken):
    modes = {path.stat().st_mode & 0o077 for path in taken.glob("backup*/*")}
    assert {
        taken.joinpath(name).stat().st_mode & 0o077 for name in ("backup", "backup-of-keys")
    } == {0}
    assert modes == {0}


def test_the_manifest_says_what_was_taken_and_when(taken):
    manifest = json.loads((taken / "backup" / "manifest.json").read_text())
    assert manifest["made_at"] == "2026-11-23T02:00:00+00:00"
    assert sorted(manifest["parts"]) == ["database.dump", "files.tar"]
    assert damaged_parts(taken / "backup") == ()


@pytest.mark.parametrize("part", ["database.dump", "files.tar"])
def test_a_damaged_part_is_noticed_before_anything_is_written(taken, target, part):
    file = taken / "backup" / part
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(BackupDamaged, match=part):
        bring_back(taken, target)
    assert not (taken / "new").exists()
    with psycopg.connect(target) as connection:
        assert connection.execute("SELECT to_regclass('office')").fetchone() == (None,)


def test_a_missing_manifest_is_no_backup(taken, target):
    (taken / "backup-of-keys" / "manifest.json").unlink()
    with pytest.raises(BackupDamaged, match=r"manifest\.json"):
        bring_back(taken, target)


def test_a_database_that_holds_tables_is_left_alone(taken, source):
    with pytest.raises(PlaceNotEmpty, match="数据库"):
        bring_back(taken, source)
    assert not (taken / "new").exists()


def test_keys_that_stand_already_are_left_alone(taken, target):
    (taken / "new" / "keys").mkdir(parents=True)
    (taken / "new" / "keys" / "column-1").write_text("another")
    with pytest.raises(PlaceNotEmpty):
        bring_back(taken, target)
    assert (taken / "new" / "keys" / "column-1").read_text() == "another"


def test_a_backup_never_overwrites_another(taken, source):
    with pytest.raises(PlaceNotEmpty, match="backup"):
        operations.back_up(
            target=taken / "backup",
            url=source,
            folders=[],
            keys=taken / "data" / "keys",
            keys_target=taken / "more-keys",
            at=AT,
        )


def test_a_database_that_is_not_there_is_told_in_its_own_words(tmp_path):
    with pytest.raises(ProgramFailed, match="no_such_database"):
        operations.back_up_database(target=tmp_path / "b", url=url("no_such_database"))

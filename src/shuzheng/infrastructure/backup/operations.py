"""Makes and restores backups: the database by PostgreSQL's programs, files as an archive."""

import os
import subprocess
import tarfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from shuzheng.infrastructure.backup import rules
from shuzheng.infrastructure.database import queries as database

HOURS_ALLOWED_SECONDS = 6 * 3600


def back_up(
    *, target: Path, url: str, folders: Iterable[Path], keys: Path, keys_target: Path, at: datetime
) -> None:
    """Write a backup into an empty folder, and the keys into another one.

    Raises:
        PlaceNotEmpty: one of the two folders holds something already.
        ProgramFailed: the database could not be dumped.
    """
    _make_empty(target)
    _make_empty(keys_target)
    back_up_database(target=target, url=url)
    _archive(target / rules.FILES_PART, [each for each in folders if each.exists()])
    _archive(keys_target / rules.KEYS_PART, [keys] if keys.exists() else [])
    for folder in (target, keys_target):
        _write_manifest(folder, at=at)


def back_up_database(*, target: Path, url: str) -> Path:
    """Dump the database into the folder and return the file.

    Raises:
        ProgramFailed: pg_dump gave up.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = target / rules.DATABASE_PART
    file.touch(mode=0o600)
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}", url)
    return file


def restore(*, source: Path, url: str, folder: Path, keys_source: Path, keys: Path) -> None:
    """Bring a backup into an empty database and an empty data folder; every hash is checked first.

    Raises:
        BackupDamaged: a part is missing or is not what the manifest says.
        PlaceNotEmpty: the database or the folder holds something.
        ProgramFailed: pg_restore gave up; it works in one transaction, so nothing stays.
    """
    for each in (source, keys_source):
        if damaged := rules.damaged_parts(each):
            raise rules.BackupDamaged(folder=each, part=damaged[0])
    if keys.exists() and any(keys.iterdir()):
        raise rules.PlaceNotEmpty(place=keys)
    restore_database(file=source / rules.DATABASE_PART, url=url)
    _unpack(source / rules.FILES_PART, folder)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    _unpack(keys_source / rules.KEYS_PART, keys.parent)
    # Unpacking leaves folders open to read; keys are for their owner alone.
    keys.chmod(0o700)


def restore_database(*, file: Path, url: str) -> None:
    """Bring a dump into an empty database, all of it or nothing.

    Raises:
        PlaceNotEmpty: the database holds tables.
        ProgramFailed: pg_restore gave up.
    """
    count = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    if _run("psql", "-XAtc", count, url).strip() != "0":
        raise rules.PlaceNotEmpty(place="数据库")
    _run(
        "pg_restore",
        *("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
        f"--dbname={url}",
        str(file),
    )


def _run(program: str, *words: str) -> str:
    """Run one of PostgreSQL's programs, of the newest version installed."""
    programs = max(database.list_programs(), key=lambda each: each.major, default=None)
    command = programs.command(program) if programs else [program]
    answer = subprocess.run(
        [*command, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=HOURS_ALLOWED_SECONDS,
        stdin=subprocess.DEVNULL,
    )
    if answer.returncode != 0:
        raise rules.ProgramFailed(program=program, words=answer.stderr.strip()[-400:])
    return answer.stdout


def _make_empty(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise rules.PlaceNotEmpty(place=folder)


def _archive(file: Path, folders: Iterable[Path]) -> None:
    with tarfile.open(file, "w") as archive:
        for folder in folders:
            archive.add(folder, arcname=folder.name)
    file.chmod(0o600)


def _unpack(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")


def _write_manifest(folder: Path, *, at: datetime) -> None:
    parts = tuple(rules.part_of(file) for file in sorted(folder.iterdir()))
    facts = {"made_at": at.isoformat()}
    text = rules.manifest_text(parts, facts)
    descriptor = os.open(folder / rules.MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)

"""A whole house, as ``./up`` starts it: it answers, survives, stops, comes back, is restored."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from shuzheng.infrastructure.database import rules
from shuzheng.site.preparation import NARROWER_GRANTS
from tests.houses import House, environment, free_port, run_house
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(600)


def shuzheng(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a data folder."""
    return subprocess.run(
        [sys.executable, "-m", "shuzheng.site.command", *words],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def status(house: House, path: str = "/accounts/login/", **headers: str) -> int:
    """Ask the house for a page; 0 when it does not answer."""
    request = urllib.request.Request(house.address + path, headers=headers)
    try:
        return urllib.request.urlopen(request, timeout=20).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def connect(folder: Path, user: str = rules.OWNER) -> psycopg.Connection:
    """Open the house's private database."""
    socket_folder = rules.socket_folder(folder)
    return psycopg.connect(host=str(socket_folder), user=user, dbname=rules.DATABASE)


def counts(folder: Path) -> dict[str, int]:
    """Return how many rows each table holds, without what the queue and the sign-ins move."""
    moving = ("procrastinate_", "django_session", "journal_position", "journal_checkpoint")
    with connect(folder) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            )
            if not row[0].startswith(moving)
        ]
        return {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables
        }


def processes(folder: Path) -> dict[int, str]:
    """Return the processes that work on a data folder, by number, with their command."""
    found = {}
    for path in Path("/proc").iterdir():
        if not path.name.isdigit() or int(path.name) == os.getpid():
            continue
        try:
            command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            surroundings = (path / "environ").read_bytes()
            state = (path / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        mine = f"SHUZHENG_DATA={folder}".encode() in surroundings or str(folder) in command
        if mine and state != "Z":
            found[int(path.name)] = command
    return found


def test_it_answers_this_machine_only(house):
    assert status(house) == 200
    assert status(house, Host="city.example") == 403
    assert status(house, **{"X-Forwarded-For": "192.0.2.7"}) == 403
    port = int(house.address.rpartition(":")[2])
    with socket.socket() as outside:
        outside.settimeout(2)
        assert outside.connect_ex((socket.gethostbyname(socket.gethostname()), port)) != 0 or (
            socket.gethostbyname(socket.gethostname()).startswith("127.")
        )


def test_pages_and_jobs_are_not_the_owner_of_the_tables(house):
    with connect(house.folder, rules.SUPERUSER) as connection:
        users = {
            row[0]
            for row in connection.execute(
                "SELECT usename FROM pg_stat_activity WHERE backend_type = 'client backend'"
                " AND pid <> pg_backend_pid()"
            )
        }
    assert users == {rules.APPLICATION}
    assert NARROWER_GRANTS == ("journal_grant",)
    with connect(house.folder, rules.APPLICATION) as connection:
        for forbidden in (
            "DELETE FROM journal_entry",
            "UPDATE journal_entry SET kind = 'x'",
            "DELETE FROM journal_checkpoint",
            "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(forbidden)


@pytest.mark.parametrize("name", ["worker", "granian", "postgres -D"])
def test_what_is_killed_is_back_in_a_moment(house, name):
    before = {n for n, command in processes(house.folder).items() if name in command}
    assert before
    os.kill(min(before), signal.SIGKILL)
    eventually(
        lambda: (
            status(house) == 200
            and any(
                name in command and number not in before
                for number, command in processes(house.folder).items()
            )
        ),
        seconds=60,
    )


def test_a_second_house_on_the_same_port_or_folder_is_refused(house, tmp_path):
    port = house.address.rpartition(":")[2]
    taken = shuzheng(tmp_path, "up", PORT=port)
    assert taken.returncode == 1
    assert f"端口 {port} 不能使用" in taken.stderr
    twice = shuzheng(house.folder, "up", PORT=str(free_port()))
    assert twice.returncode == 1
    assert "中的系统已在运行" in twice.stderr


def test_a_backup_of_the_running_house_restores_to_an_equal_one(house, open_folder):
    backup, keys, new = (open_folder / f"restore-{n}" for n in ("data", "keys", "new"))
    taken = shuzheng(house.folder, "backup", str(backup), "--keys", str(keys))
    assert taken.returncode == 0, taken.stderr
    expected = counts(house.folder)
    assert sum(expected.values()) > 1000
    restored = shuzheng(new, "restore", str(backup), "--keys", str(keys))
    assert restored.returncode == 0, restored.stderr
    with run_house(folder=new, port=free_port()) as other:
        assert status(other) == 200
        assert counts(new) == expected
    assert _files(new / "files") == _files(house.folder / "files")
    again = shuzheng(new, "restore", str(backup), "--keys", str(keys))
    assert again.returncode == 1
    assert "不是空的" in again.stderr


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_stopped_house_leaves_no_process_and_starts_as_it_was(open_folder):
    folder = open_folder / "second"
    with run_house(folder=folder, port=free_port()) as first:
        before = counts(folder)
        assert len(processes(folder)) >= 5
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(60) == 0
        eventually(lambda: not processes(folder))
    with run_house(folder=folder, port=free_port()) as second:
        assert counts(folder) == before
        second.process.kill()
        eventually(lambda: not processes(folder), seconds=60)
    afresh = shuzheng(folder, "up", "--no-serve", "--reset")
    assert afresh.returncode == 0, afresh.stderr
    assert not processes(folder)

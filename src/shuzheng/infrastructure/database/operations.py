"""Makes, starts and stops the private cluster, and keeps its two roles apart."""

import os
import pwd
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql

from shuzheng.infrastructure.database import queries, rules
from shuzheng.infrastructure.database.rules import Place, Programs

START_SECONDS = 60
STOP_SECONDS = 60


def place_in(folder: Path, *, user: str = "") -> Place:
    """Return where the cluster of a data folder lives."""
    return Place(
        data=folder / "postgresql",
        socket=rules.socket_folder(folder),
        log=folder / "logs" / "postgresql.log",
        user=user or unprivileged_user(),
    )


def unprivileged_user() -> str:
    """Return who runs the server: PostgreSQL refuses root, so root hands it to another user."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return rules.SUPERUSER if rules.SUPERUSER in known else "nobody"


def create_cluster(place: Place) -> Programs:
    """Make the cluster unless it stands already: UTF-8, ordered by code point.

    Raises:
        ClusterOfAnotherVersion: it stands and belongs to another major version.
        ClusterDoesNotStart: initdb gave up.
        WayBarred: the unprivileged user cannot reach the folder.
    """
    programs = queries.get_programs(place.data)
    for folder in (place.data, place.socket):
        _make_private_folder(folder, user=place.user)
        _check_way(folder, user=place.user)
    place.log.parent.mkdir(parents=True, exist_ok=True)
    if queries.cluster_major(place.data) is None:
        _initialise(place, programs)
    return programs


def _initialise(place: Place, programs: Programs) -> None:
    options = ["--encoding=UTF8", f"--locale={_locale()}", "--auth=trust", "--no-instructions"]
    command = [*programs.command("initdb"), f"--username={rules.SUPERUSER}", *options, "-D"]
    answer = subprocess.run(
        _as_user(place.user, [*command, str(place.data)]),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        timeout=START_SECONDS,
    )
    if answer.returncode != 0:
        raise rules.ClusterDoesNotStart(words=answer.stderr.strip()[-400:], log=place.log)


def _locale() -> str:
    """Return C.UTF-8; where the C library lacks it, C orders by code point just the same."""
    answer = subprocess.run(
        ["/usr/bin/locale", "-a"],
        capture_output=True,
        text=True,
        check=False,
        timeout=START_SECONDS,
    )
    return "C.UTF-8" if {"C.utf8", "C.UTF-8"} & set(answer.stdout.split()) else "C"


def _make_private_folder(folder: Path, *, user: str) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    if folder.stat().st_uid not in {owner, os.geteuid()}:
        words = f"{folder} 属于另一个用户。"
        raise rules.ClusterDoesNotStart(words=words, log=folder)
    if user:
        os.chown(folder, owner, pwd.getpwnam(user).pw_gid)


def _check_way(folder: Path, *, user: str) -> None:
    command = _as_user(user, ["test", "-x", str(folder)])
    answer = subprocess.run(command, check=False, cwd="/", timeout=START_SECONDS)
    if answer.returncode != 0:
        raise rules.WayBarred(user=user, folder=folder)


def _as_user(user: str, command: list[str], *, with_parent: bool = False) -> list[str]:
    """Run a command as the unprivileged user; ``with_parent`` ends it when its parent ends."""
    words = ["--pdeathsig", "INT"] if with_parent else []
    if user:
        words += ["--reuid", user, "--regid", str(pwd.getpwnam(user).pw_gid), "--init-groups"]
    return ["setpriv", *words, "--", *command] if words else command


def server_command(place: Place, programs: Programs, *, durable: bool = True) -> list[str]:
    """Return the command that runs the server in the foreground; SIGINT ends it cleanly."""
    settings = rules.server_settings(place, durable=durable)
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [*programs.command("postgres"), "-D", str(place.data), *options]
    return _as_user(place.user, command, with_parent=True)


def start_server(place: Place, *, durable: bool = True) -> subprocess.Popen[bytes]:
    """Make the cluster if need be, start its server as a child and wait until it answers.

    Raises:
        ClusterDoesNotStart: the server ended or did not answer within a minute.
    """
    programs = create_cluster(place)
    with place.log.open("ab") as log:
        server = subprocess.Popen(
            server_command(place, programs, durable=durable),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )
    if not wait_until_ready(place, server):
        words = place.log.read_text(errors="replace").strip()[-400:]
        stop_server(server)
        raise rules.ClusterDoesNotStart(words=words, log=place.log)
    _make_roles(place)
    return server


def wait_until_ready(place: Place, server: subprocess.Popen[bytes]) -> bool:
    """Say whether the server answers within a minute."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with _connect(place):
                return True
        except psycopg.OperationalError:
            time.sleep(0.05)
    return False


def stop_server(server: subprocess.Popen[bytes]) -> None:
    """End the server cleanly, at once if it does not obey within a minute."""
    if server.poll() is None:
        server.send_signal(2)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _connect(place: Place, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        user=rules.SUPERUSER,
        dbname=database,
        autocommit=True,
        connect_timeout=5,
    )


def _make_roles(place: Place) -> None:
    with _connect(place) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        wanted = {rules.OWNER: "LOGIN CREATEDB CREATEROLE", rules.APPLICATION: "LOGIN"}
        for role, rights in wanted.items():
            if role not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role)))
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(
                sql.Identifier(rules.APPLICATION), sql.Identifier(rules.OWNER)
            )
        )
        databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if rules.DATABASE not in databases:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(rules.DATABASE), sql.Identifier(rules.OWNER)
                )
            )


def grant_application_role(
    connection: psycopg.Connection[tuple[object, ...]], *, narrower: Iterable[str]
) -> None:
    """Let the application read and write rows; rooms that allow less say so by a procedure.

    Nothing happens where the role does not exist (a database of one's own by DATABASE_URL).
    """
    known = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    if connection.execute(known, [rules.APPLICATION]).fetchone() is None:
        return
    role = sql.Identifier(rules.APPLICATION)
    for sentence in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
    ):
        connection.execute(sql.SQL(sentence).format(role))
    for procedure in narrower:
        call = sql.SQL("CALL {}({})").format(sql.Identifier(procedure), rules.APPLICATION)
        connection.execute(call)

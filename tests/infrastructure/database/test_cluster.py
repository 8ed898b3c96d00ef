"""The private cluster: who runs it, who may enter, what its two roles may do."""

import os
from pathlib import Path

import psycopg
import pytest

from shuzheng.infrastructure.database import operations, queries, rules


@pytest.fixture(scope="module")
def place(open_folder):
    place = operations.place_in(open_folder / "cluster")
    server = operations.start_server(place, durable=False)
    yield place
    operations.stop_server(server)


def connect(place, user: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.socket), user=user, dbname=rules.DATABASE, autocommit=True
    )


def test_it_speaks_utf8_and_orders_by_code_point_and_hears_no_network(place):
    with connect(place, rules.OWNER) as connection:
        said = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, current_setting('listen_addresses')"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert said[0] == "UTF8"
    assert said[1] in {"C.UTF-8", "C"}
    assert said[2] == ""


def test_its_folder_and_socket_are_its_owners_alone(place):
    assert place.data.stat().st_mode & 0o077 == 0
    assert place.socket.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands it to another user")
def test_root_hands_it_to_somebody_who_may_do_less(place):
    number = int((place.data / "postmaster.pid").read_text().split()[0])
    assert Path(f"/proc/{number}").stat().st_uid != 0


def test_the_application_may_change_rows_but_nothing_else(place):
    with connect(place, rules.OWNER) as owner:
        owner.execute("CREATE TABLE django_migrations (id int)")
        owner.execute("CREATE TABLE affair (id int)")
        owner.execute("CREATE TABLE evidence (id int)")
        owner.execute(
            "CREATE PROCEDURE keep_evidence(role name) LANGUAGE plpgsql AS $$ BEGIN"
            " EXECUTE format('REVOKE UPDATE, DELETE ON evidence FROM %I', role); END $$"
        )
        operations.grant_application_role(owner, narrower=["keep_evidence"])
    with connect(place, rules.APPLICATION) as application:
        application.execute("INSERT INTO affair VALUES (1)")
        application.execute("UPDATE affair SET id = 2")
        application.execute("INSERT INTO evidence VALUES (1)")
        for forbidden in (
            "UPDATE evidence SET id = 2",
            "DELETE FROM evidence",
            "TRUNCATE evidence",
            "ALTER TABLE evidence DISABLE TRIGGER ALL",
            "DROP TABLE affair",
            "INSERT INTO django_migrations VALUES (1)",
            "SET ROLE shuzheng",
            "CREATE TABLE mine (id int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(forbidden)
        assert application.execute("SELECT id FROM evidence").fetchall() == [(1,)]


def test_a_second_start_finds_it_as_it_was(place):
    assert queries.is_running(place)
    assert queries.cluster_major(place.data) == operations.create_cluster(place).major


def test_another_major_version_is_refused_and_left_alone(tmp_path):
    data = tmp_path / "postgresql"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(rules.ClusterOfAnotherVersion, match="PostgreSQL 9 写成"):
        operations.start_server(operations.place_in(tmp_path))
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands it to another user")
def test_a_folder_its_user_cannot_enter_is_refused_and_stays_closed(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(rules.WayBarred, match="不能进入"):
        operations.start_server(operations.place_in(closed / "data"))
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_place_without_a_server_is_known_as_such(tmp_path):
    assert not queries.is_running(operations.place_in(tmp_path))

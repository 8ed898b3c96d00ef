from pathlib import Path

import pytest

from shuzheng.infrastructure.database.rules import (
    ClusterOfAnotherVersion,
    Place,
    Programs,
    choose_programs,
    major_of,
    server_settings,
    socket_folder,
)

INSTALLED = (Programs(Path("/a"), 14), Programs(Path("/b"), 15), Programs(Path("/c"), 17))


@pytest.mark.parametrize(
    ("words", "major"),
    [
        ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", 15),
        ("postgres (PostgreSQL) 18.1", 18),
        ("nothing of the kind", 0),
    ],
)
def test_the_major_version_is_read_from_what_the_program_says(words, major):
    assert major_of(words) == major


def test_a_new_cluster_takes_the_newest_version():
    assert choose_programs(INSTALLED, cluster_major=None) == INSTALLED[2]


def test_a_cluster_is_opened_by_its_own_version_or_not_at_all():
    assert choose_programs(INSTALLED, cluster_major=15) == INSTALLED[1]
    assert choose_programs(INSTALLED, cluster_major=16) is None


def test_versions_before_15_are_not_used():
    assert choose_programs(INSTALLED[:1], cluster_major=None) is None


def test_another_version_is_refused_with_the_way_out():
    refusal = ClusterOfAnotherVersion(folder=Path("/d"), found=13, installed="15")
    assert str(refusal) == (
        "/d 中的数据由 PostgreSQL 13 写成，本机只有 15，不能直接打开，数据未动。"
        "请安装 PostgreSQL 13 后执行 shuzheng backup，"
        "再用 ./up --reset 重建并执行 shuzheng restore；或用 pg_upgrade 升级。"
    )


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_is_always_the_same():
    long = Path("/srv") / ("x" * 120)
    assert socket_folder(Path("/srv/.data")) == Path("/srv/.data/run")
    assert len(str(socket_folder(long))) < 40
    assert socket_folder(long) == socket_folder(long)
    assert socket_folder(long) != socket_folder(long / "y")


def test_the_server_listens_on_no_network_and_keeps_what_it_promised():
    place = Place(data=Path("/d"), socket=Path("/s"), log=Path("/l"))
    settings = server_settings(place, durable=True)
    assert settings["listen_addresses"] == ""
    assert "fsync" not in settings
    assert server_settings(place, durable=False)["fsync"] == "off"

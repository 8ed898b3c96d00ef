import os
from pathlib import Path

import pytest

from shuzheng.site import folders


@pytest.fixture
def as_root(monkeypatch):
    monkeypatch.delenv("SHUZHENG_DATA", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


@pytest.fixture
def open_folder(tmp_path, monkeypatch):
    """Give a folder that everybody could enter, were it not for the test's own parent."""
    monkeypatch.setattr(folders, "can_pass", lambda folder: "closed" not in str(folder))
    return tmp_path


def test_data_go_where_they_are_wanted(monkeypatch, tmp_path):
    monkeypatch.setenv("SHUZHENG_DATA", str(tmp_path / "elsewhere"))
    assert folders.data_folder(tmp_path) == tmp_path / "elsewhere"


@pytest.mark.usefixtures("as_root")
def test_data_stand_in_the_checkout_that_the_database_can_enter(open_folder):
    assert folders.data_folder(open_folder) == open_folder / ".data"


@pytest.mark.usefixtures("as_root")
def test_data_stand_apart_where_the_database_cannot_enter(open_folder):
    first = folders.data_folder(open_folder / "closed")
    assert first.parent == Path("/var/lib/shuzheng")
    assert first == folders.data_folder(open_folder / "closed")
    assert first != folders.data_folder(open_folder / "closed2")


def test_whoever_is_not_root_keeps_data_in_the_checkout(monkeypatch, tmp_path):
    monkeypatch.delenv("SHUZHENG_DATA", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert folders.data_folder(tmp_path / "closed") == tmp_path / "closed" / ".data"


def test_a_private_folder_anywhere_above_bars_the_way(tmp_path):
    inner = tmp_path / "private" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "private").chmod(0o700)
    before = (tmp_path / "private").stat().st_mode
    assert not folders.can_pass(inner)
    assert (tmp_path / "private").stat().st_mode == before
    assert folders.can_pass(Path("/usr/lib"))

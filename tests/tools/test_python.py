"""A Python too old hands over to a newer one beside it, or says where to get one."""

import os
import shutil
import sys

import pytest

from tools import python


@pytest.fixture
def old(monkeypatch):
    """Be Python 3.10, as Ubuntu 22.04 is, and collect what is started instead."""
    started: list[list[str]] = []
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    monkeypatch.setattr(sys, "argv", ["up", "--no-serve"])
    monkeypatch.setattr(os, "execv", lambda _path, words: started.append(words))
    return started


def test_a_new_enough_one_goes_on():
    assert python.require("up") is None


def test_an_older_one_hands_over(old, monkeypatch):
    there = {"python3.11": "/usr/bin/python3.11"}
    monkeypatch.setattr(shutil, "which", there.get)
    with pytest.raises(SystemExit):
        python.require("/srv/up")
    assert old == [["/usr/bin/python3.11", "/srv/up", "--no-serve"]]


def test_an_older_one_alone_says_where_to_get_one(old, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit, match=r"apt-get install python3\.11"):
        python.require("/srv/up")
    assert old == []

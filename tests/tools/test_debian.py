import os

import pytest

from tools import debian
from tools.debian import Package

MISSING = Package("a-font", lambda: False, "中文字体", "汉字显示不全")
PRESENT = Package("a-shell", lambda: True, "命令行", "什么也做不了")


@pytest.fixture
def commands(monkeypatch):
    """Collect the commands instead of running them."""
    run: list[tuple[str, ...]] = []
    monkeypatch.setattr(debian, "_run", lambda *words: run.append(words))
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    return run


def test_root_installs_what_is_missing_with_a_word_about_it(monkeypatch, commands, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    debian.provide((MISSING, PRESENT))
    assert commands == [
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "a-font"),
    ]
    assert "· 安装 a-font:中文字体\n" in capsys.readouterr().out


def test_anybody_else_is_told_what_is_missing_and_what_it_costs(monkeypatch, commands, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    debian.provide((MISSING, PRESENT))
    assert commands == []
    assert capsys.readouterr().out == "· 未安装 a-font(中文字体):汉字显示不全。\n"


def test_nothing_is_said_when_nothing_is_missing(monkeypatch, commands, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    debian.provide((PRESENT,))
    assert commands == []
    assert capsys.readouterr().out == ""

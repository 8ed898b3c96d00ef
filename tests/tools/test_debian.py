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
    monkeypatch.setattr(debian, "_major_offered", lambda _name: 1)
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


@pytest.mark.parametrize(
    ("policy", "major"),
    [
        ("postgresql:\n  Installed: (none)\n  Candidate: 15+248\n", 15),
        ("postgresql:\n  Installed: (none)\n  Candidate: 16+257build1.1\n", 16),
        ("fonts-noto-cjk:\n  Installed: (none)\n  Candidate: 1:20220127+repack1-1\n", 20220127),
        ("chromium:\n  Installed: (none)\n  Candidate: (none)\n", -1),
        ("", -1),
    ],
)
def test_what_apt_offers_is_read_from_its_policy(policy, major):
    assert debian.major_of(policy) == major


def test_a_package_the_sources_lack_does_not_hold_up_the_others(monkeypatch, commands, capsys):
    old = Package("postgresql", lambda: False, "数据库", "改用 PyPI 上的", oldest=15)
    offers = {"a-font": 1, "postgresql": 14, "chromium": -1}
    snap = Package("chromium", lambda: False, "浏览器", "跳过浏览器测试")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian, "_major_offered", offers.__getitem__)
    debian.provide((MISSING, old, snap))
    assert commands[1:] == [
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "a-font")
    ]
    said = capsys.readouterr().out
    assert "软件源中没有可用的 postgresql。" in said
    assert "未安装 chromium(浏览器):跳过浏览器测试。" in said

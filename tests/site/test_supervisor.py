import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shuzheng.site import supervisor
from tests.waiting import eventually

SLEEPER = "import time; time.sleep(600)"
WITH_CHILD = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {SLEEPER!r}])
time.sleep(600)
"""


def member(name: str, code: str, **more: object) -> dict[str, object]:
    return {"name": name, "command": [sys.executable, "-c", code], **more}


def start(folder: Path, *members: dict[str, object]) -> subprocess.Popen[str]:
    plan = folder / "plan.json"
    plan.write_text(json.dumps({"members": members, "logs": str(folder), "words": ["started"]}))
    return subprocess.Popen(
        [sys.executable, "-m", "shuzheng.site.supervisor", str(plan)],
        stdout=subprocess.PIPE,
        text=True,
    )


def descendants(root: int) -> set[int]:
    """Return the numbers of all processes below one."""
    found = {root}
    while True:
        more = {number for number in _all_processes() if _parent(number) in found} | found
        if more == found:
            return found - {root}
        found = more


def _all_processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _parent(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def alive(numbers: set[int]) -> set[int]:
    """Return which of the processes still run; one that is dead but not fetched does not."""
    return {number for number in numbers if _state(number) not in {"Z", "X", ""}}


def _state(number: int) -> str:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""


@pytest.fixture
def running(tmp_path):
    process = start(tmp_path, member("a", WITH_CHILD), member("b", SLEEPER))
    assert process.stdout.readline() == "started\n"
    eventually(lambda: len(descendants(process.pid)) == 3)
    below = descendants(process.pid)
    yield process
    for number in alive({process.pid} | below):
        os.kill(number, signal.SIGKILL)
    process.wait(20)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_and_leaves_no_orphan(running, number):
    below = descendants(running.pid)
    running.send_signal(number)
    assert running.wait(20) == 0
    eventually(lambda: not alive(below))


def test_even_a_killed_supervisor_leaves_no_member_behind(running):
    direct = {number for number in descendants(running.pid) if _parent(number) == running.pid}
    assert len(direct) == 2
    running.kill()
    running.wait(20)
    eventually(lambda: not alive(direct))


def test_a_member_that_dies_is_started_again(running):
    first = {number for number in descendants(running.pid) if _parent(number) == running.pid}
    os.kill(max(first), signal.SIGKILL)
    assert running.stdout.readline() == "! b 意外结束(状态 -9),正在重新启动。\n"
    eventually(
        lambda: len({n for n in descendants(running.pid) if _parent(n) == running.pid} - first) == 1
    )


def test_a_member_that_is_never_ready_stops_the_start_with_a_sentence(tmp_path):
    ends = member("web", "print('no way')", probe="http://127.0.0.1:9/")
    process = start(tmp_path, member("a", SLEEPER), ends)
    words, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert words == f"✗ web 没有启动，详情见 {tmp_path}/web.log\n"
    eventually(lambda: (tmp_path / "web.log").read_text() == "no way\n")


def test_members_are_asked_until_they_are_ready(tmp_path):
    waits = f"import time; time.sleep(1); open({str(tmp_path / 'ready')!r}, 'w'); time.sleep(600)"
    process = start(tmp_path, member("a", waits, probe=["test", "-e", str(tmp_path / "ready")]))
    began = time.monotonic()
    assert process.stdout.readline() == "started\n"
    assert time.monotonic() - began > 0.9
    process.terminate()
    assert process.wait(20) == 0


def test_logs_are_rotated_and_old_ones_go(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "LOG_BYTES", 1000)
    log = supervisor._open_log(tmp_path / "web.log")
    for number in range(200):
        log.info("%050d", number)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["web.log", *(f"web.log.{n}" for n in range(1, 6))]
    assert all(path.stat().st_size <= 1000 for path in tmp_path.iterdir())


def test_the_plan_which_may_hold_secrets_does_not_stay_on_the_disk(running, tmp_path):
    assert not (tmp_path / "plan.json").exists()

"""Keeps the house running: starts every process, starts it again when it dies, stops all together.

Standard library only, so that it stays small: ``python -m shuzheng.site.supervisor PLAN``.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Any

READY_SECONDS = 60
LONGEST_PAUSE_SECONDS = 30
QUIET_SECONDS = 60
LOG_BYTES = 10_000_000
LOGS_KEPT = 5


@dataclass
class Member:
    """One process of the house: its command, how it is asked whether it is ready, how it ends."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    probe: list[str] | str = ""
    stop_signal: int = signal.SIGTERM
    stop_seconds: int = 15
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0

    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        """Ask the process whether it serves; a member without a probe is ready when it runs."""
        if not self.is_alive() or not self.probe:
            return self.is_alive()
        return _answers(self.probe) if isinstance(self.probe, str) else _succeeds(self.probe)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own process)
            return bool(answer.status)
    except urllib.error.HTTPError as error:
        return error.code < 500  # noqa: PLR2004 (a refusal is an answer)
    except OSError:
        return False


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False, timeout=5).returncode == 0


class Supervisor:
    """Starts members in order, keeps them alive, stops them in the opposite order."""

    def __init__(self, members: list[Member], *, logs: Path) -> None:
        self.members = members
        self.logs = logs
        self.stopping = threading.Event()

    def run(self, *, words: list[str]) -> int:
        """Run until asked to stop; return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            if not self._start_all():
                return 0 if self.stopping.is_set() else 1
            for line in words:
                _say(line)
            while not self.stopping.wait(0.5):
                self._revive()
        finally:
            self._stop_all()
        return 0

    def _ask_to_stop(self, *_: object) -> None:
        if self.stopping.is_set():
            for member in self._alive():
                _signal(member, signal.SIGKILL)
        self.stopping.set()

    def _start_all(self) -> bool:
        for member in self.members:
            self._start(member)
            if member.probe and not self._wait_until_ready(member):
                if not self.stopping.is_set():
                    _say(f"✗ {member.name} 没有启动，详情见 {self.logs / member.name}.log")
                return False
        return True

    def _wait_until_ready(self, member: Member) -> bool:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and member.is_alive() and not self.stopping.is_set():
            if member.is_ready():
                return True
            time.sleep(0.1)
        return False

    def _start(self, member: Member) -> None:
        member.started_at = time.monotonic()
        member.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *member.command],  # noqa: S607
            env={**os.environ, **member.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log = _open_log(self.logs / f"{member.name}.log")
        threading.Thread(target=_keep_lines, args=(member.process.stdout, log), daemon=True).start()

    def _revive(self) -> None:
        """Start again what died; the pause doubles while it keeps dying."""
        for member in self.members:
            if member.is_alive():
                continue
            if time.monotonic() - member.started_at > QUIET_SECONDS:
                member.failures = 0
            pause = min(2**member.failures - 1, LONGEST_PAUSE_SECONDS)
            if time.monotonic() - member.started_at < pause:
                continue
            status = member.process.returncode if member.process else None
            _say(f"! {member.name} 意外结束(状态 {status}),正在重新启动。")
            member.failures += 1
            _signal(member, signal.SIGKILL)
            self._start(member)

    def _stop_all(self) -> None:
        self.stopping.set()
        for member in reversed(self.members):
            if not member.is_alive() or member.process is None:
                continue
            member.process.send_signal(member.stop_signal)
            try:
                member.process.wait(member.stop_seconds)
            except subprocess.TimeoutExpired:
                _signal(member, signal.SIGKILL)
            # What a process leaves behind in its group ends with it.
            _signal(member, signal.SIGKILL)

    def _alive(self) -> Iterator[Member]:
        return (member for member in self.members if member.is_alive())


def _signal(member: Member, number: int) -> None:
    """Send a signal to the member's whole group; nothing happens when none is left."""
    if member.process is not None:
        try:
            os.killpg(member.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return


def _open_log(path: Path) -> logging.Logger:
    log = logging.getLogger(str(path))
    log.propagate = False
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(
            RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
        )
    return log


def _keep_lines(stream: IO[bytes], log: logging.Logger) -> None:
    """Copy a process's output to its log; a full disk must not stop the process."""
    logging.raiseExceptions = False
    for line in stream:
        log.info(line.decode(errors="replace").rstrip("\n"))


def _say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 (the terminal is where it is asked for)


def main() -> int:
    """Read the plan, which may hold secrets, take it off the disk, and run it."""
    path = Path(sys.argv[1])
    plan: dict[str, Any] = json.loads(path.read_text())
    path.unlink()
    members = [Member(**member) for member in plan["members"]]
    return Supervisor(members, logs=Path(plan["logs"])).run(words=plan["words"])


if __name__ == "__main__":
    sys.exit(main())

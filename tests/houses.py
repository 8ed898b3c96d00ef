"""A whole house started and stopped for a test."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 180
STOP_SECONDS = 60
PASSWORD = "only-for-tests-9471"


@dataclass(frozen=True)
class House:
    """A running house: where it answers, where its data are, and its supervisor."""

    address: str
    folder: Path
    password: str
    process: subprocess.Popen[str]
    output: Path


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a house of its own, with none of ours."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SHUZHENG_SESSION_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "SHUZHENG_DATA": str(folder), "SHUZHENG_DEMO_PASSWORD": PASSWORD, **more}


@contextmanager
def run_house(*, folder: Path, port: int) -> Iterator[House]:
    """Start a house as ``./up`` does, wait until it says so, and stop it in the end."""
    output = folder.with_suffix(".out")
    with output.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "shuzheng.site.command", "up"],
            env=environment(folder, PORT=str(port)),
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        _wait(process, output)
        yield House(f"http://127.0.0.1:{port}", folder, PASSWORD, process, output)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


def _wait(process: subprocess.Popen[str], output: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while "数政已启动" not in output.read_text():
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < until, output.read_text()
        time.sleep(0.2)

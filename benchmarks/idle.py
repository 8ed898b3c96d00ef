"""``./up`` on a fresh clone and again, and the memory of everything it starts.

    python benchmarks/idle.py

The checkout's last commit is cloned into a folder of its own and ``./up`` is run there twice: with
the machine's package caches warm, but nothing in the clone. Then the house stands idle for a
minute and the proportional set size (PSS) of all its processes is summed: memory shared by several
is counted once.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
IDLE_SECONDS = 60
START_SECONDS = 600
STARTED = "数政已启动"
PORT = "8437"


def start(clone: Path, data: Path) -> tuple[subprocess.Popen[bytes], float]:
    """Run ``./up`` and return the process and the seconds until it says it has started."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    output = clone.parent / "up.out"
    begun = time.perf_counter()
    with output.open("wb") as stream:
        house = subprocess.Popen(
            ["./up"],
            cwd=clone,
            env={**kept, "SHUZHENG_DATA": str(data), "PORT": PORT},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    while STARTED not in output.read_text():
        if house.poll() is not None or time.perf_counter() - begun > START_SECONDS:
            raise RuntimeError(output.read_text())
        time.sleep(0.05)
    return house, time.perf_counter() - begun


def stop(house: subprocess.Popen[bytes]) -> None:
    house.send_signal(signal.SIGTERM)
    house.wait(60)


def family(parent: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield parent
    for task in Path(f"/proc/{parent}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def memory(process: int) -> tuple[str, float]:
    """Return a process's name and its PSS in megabytes."""
    words = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ").strip()
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return words, int(line.split()[1]) * 1024 / 1e6
    return words, 0.0


def part_of(words: str) -> str:
    for name in ("granian", "worker", "supervisor", "postgres"):
        if name in words:
            return name
    return words[:40]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="shuzheng-idle-", dir="/var/tmp"))
    folder.chmod(0o755)
    clone, data = folder / "clone", folder / "data"
    try:
        subprocess.run(["git", "clone", "-q", str(CHECKOUT), str(clone)], check=True)
        house, first = start(clone, data)
        stop(house)
        house, second = start(clone, data)
        time.sleep(IDLE_SECONDS)
        sums: dict[str, float] = {}
        for process in family(house.pid):
            words, megabytes = memory(process)
            sums[part_of(words)] = sums.get(part_of(words), 0) + megabytes
        stop(house)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"./up on a fresh clone {first:.1f} s, again {second:.1f} s")
    print(f"idle: {sum(sums.values()):.0f} MB PSS:", sums_in_words(sums))


def sums_in_words(sums: dict[str, float]) -> str:
    return ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in sums.items())


if __name__ == "__main__":
    main()

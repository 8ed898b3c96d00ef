"""``./up`` on a fresh clone and again, and the memory of everything it starts.

    python -m benchmarks.idle

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
from pathlib import Path

from benchmarks.processes import megabytes

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
        sums = megabytes(house.pid)
        stop(house)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"./up on a fresh clone {first:.1f} s, again {second:.1f} s")
    parts = ", ".join(f"{name} {size:.0f}" for name, size in sums.items())
    print(f"idle: {sum(sums.values()):.0f} MB PSS: {parts}")


if __name__ == "__main__":
    main()

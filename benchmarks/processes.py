"""What a house's processes cost: processor time and memory, by part."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PARTS = ("granian", "worker", "supervisor", "postgres")
_TICKS = os.sysconf("SC_CLK_TCK")


def family(parent: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield parent
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{parent}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def part_of(process: int) -> str:
    """Return which part of the house a process is."""
    words = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    return next((name for name in PARTS if name in words), words.strip()[:40])


def processor_seconds(parent: int) -> dict[str, float]:
    """Return the processor time spent so far, ended children included."""
    sums: dict[str, float] = {}
    for process in family(parent):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended between two looks
            numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            spent = sum(map(int, numbers[11:15])) / _TICKS
            sums[part_of(process)] = sums.get(part_of(process), 0) + spent
    return sums


def megabytes(parent: int) -> dict[str, float]:
    """Return the proportional set size: memory shared by several processes counts once."""
    sums: dict[str, float] = {}
    for process in family(parent):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                size = int(line.split()[1]) * 1024 / 1e6
                sums[part_of(process)] = sums.get(part_of(process), 0) + size
    return sums


def spent_between(before: dict[str, float], after: dict[str, float], count: int) -> str:
    """Say how many milliseconds of processor each part spent a request."""
    spent = {name: (after[name] - before.get(name, 0)) / count * 1000 for name in after}
    return ", ".join(f"{name} {each:.1f}" for name, each in spent.items() if each >= 0.05)

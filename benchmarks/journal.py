"""The journal alone: how fast each step is, and whether the worker keeps up with 100 cases/s.

    DATABASE_URL=… python benchmarks/journal.py [seconds] [cases a second]

Needs a migrated database that may be filled with rubbish. A case is one transaction of four
entries; three subscriptions follow, one of which writes a row for every entry. Cases arrive on
time whether the last one is done or not (open loop).
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzheng.site.settings")
ENTRIES_A_CASE = 4
STEP_ENTRIES = 10_000
WRITERS = 6
"""Transactions at once, as the web process has threads."""


def set_up(folder: Path) -> None:
    import django

    django.setup()
    from shuzheng.infrastructure.journal import operations
    from shuzheng.infrastructure.journal.rules import entries
    from shuzheng.infrastructure.keys import operations as keys

    entries._subscriptions.clear()  # noqa: SLF001  the house's handlers are not what is measured
    keys.use_folder(folder / "keys")
    operations.use_folder(folder / "log")


def write_case(subject: str) -> None:
    from django.db import transaction

    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.journal import operations
    from shuzheng.infrastructure.journal.rules import declare_entry_kind

    kind = declare_entry_kind("bench.happened", "基准")
    with transaction.atomic():
        for place in range(ENTRIES_A_CASE):
            operations.append(
                actor=system("bench"),
                kind=kind,
                subject=subject,
                at=datetime.now(UTC),
                facts={"place": place, "title": "开饭店一件事", "department": "market"},
                case=subject,
                person="p",
            )


def begin_fresh() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE journal_entry, journal_position, journal_delivery, journal_checkpoint"
        )
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_effect (number bigint primary key)")
        cursor.execute("TRUNCATE bench_effect")


def subscribe(note_lag: Callable[[float], object]) -> None:
    from django.db import connection

    from shuzheng.infrastructure.journal.rules import Entry, declare_subscription

    def write_row(entry: Entry) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_effect VALUES (%s)", [entry.number])
        note_lag((datetime.now(UTC) - entry.at).total_seconds())

    declare_subscription("bench-row", kinds=("bench.happened",), handler=write_row)
    declare_subscription("bench-look", kinds=("bench.happened",), handler=lambda _: None)
    declare_subscription("bench-rare", kinds=("bench.never",), handler=lambda _: None)


def rate(name: str, count: int, step: Callable[[], object]) -> None:
    begun = time.perf_counter()
    step()
    print(f"{name}: {count / (time.perf_counter() - begun):,.0f} entries/s")


def measure_steps(folder: Path) -> None:
    """Each step on its own, one process, no wait."""
    set_up(folder)
    begin_fresh()
    subscribe(lambda _: None)
    from shuzheng.infrastructure.journal import operations, queries
    from shuzheng.infrastructure.journal.rules.verification import verify_log

    at = datetime.now(UTC)
    cases = STEP_ENTRIES // ENTRIES_A_CASE

    def append() -> None:
        for number in range(cases):
            write_case(f"case:{number % 500}")

    def number() -> None:
        while operations.sequence():
            pass

    rate("append (4 in a transaction)", STEP_ENTRIES, append)
    rate("sequence", STEP_ENTRIES, number)
    rate("deliver to 3 subscriptions", STEP_ENTRIES, lambda: operations.run_pending(at=at))
    rate("seal", STEP_ENTRIES, lambda: operations.seal_pending(at=at))
    log = folder / "log"
    keys = queries.list_verifier_keys()
    rate("verify", STEP_ENTRIES, lambda: verify_log(queries.log_reader(log), keys=keys))


def work(folder: Path, stop: threading.Event, answer: "multiprocessing.Queue[object]") -> None:
    set_up(folder)
    lags: list[float] = []
    subscribe(lags.append)
    from shuzheng.infrastructure.journal import jobs

    answer.put("ready")
    begun = time.process_time()
    jobs.run_forever(stop)
    answer.put((lags, time.process_time() - begun))


def measure_stream(folder: Path, *, seconds: int, cases_a_second: int) -> None:
    """Cases arriving on time while a worker process numbers, delivers and seals."""
    set_up(folder)
    begin_fresh()
    from django.db import connection

    connection.close()
    context = multiprocessing.get_context("spawn")
    stop, answer = context.Event(), context.Queue()
    worker = context.Process(target=work, args=(folder, stop, answer))
    worker.start()
    answer.get()
    waits = send_cases(seconds * cases_a_second, cases_a_second)
    ended = time.perf_counter()
    wait_for_the_worker(len(waits) * ENTRIES_A_CASE)
    caught_up = time.perf_counter() - ended
    stop.set()
    lags, cpu = answer.get()
    worker.join()
    print(f"{len(waits)} cases at {cases_a_second}/s:", summary("transaction", waits))
    print(summary("from append to handler", lags), f"({len(lags)} deliveries)")
    print(f"last entry delivered and sealed {caught_up:.2f} s after it was written")
    print(f"worker: {cpu / len(waits) / ENTRIES_A_CASE * 1e6:.0f} µs of processor an entry")


def send_cases(count: int, cases_a_second: int) -> list[float]:
    """Write the cases at their times; a wait counts from when the case was due."""
    begun = time.perf_counter() + 0.1

    def send(number: int) -> float:
        due = begun + number / cases_a_second
        time.sleep(max(0, due - time.perf_counter()))
        write_case(f"case:{number}")
        return time.perf_counter() - due

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(send, range(count)))


def wait_for_the_worker(entries: int) -> None:
    from django.db import connection

    from shuzheng.infrastructure.journal import queries

    delivered = 0
    while delivered < entries or queries.get_sealed_size() < entries:
        time.sleep(0.02)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM bench_effect")
            delivered = cursor.fetchone()[0]


def summary(name: str, values: list[float]) -> str:
    cuts = statistics.quantiles(values, n=100)
    return f"{name} median {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms"


def main(seconds: int = 20, cases_a_second: int = 100) -> None:
    with tempfile.TemporaryDirectory() as name:
        measure_steps(Path(name) / "steps")
        measure_stream(Path(name) / "stream", seconds=seconds, cases_a_second=cases_a_second)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

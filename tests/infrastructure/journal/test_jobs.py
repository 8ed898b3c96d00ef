"""The worker's loop on a real database: prompt, on after errors, nothing lost to kill -9."""

import os
import signal
import sys
import threading
import time
from subprocess import PIPE, Popen

import pytest
from django.db import connection, transaction

from shuzheng.infrastructure.journal import jobs, models, operations, queries
from shuzheng.infrastructure.journal.rules import declare_subscription
from shuzheng.infrastructure.journal.rules.verification import verify_log

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loop():
    """Run the loop in a thread, as the worker does."""
    stop = threading.Event()
    thread = threading.Thread(target=jobs.run_forever, args=(stop,))
    started = []

    def start():
        thread.start()
        started.append(thread)

    yield start
    stop.set()
    for each in started:
        each.join(10)
        assert not each.is_alive()


def wait_until(is_so, *, seconds=10.0):
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def test_subscribers_react_promptly_and_entries_are_sealed(write, log_folder, loop):
    taken = []
    declare_subscription("reader", kinds=("testing.happened",), handler=taken.append)
    loop()
    time.sleep(0.3)
    waits = []
    for place in range(5):
        begun = time.monotonic()
        entry = write(f"case:{place}")
        wait_until(lambda entry=entry: taken and taken[-1].id == entry)
        waits.append(time.monotonic() - begun)

    assert sorted(waits)[2] < 0.5
    wait_until(lambda: queries.get_sealed_size() == 5)


def test_the_loop_goes_on_after_an_error(write, log_folder, loop, monkeypatch):
    monkeypatch.setattr(jobs, "RETRY_SECONDS", 0.1)
    number, calls = jobs.sequence, []

    def fail_first():
        calls.append(1)
        if len(calls) == 1:
            raise OSError("the database is starting")
        return number()

    monkeypatch.setattr(jobs, "sequence", fail_first)
    write()
    loop()

    wait_until(lambda: models.Entry.objects.filter(number=1).exists())


def test_the_loop_goes_on_when_the_database_drops_its_connections(
    write, log_folder, loop, monkeypatch
):
    monkeypatch.setattr(jobs, "RETRY_SECONDS", 0.1)
    taken = []
    declare_subscription("reader", kinds=("*",), handler=taken.append)
    loop()
    write()
    wait_until(lambda: len(taken) == 1 and queries.get_sealed_size() == 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 3
    write()

    wait_until(lambda: len(taken) == 2 and queries.get_sealed_size() == 2, seconds=20)


def test_a_slow_subscription_does_not_hold_up_another(write, log_folder, loop):
    taken, may_end = [], threading.Event()
    declare_subscription("a-slow", kinds=("*",), handler=lambda _: may_end.wait(5))
    declare_subscription("quick", kinds=("*",), handler=taken.append)
    loop()
    write()

    wait_until(lambda: taken, seconds=3)
    may_end.set()


WORKER = """
import sys, time, threading
from pathlib import Path
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from shuzheng.infrastructure.journal import jobs, models, operations
from shuzheng.infrastructure.journal.rules import declare_subscription, entries
from shuzheng.infrastructure.keys import operations as keys
entries._subscriptions.clear()
keys.use_folder(Path(sys.argv[2]).parent / "keys")
operations.use_folder(Path(sys.argv[2]), origin="example.org/journal")

def take(entry):
    time.sleep(0.002)
    models.Checkpoint.objects.create(
        size=1_000_000 + entry.number, root=b"", sealed_at=entry.at, note=entry.subject
    )

declare_subscription("effects", kinds=("testing.happened",), handler=take)
jobs.SEAL_SECONDS = 0.05
print("ready", flush=True)
jobs.run_forever(threading.Event())
"""


def start_worker(log_folder):
    name = connection.settings_dict["NAME"]
    environment = dict(os.environ)
    worker = Popen(
        [sys.executable, "-c", WORKER, name, str(log_folder)], stdout=PIPE, env=environment
    )
    assert worker.stdout.readline() == b"ready\n"
    return worker


def test_a_worker_killed_again_and_again_loses_nothing_and_doubles_nothing(
    write, log_folder, tmp_path
):
    """Each handler writes a row that may exist once: a second delivery would fail and show."""
    count = 0
    for round_ in range(3):
        with transaction.atomic():
            for place in range(60):
                write(f"case:{round_}:{place % 5}")
                count += 1
        worker = start_worker(log_folder)
        time.sleep(0.12 + 0.07 * round_)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    worker = start_worker(log_folder)
    effects = models.Checkpoint.objects.filter(size__gt=1_000_000)
    sealed = models.Checkpoint.objects.filter(size=count)
    try:
        wait_until(lambda: effects.count() == count and sealed.exists(), seconds=30)
    finally:
        worker.kill()
        worker.wait()

    assert sorted(effects.values_list("size", flat=True)) == [
        1_000_001 + place for place in range(count)
    ]
    assert models.Delivery.objects.count() == 0
    found = verify_log(
        queries.log_reader(log_folder),
        keys=queries.list_published_keys(log_folder),
        kept=queries.list_kept_notes(log_folder),
    )
    assert (found.size, found.findings) == (count, ())
    assert operations.sequence() == 0

"""A migration beside people at work, beside another worker, and after its worker was killed."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, FlowStep, MigratingCase
from shuzheng.support.cases.operations.record.access import lock_case
from tests.support.cases.flows import begin, check_replay, complete, open_tasks, publish
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db(transaction=True)]
ENDS = '<startEvent id="s"/><endEvent id="e"/>'
GATES = '<parallelGateway id="f"/><parallelGateway id="j"/>'
BY = system("tests")
WORKER = """
import django
django.setup()
from datetime import UTC, datetime
from shuzheng.support.cases.operations import migrate_batch
while migrate_batch(migration={migration}, at=datetime.now(UTC), limit=3):
    print("batch", flush=True)
"""


def test_cases_move_whole_and_once_whatever_happens_beside() -> None:
    """One test, because the database is emptied after it."""
    _a_busy_case_is_passed_by_and_moves_later()
    _two_workers_move_each_case_once()
    _a_killed_worker_leaves_each_case_wholly_old_or_new()
    check_replay(*Case.objects.values_list("number", flat=True))


def version(key: str, names: str, flows: str, more: str = "") -> int:
    task = '<userTask id="{0}" name="{0}" shuzheng:duty="supervise:open_restaurant"/>'
    return publish(key, ENDS + more + "".join(map(task.format, names.split())), flows)


def open_migration(to: int) -> int:
    return cases.open_migration(version=to, reasons="改进", by=BY, at=AT)


def work(migration: int) -> int:
    count = 0
    while found := cases.migrate_batch(migration=migration, at=AT, limit=2):
        count += found
    return count


def figures(migration: int) -> tuple[str, int, int]:
    row = queries.get_migration(migration)
    return row.state, row.waiting, row.moved


def entries(migration: int) -> int:
    numbers = MigratingCase.objects.filter(migration=migration).values_list("case__number")
    subjects = [f"case:{number}" for (number,) in numbers]
    return Entry.objects.filter(kind="case.migrated", subject__in=subjects).count()


def _a_busy_case_is_passed_by_and_moves_later() -> None:
    one = version("busy", "a b", "s>a a>b b>e")
    busy, idle = begin(one), begin(one)
    migration = open_migration(version("busy", "a c b", "s>a a>c c>b b>e"))
    working, may_end = Event(), Event()

    def act() -> None:
        with transaction.atomic():
            lock_case(busy)
            working.set()
            may_end.wait(20)
            complete(busy, "a")
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(act)
        assert working.wait(20)
        assert cases.migrate_batch(migration=migration, at=AT) == 1
        assert cases.migrate_batch(migration=migration, at=AT) == 0
        assert figures(migration) == ("open", 1, 1)
        may_end.set()
        acting.result()
    assert open_tasks(busy) == ["b"]
    work(migration)
    assert figures(migration) == ("finished", 0, 2)
    assert (open_tasks(busy), open_tasks(idle), entries(migration)) == (["b"], ["a"], 2)


def _two_workers_move_each_case_once() -> None:
    one = version("twice", "a b", "s>f f>a f>b a>j b>j j>e", GATES)
    for _ in range(12):
        begin(one)
    migration = open_migration(version("twice", "a b c", "s>f f>a f>b f>c a>j b>j c>j j>e", GATES))

    def worker(_: int) -> int:
        count = work(migration)
        connection.close()
        return count

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(worker, range(2)))
    assert sum(counts) + work(migration) == 12
    assert (figures(migration), entries(migration)) == (("finished", 0, 12), 12)


def _a_killed_worker_leaves_each_case_wholly_old_or_new() -> None:
    one = version("killed", "a b", "s>f f>a f>b a>j b>j j>e", GATES)
    numbers = [begin(one) for _ in range(40)]
    for number in numbers[::2]:
        complete(number, "a")
    two = version("killed", "a b c", "s>f f>a f>b f>c a>j b>j c>j j>e", GATES)
    migration = open_migration(two)
    for batches in (2, 3):
        _run_and_kill(migration, after=batches)
        _check_whole(migration, two)
    waiting = queries.get_migration(migration).waiting
    assert 0 < waiting < 40
    assert work(migration) == waiting
    assert (figures(migration), entries(migration)) == (("finished", 0, 40), 40)
    _check_whole(migration, two)
    for number in numbers:
        assert open_tasks(number)[-2:] == ["b", "c"]


def _run_and_kill(migration: int, *, after: int) -> None:
    """Let a worker of its own process move batches, and kill it in the middle of the next."""
    found: dict[str, Any] = connection.settings_dict
    url = (
        f"postgresql://{found['USER']}:{quote(found['PASSWORD'] or '')}@/{found['NAME']}"
        f"?host={quote(found['HOST'] or 'localhost', safe='')}&port={found['PORT'] or 5432}"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "shuzheng.site.settings",
        "SHUZHENG_DATA": str(settings.DATA_FOLDER),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER.format(migration=migration)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    with worker, worker.stdout as output:
        said = [output.readline() for _ in range(after)]
        os.kill(worker.pid, signal.SIGKILL)
    assert said == ["batch\n"] * after


def _check_whole(migration: int, two: int) -> None:
    """What has moved has its version, history, tasks and entry; what has not has none of them."""
    for item in MigratingCase.objects.filter(migration=migration).select_related("case"):
        has_moved = item.state == "moved"
        number = item.case.number
        assert (item.case.flow_id == two) is has_moved
        assert FlowStep.objects.filter(case=item.case, flow_id=two).exists() is has_moved
        assert ("c" in open_tasks(number)) is has_moved
        told = Entry.objects.filter(kind="case.migrated", subject=f"case:{number}").count()
        assert told == has_moved

"""The journal's work in the worker: numbering, delivering, sealing, each in a thread of its own.

Polled, not notified: NOTIFY takes a lock over all committing transactions of the database, and
would make every case wait for the disk of the one before. A look costs one index probe.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from shuzheng.infrastructure.journal.operations import deliver, seal, sequence
from shuzheng.infrastructure.journal.queries import list_subscriptions_behind

SEQUENCE_SECONDS = 0.1
DELIVER_SECONDS = 0.4
"""Longest wait before a look for deliveries; numbering wakes the deliverers at once."""
SEAL_SECONDS = 1.0
RETRY_SECONDS = 2.0
"""Wait after an error, such as a database that is starting again."""
DELIVERERS = 2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing done over and over: a step that says whether there was work, and how to wait."""

    name: str
    step: Callable[[], bool]
    wait: Callable[[], object]


def run_forever(stop: threading.Event) -> None:
    """Number, deliver and seal until `stop` is set; returns when the steps under way are done.

    Start it in a thread of the worker. Any number of workers may run it: each step is one
    process's at a time, by locks in the database.
    """
    threads = [
        threading.Thread(target=_repeat, args=(task, stop), name=task.name, daemon=True)
        for task in _tasks(stop)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _tasks(stop: threading.Event) -> list[Task]:
    numbered = threading.Condition()

    def wait_for_numbers() -> None:
        with numbered:
            numbered.wait(DELIVER_SECONDS)

    def number() -> bool:
        count = sequence()
        if count:
            with numbered:
                numbered.notify_all()
        return False

    return [
        Task("journal-sequence", number, lambda: stop.wait(SEQUENCE_SECONDS)),
        Task("journal-seal", _seal, lambda: stop.wait(SEAL_SECONDS)),
        *(
            Task(f"journal-deliver-{place}", _deliver, wait_for_numbers)
            for place in range(DELIVERERS)
        ),
    ]


def _seal() -> bool:
    seal(at=datetime.now(UTC))
    return False


def _deliver() -> bool:
    at = datetime.now(UTC)
    batches = [deliver(each, at=at) for each in list_subscriptions_behind(at=at)]
    return any(batch.is_behind for batch in batches)


def _repeat(task: Task, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            has_more = task.step()
        except Exception:  # noqa: BLE001  whatever it was, the worker goes on
            _log.exception("%s: trying again in %s s", task.name, RETRY_SECONDS)
            connection.close()
            stop.wait(RETRY_SECONDS)
            continue
        if not has_more:
            task.wait()
    connection.close()

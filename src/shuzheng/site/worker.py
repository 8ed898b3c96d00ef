"""The worker process: jobs from the queue in PostgreSQL, one after another as they fall due."""

import asyncio
import signal
import threading
from collections.abc import Callable
from typing import Any

CONCURRENT_JOBS = 4
FINISH_SECONDS = 10


def main() -> None:
    """Work until SIGTERM; what had begun is finished first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = threading.Event()
    journal = _follow_journal(stop)
    try:
        asyncio.run(_work_off_queue())
    finally:
        stop.set()
        journal.join(FINISH_SECONDS)


def _follow_journal(stop: threading.Event) -> threading.Thread:
    from shuzheng.infrastructure.journal.jobs import run_forever

    thread = threading.Thread(target=run_forever, args=(stop,), name="journal", daemon=True)
    thread.start()
    return thread


async def _work_off_queue() -> None:
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector):
        async with app.open_async():
            await app.run_worker_async(
                concurrency=CONCURRENT_JOBS,
                delete_jobs="successful",
                shutdown_graceful_timeout=FINISH_SECONDS,
                task_middleware=[_with_fresh_connection],
            )


def _with_fresh_connection(call: Callable[[], Any], *_: object) -> Any:
    """Give a job a connection that works, as a request gets one, and hand it back afterwards."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        return call()
    finally:
        close_old_connections()

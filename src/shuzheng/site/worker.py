"""The worker process: jobs from the queue in PostgreSQL, one after another as they fall due."""

import asyncio
import logging
import os
import signal

import django

CONCURRENT_JOBS = 4


def main() -> None:
    """Work until SIGTERM; jobs that had begun are finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzheng.site.settings")
    django.setup()
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    asyncio.run(_work())


async def _work() -> None:
    from procrastinate.contrib.django import app

    working = app.with_connector(app.connector.get_worker_connector())
    async with working.open_async():
        await working.run_worker_async(
            concurrency=CONCURRENT_JOBS,
            install_signal_handlers=True,
            delete_jobs="successful",
            shutdown_graceful_timeout=10,
        )


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()

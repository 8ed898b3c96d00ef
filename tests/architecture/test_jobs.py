"""Every job has a name of its own and says how often it is tried again."""

import inspect

from procrastinate import App, testing
from procrastinate.contrib.django import app

LIBRARY = ("builtin:", "procrastinate.")


def careless(jobs: App) -> list[str]:
    """Return the jobs without a retry, or named after the place they stand in."""
    return sorted(
        name
        for name, task in jobs.tasks.items()
        if not name.startswith(LIBRARY)
        and (task.retry_strategy is None or name.startswith("shuzheng."))
    )


def deaf(jobs: App) -> list[str]:
    """Return the periodic jobs that cannot take the moment the queue hands them."""
    return sorted(
        name
        for (name, _), periodic in jobs.periodic_registry.periodic_tasks.items()
        if "timestamp" not in inspect.signature(periodic.task.func).parameters
    )


def test_every_periodic_job_takes_the_moment_it_was_due():
    assert deaf(app) == []


def test_a_deaf_job_is_noticed():
    jobs = App(connector=testing.InMemoryConnector())
    jobs.periodic(cron="* * * * *")(jobs.task(name="cases.deaf", retry=3)(lambda: None))
    jobs.periodic(cron="* * * * *")(jobs.task(name="cases.hears", retry=3)(lambda timestamp: None))
    assert deaf(jobs) == ["cases.deaf"]


def test_every_job_has_a_retry_and_a_name():
    assert careless(app) == []


def test_a_careless_job_is_noticed():
    jobs = App(connector=testing.InMemoryConnector())
    jobs.task(name="cases.escalate", retry=3)(lambda: None)
    jobs.task(name="cases.forget")(lambda: None)
    assert careless(jobs) == ["cases.forget"]

"""Every job has a name of its own and says how often it is tried again."""

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


def test_every_job_has_a_retry_and_a_name():
    assert careless(app) == []


def test_a_careless_job_is_noticed():
    jobs = App(connector=testing.InMemoryConnector())
    jobs.task(name="cases.escalate", retry=3)(lambda: None)
    jobs.task(name="cases.forget")(lambda: None)
    assert careless(jobs) == ["cases.forget"]

"""A worker that stops in the middle of its work and waits to be killed.

    python -m tests.support.cases.killed ACT NUMBER STATEMENT

It carries out the act and, just before its statement of that number, or with those words, is sent,
says so and sleeps; one beyond the last means after the commit.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

LATER = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
REACHED = "reached"


def stop_before(statement: str) -> Callable[..., Any]:
    """Return a wrapper of statements that stops before one: by its number or its words."""
    sent = 0

    def wrap(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        nonlocal sent
        sent += 1
        if str(sent) == statement or (statement[0].isalpha() and statement in sql):
            stop()
        return execute(sql, params, many, context)

    return wrap


def stop() -> None:
    """Say where we are and sleep until killed."""
    sys.stdout.write(f"{REACHED}\n")
    sys.stdout.flush()
    time.sleep(120)


def act_on(act: str, number: str) -> None:
    """Do the work of a worker or an official."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.support.cases import operations as cases
    from shuzheng.support.cases.models import ServiceRequest, Task
    from tests.support.cases.flows import CLERK

    at = LATER + timedelta(seconds=1)
    if act == "timers":
        cases.fire_timers(at=at)
    elif act == "starts":
        cases.fire_starts(at=at)
    elif act == "messages":
        cases.carry_messages(at=at)
    elif act == "service":
        token = ServiceRequest.objects.get(case__number=number).token
        cases.complete_service(
            case_number=number, token=token, result={"x": 1}, by=system("tests"), at=at
        )
    else:
        task = Task.objects.get(case__number=number, element=act).pk
        cases.complete_task(task_id=task, outcome={}, by=CLERK, at=at)


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    act, number, statement = sys.argv[1:]
    with connection.execute_wrapper(stop_before(statement)):
        act_on(act, number)
    stop()


if __name__ == "__main__":
    main()

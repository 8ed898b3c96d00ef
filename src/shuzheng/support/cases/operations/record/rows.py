"""Rows read with statements made once: every step of every case pays for them.

The ORM builds each statement anew, which takes three times as long; what is read here is the same,
column for column.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, Task

M = TypeVar("M", Case, Task)
FORM = "form_encrypted"
_BY_NUMBER = "SELECT id, root_id FROM cases_case WHERE number = %s"
_OF_TASK = "FROM cases_task t JOIN cases_case c ON c.id = t.case_id WHERE t.id = %s"
_RECUSED = (
    "EXISTS (SELECT FROM cases_recusal WHERE case_id = coalesce(c.root_id, c.id)"
    " AND account = %s AND state = 'granted')"
)
_FORM = "SELECT form_encrypted FROM cases_case WHERE id = %s"


def lock_cases(number: str) -> list[Case]:
    """Lock a case and its root, the root first, and read all but the form."""
    with connection.cursor() as cursor:
        cursor.execute(_lock(_BY_NUMBER), [number])
        return _made(Case, cursor.fetchall(), without=FORM)


def lock_cases_of_task(task_id: int, by: Actor) -> tuple[list[Case], Task, bool] | None:
    """Lock a task's case and its root; read the task, and whether the actor was recused.

    The lock of its case is the lock of its tasks. Two statements go in one message: the second sees
    what was committed while the first waited.
    """
    columns = _columns(Task, of="t.")[1]
    read = f"SELECT {_RECUSED}, {columns} {_OF_TASK}"
    with connection.cursor() as cursor:
        lock = _lock(f"SELECT c.id, c.root_id {_OF_TASK}")
        cursor.execute(f"{lock}; {read}", [task_id, by.account, task_id])
        cases = _made(Case, cursor.fetchall(), without=FORM)
        cursor.nextset()
        found = cursor.fetchone()
    if found is None:
        return None
    [task] = _made(Task, [found[1:]])
    return cases, task, found[0]


def form_of(case: Case) -> str:
    """Return the encrypted form of a case, which is read when it is first asked for."""
    if case.loaded is not None and FORM not in case.__dict__:
        with connection.cursor() as cursor:
            cursor.execute(_FORM, [case.pk])
            (case.form_encrypted,) = cursor.fetchone()
        case.loaded[FORM] = case.form_encrypted
    return case.form_encrypted


def _lock(wanted: str) -> str:
    """Return the statement that locks a case and its root, given one that selects their ids."""
    columns = _columns(Case, without=FORM)[1]
    return (
        f"SELECT {columns} FROM cases_case WHERE id IN"  # noqa: S608 - our own names
        f" (SELECT unnest(ARRAY[id, root_id]) FROM ({wanted}) AS wanted)"
        " ORDER BY root_id NULLS FIRST FOR UPDATE"
    )


def fields_of(model: type[models.Model]) -> tuple[Any, ...]:
    """Return the columns of a table."""
    return model._meta.concrete_fields  # noqa: SLF001 - documented by Django


@cache
def _columns(
    model: type[models.Model], *, of: str = "", without: str = ""
) -> tuple[tuple[str, ...], str, tuple[int, ...]]:
    """Return the names of columns, the columns as a statement says them, the places of JSON."""
    fields = [each for each in fields_of(model) if each.attname != without]
    return (
        tuple(each.attname for each in fields),
        ", ".join(f"{of}{each.column}" for each in fields),
        tuple(place for place, each in enumerate(fields) if isinstance(each, models.JSONField)),
    )


def _made(model: type[M], rows: Sequence[Sequence[Any]], *, without: str = "") -> list[M]:
    """Make instances of rows as the driver gives them: JSON is text there."""
    names, _, places = _columns(model, without=without)
    made = []
    for row in rows:
        values = list(row)
        for place in places:
            if isinstance(values[place], str):
                values[place] = json.loads(values[place])
        made.append(model.from_db("default", names, values))
    return made

"""Rows read and written with statements made once: every step of every case pays for them.

The ORM builds each statement anew, which takes three times as long; what is read and written here
is the same, column for column.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, Task

_DONE = (
    "UPDATE cases_task SET state = 'done', outcome = %s, done_by = %s, done_name = %s, done_at = %s"
    " WHERE id = %s"
)
_CANCEL = (
    "UPDATE cases_timer SET state = 'cancelled'"
    " WHERE case_id = %s AND token = ANY(%s) AND state = 'set'"
)


def lock_cases(wanted: str, key: str | int) -> list[Case]:
    """Lock a case and its root, the root first, and read all but the form.

    Args:
        wanted: a statement that selects id and root_id of the case by one key.
    """
    names, columns = _columns(Case, without="form_encrypted")
    statement = (
        f"SELECT {columns} FROM cases_case WHERE id IN"  # noqa: S608 - our own names
        f" (SELECT unnest(ARRAY[id, root_id]) FROM ({wanted}) AS wanted)"
        " ORDER BY root_id NULLS FIRST FOR UPDATE"
    )
    return [Case.from_db("default", names, row) for row in _read(Case, names, statement, key)]


def get_task(task_id: int, root: Case, by: Actor) -> tuple[Task, bool]:
    """Read a task, and whether the actor was recused from its file.

    The lock of its case is the lock of its tasks.
    """
    names, columns = _columns(Task)
    statement = (
        f"SELECT {columns}, EXISTS (SELECT FROM cases_recusal WHERE case_id = %s"  # noqa: S608
        " AND account = %s AND state = 'granted') FROM cases_task WHERE id = %s"
    )
    *row, is_recused = _read(Task, names, statement, root.pk, by.account, task_id)[0]
    return Task.from_db("default", names, row), bool(is_recused)


def write_done(task_id: int, outcome: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Write down who did a task, when and with what outcome."""
    values: list[Any] = [Jsonb(dict(outcome)), by.account, by.name, at, task_id]
    with connection.cursor() as cursor:
        cursor.execute(_DONE, values)


def cancel_timers(case: Case, tokens: Sequence[str]) -> None:
    """Take timers of a case away that have not fired."""
    with connection.cursor() as cursor:
        cursor.execute(_CANCEL, [case.pk, list(tokens)])


def plain(field: Any, value: Any) -> Any:
    """Return a column's value as the driver takes it; only JSON is told from text."""
    return Jsonb(value) if value is not None and isinstance(field, models.JSONField) else value


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model with one statement and give them their keys."""
    if not rows:
        return
    prefix, fields = _insertion(type(rows[0]))
    place = f"({', '.join(['%s'] * len(fields))})"
    values = [plain(field, row.__dict__[field.attname]) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(f"{prefix} {', '.join([place] * len(rows))} RETURNING id", values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    return model._meta.concrete_fields  # noqa: SLF001 - documented by Django


@cache
def _columns(model: type[models.Model], without: str = "") -> tuple[tuple[str, ...], str]:
    fields = [each for each in _fields(model) if each.attname != without]
    return tuple(each.attname for each in fields), ", ".join(each.column for each in fields)


@cache
def _insertion(model: type[models.Model]) -> tuple[str, tuple[Any, ...]]:
    fields = tuple(each for each in _fields(model) if not each.primary_key)
    columns = ", ".join(each.column for each in fields)
    table = model._meta.db_table  # noqa: SLF001 - documented by Django
    return f"INSERT INTO {table} ({columns}) VALUES", fields


@cache
def _json_places(model: type[models.Model], names: tuple[str, ...]) -> tuple[int, ...]:
    kinds = {each.attname: each for each in _fields(model)}
    return tuple(
        place for place, name in enumerate(names) if isinstance(kinds[name], models.JSONField)
    )


def _read(
    model: type[models.Model], names: tuple[str, ...], statement: str, *keys: str | int
) -> list[list[Any]]:
    places = _json_places(model, names)
    with connection.cursor() as cursor:
        cursor.execute(statement, keys)
        rows = [list(row) for row in cursor.fetchall()]
    for row in rows:
        for place in places:
            if isinstance(row[place], str):
                row[place] = json.loads(row[place])
    return rows

"""Keep what a step of a case changed, gathered as parts and sent as one statement.

Each statement and each value costs, and every step of every case pays for them: rows go as one
JSON value, which the database reads by the types of its own columns. The ORM takes three times as
long.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, FlowStep, Task
from shuzheng.support.cases.operations.record.rows import fields_of

Part = tuple[str, Sequence[Any]]
"""A statement and its values, to be written with others."""

_DONE = (
    "UPDATE cases_task SET state = 'done', outcome = %s, done_by = %s, done_name = %s, done_at = %s"
    " WHERE id = %s"
)
_CLOSE = (
    "UPDATE cases_task SET state = 'cancelled', done_at = %s"
    " WHERE case_id = %s AND token = ANY(%s) AND state = 'open'"
)
_CANCEL = (
    "UPDATE cases_timer SET state = 'cancelled'"
    " WHERE case_id = %s AND token = ANY(%s) AND state = 'set'"
)
_FORGET = "DELETE FROM cases_wait WHERE case_id = %s AND token = ANY(%s)"
# What the database fills in. The nearest running limit, unless the task has one of its own.
_FILLED: Mapping[type[models.Model], Mapping[str, str]] = {
    Task: {
        "due_on": "COALESCE(given.due_on, (SELECT min(due_on) FROM cases_clock"
        " WHERE case_id = given.case_id AND stopped_at IS NULL))"
    }
}


def task_done(task_id: int, outcome: Mapping[str, Any], *, by: Actor, at: datetime) -> Part:
    """Say who did a task, when and with what outcome."""
    return _DONE, (Jsonb(dict(outcome)), by.account, by.name, at, task_id)


def tasks_closed(case: Case, tokens: Sequence[str], *, at: datetime) -> Part:
    """Take open tasks of a case away."""
    return _CLOSE, (at, case.pk, list(tokens))


def timers_cancelled(case: Case, tokens: Sequence[str]) -> Part:
    """Take timers of a case away that have not fired."""
    return _CANCEL, (case.pk, list(tokens))


def waits_over(case: Case, tokens: Sequence[str]) -> Part:
    """Take away what a case no longer waits for."""
    return _FORGET, (case.pk, list(tokens))


def inserted(rows: Sequence[models.Model]) -> Part:
    """Insert rows of one model."""
    statement, fields, _ = _insertion(type(rows[0]))
    told = [
        {field.column: _in_json(field, row.__dict__[field.attname]) for field in fields}
        for row in rows
    ]
    return statement, (Jsonb(told),)


def write(parts: Sequence[Part], rows: Sequence[models.Model] = ()) -> None:
    """Write parts as one statement, and with them rows of one model, which get their keys.

    No part sees what another changes, and no row may be changed by two.
    """
    whole = [*parts, inserted(rows)] if rows else parts
    *before, last = [statement for statement, _ in whole]
    named = ", ".join(f"part{place} AS ({each})" for place, each in enumerate(before))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {named} {last}" if named else last, [value for _, own in whole for value in own]
        )
        for row, given in zip(rows, cursor.fetchall() if rows else (), strict=True):
            row.__dict__.update(zip(_insertion(type(row))[2], given, strict=True))


def remember(case: Case) -> None:
    """Take the columns as they are now for what the table holds."""
    names = [field.attname for field in Case.columns()]
    case.loaded = {name: case.__dict__[name] for name in names if name in case.__dict__}


def step_kept(
    case: Case,
    told: Sequence[Mapping[str, Any]],
    *,
    snapshot: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> list[Part]:
    """Return the step, and the columns of its case that changed since it was read."""
    step = FlowStep(
        case_id=case.pk,
        flow_id=case.flow_id,
        at=at,
        actor=by.post or by.kind,
        state=case.state,
        told=list(told),
        snapshot=snapshot,
    )
    sets, changed = _changes(case)
    update = f"UPDATE cases_case SET {sets} WHERE id = %s"  # noqa: S608 - our own names
    return [inserted([step]), *([(update, [*changed, case.pk])] if sets else [])]


def _changes(case: Case) -> tuple[str, list[Any]]:
    loaded, columns, values = case.loaded or {}, [], []
    for field in Case.columns():
        name = field.attname
        if name not in case.__dict__ or field.primary_key:
            continue
        value = case.__dict__[name]
        if name in loaded and loaded[name] is value:
            continue
        if name not in loaded or loaded[name] != value:
            columns.append(f"{field.column} = %s")
            values.append(_plain(field, value))
    return ", ".join(columns), values


def _plain(field: Any, value: Any) -> Any:
    """Return a column's value as the driver takes it; only JSON is told from text."""
    return Jsonb(value) if value is not None and isinstance(field, models.JSONField) else value


def _in_json(field: Any, value: Any) -> Any:
    if isinstance(value, date) and not isinstance(field, models.JSONField):
        return value.isoformat()
    return value


@cache
def _insertion(model: type[models.Model]) -> tuple[str, tuple[Any, ...], tuple[str, ...]]:
    """Return the statement, the columns it takes as one JSON value, and what it returns."""
    filled = _FILLED.get(model, {})
    fields = tuple(each for each in fields_of(model) if not each.primary_key)
    columns = ", ".join(each.column for each in fields)
    values = ", ".join(filled.get(each.column, each.column) for each in fields)
    table = model._meta.db_table  # noqa: SLF001 - documented by Django
    given = ("id", *filled)
    statement = (
        f"INSERT INTO {table} ({columns}) SELECT {values}"  # noqa: S608 - our own names
        f" FROM jsonb_populate_recordset(NULL::{table}, %s) AS given RETURNING {', '.join(given)}"
    )
    return statement, fields, given

"""Keep what a step of a flow changed: the case's own columns and the step, in one statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, FlowStep
from shuzheng.support.cases.operations.record.rows import plain

_STEP = FlowStep.columns()
_INSERT = (
    f"INSERT INTO cases_flowstep ({', '.join(str(field.column) for field in _STEP)}) "  # noqa: S608
    f"VALUES ({', '.join(['%s'] * len(_STEP))})"
)


def remember(case: Case) -> None:
    """Take the columns as they are now for what the table holds."""
    names = [field.attname for field in Case.columns()]
    case.loaded = {name: case.__dict__[name] for name in names if name in case.__dict__}


def keep_step(
    case: Case,
    told: Sequence[Mapping[str, Any]],
    *,
    snapshot: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write the columns of a case that changed since it was read, and the step that did it.

    Written out, for every step of every case pays for it; the ORM takes two statements and three
    times as long.
    """
    values = _step_values(case, told, snapshot, by, at)
    sets, changed = _changes(case)
    statement = (
        f"WITH step AS ({_INSERT}) UPDATE cases_case SET {sets} WHERE id = %s"  # noqa: S608
        if sets
        else _INSERT
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *changed, case.pk] if sets else values)
    remember(case)


def _step_values(
    case: Case,
    told: Sequence[Mapping[str, Any]],
    snapshot: Mapping[str, Any] | None,
    by: Actor,
    at: datetime,
) -> list[Any]:
    row = {
        "case_id": case.pk,
        "flow_id": case.flow_id,
        "at": at,
        "actor": by.post or by.kind,
        "state": case.state,
        "told": list(told),
        "snapshot": snapshot,
    }
    return [plain(field, row[field.attname]) for field in _STEP]


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
            values.append(plain(field, value))
    return ", ".join(columns), values

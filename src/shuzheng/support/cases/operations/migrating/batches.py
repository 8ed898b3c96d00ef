"""Migrations carried out: batches of cases nobody is working on, until none is left.

A batch is one transaction. It waits for no lock: a case somebody works on is passed by and taken
with a later batch; so is every case of a batch that was cut off.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.infrastructure.journal.operations import append
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import FlowMigration, MigratingCase
from shuzheng.support.cases.operations.migrating.moving import Batch, Locked
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.queries.migrations import count_states
from shuzheng.support.cases.rules.migrations import (
    LEFT,
    MIGRATION_FAILED,
    MIGRATION_FINISHED,
    MOVED,
    STAYS,
    WAITING,
)
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow.rules.migration import Stay, write_stay

BATCH = 50
_GATHER = """
    INSERT INTO cases_migratingcase (migration_id, case_id, from_flow_id, state, stays)
    SELECT %s, c.id, c.flow_id, 'waiting', '[]'::jsonb FROM cases_case c
    JOIN workflow_flowversion v ON v.id = c.flow_id
    WHERE v.key = %s AND v.id <> %s AND c.closed_at IS NULL
    ON CONFLICT (migration_id, case_id) DO NOTHING
"""
_TAKE = """
    SELECT id, case_id FROM cases_migratingcase
    WHERE migration_id = %s AND state = 'waiting' AND (%s = 0 OR id = %s)
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_LOCK_ROOTS = """
    SELECT id FROM cases_case
    WHERE id IN (SELECT coalesce(root_id, id) FROM cases_case WHERE id = ANY(%s))
    FOR UPDATE SKIP LOCKED
"""
_LOCK_CASES = """
    SELECT c.id, c.number, c.title, c.flow_id, c.flow_state::text, c.closed_at IS NOT NULL,
           coalesce(r.number, c.number), c.applicant_person
    FROM cases_case c LEFT JOIN cases_case r ON r.id = c.root_id
    WHERE c.id = ANY(%s) AND coalesce(c.root_id, c.id) = ANY(%s)
    FOR UPDATE OF c SKIP LOCKED
"""


def gather(migration: FlowMigration) -> int:
    """Add the running cases under other versions that are not in it yet; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_GATHER, [migration.pk, migration.key, migration.flow_id])
        return int(cursor.rowcount)


def migrate_batch(*, migration: int, at: datetime, limit: int = BATCH, only: int = 0) -> int:
    """Move the next cases of a migration, each with its history and its journal entry.

    Args:
        limit: how many at most; their locks are held as long as the batch takes.
        only: place in the migration of the one case to be moved.

    Returns:
        How many were settled: 0 if the migration is finished, or all that wait are being worked
        on just now; then it is to be tried again later.
    """
    try:
        return _migrate(migration, limit, only, at, is_careful=False)
    except Refusal:
        return _migrate(migration, limit, only, at, is_careful=True)


@transaction.atomic
def _migrate(migration: int, limit: int, only: int, at: datetime, *, is_careful: bool) -> int:
    row = FlowMigration.objects.filter(pk=migration, state="open").first()
    if row is None:
        return 0
    taken = _take(row.pk, limit, only)
    cases = _lock(taken)
    if cases:
        Batch(row, system("cases.migrate"), at, is_careful).move(cases)
    elif not taken:
        return _end(row, at=at)
    return len(cases)


@transaction.atomic
def leave_behind(*, migration: int, item: int, error: str, at: datetime) -> None:
    """Let a case stay whose move failed for a fault of ours, so that it holds up nobody else."""
    items = MigratingCase.objects.select_related("case__root")
    found = items.filter(migration=migration, id=item, state=WAITING).first()
    if found is None:
        return
    fault = Stay("", "failed", (("error", error),))
    found.state, found.stays, found.settled_at = STAYS, [write_stay(fault)], at
    found.save(update_fields=["state", "stays", "settled_at"])
    by = system("cases.migrate")
    note(MIGRATION_FAILED, found.case, by=by, at=at, migration=migration, error=error)


def _take(migration: int, limit: int, only: int) -> dict[int, int]:
    """Return cases that wait, each with its place in the migration; nobody else takes them."""
    rows = _rows(_TAKE, migration, only, only, limit)
    return {case: item for item, case in rows}


def _lock(taken: dict[int, int]) -> list[Locked]:
    """Lock files nobody is working on, the root of each first, as everybody does.

    Of a file with several cases one moves at a time: each finds the others as they are.
    """
    if not taken:
        return []
    roots = [pk for (pk,) in _rows(_LOCK_ROOTS, list(taken))]
    rows = _rows(_LOCK_CASES, list(taken), roots)
    found = [Locked(taken[pk], pk, *rest) for pk, *rest in rows]
    return list({each.file: each for each in found}.values())


def _rows(statement: str, *values: Any) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _end(migration: FlowMigration, *, at: datetime) -> int:
    """Finish, unless cases began under an earlier version while this one was being published."""
    row = FlowMigration.objects.select_for_update().get(pk=migration.pk)
    counts = count_states(row.pk)
    if row.state != "open" or counts.get(WAITING):
        return 0
    found = gather(row)
    if not found:
        close(row, at=at)
    return found


def close(migration: FlowMigration, *, by: Actor | None = None, at: datetime) -> None:
    """Mark a migration as finished, with its figures."""
    migration.state, migration.finished_at = "finished", at
    migration.save(update_fields=["state", "finished_at"])
    counts = count_states(migration.pk)
    facts = {
        "key": migration.key,
        "version": flows.get_flow_version(migration.flow_id).version,
        "migration": migration.pk,
        **{state: counts.get(state, 0) for state in (MOVED, STAYS, LEFT)},
    }
    append(
        actor=by or system("cases.migrate"),
        kind=MIGRATION_FINISHED,
        subject=f"flow:{migration.key}",
        at=at,
        facts=facts,
    )

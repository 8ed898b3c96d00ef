"""Opening a migration, publishing with one, placing by hand what the drawing leaves in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.support.cases.models import FlowMigration, MigratingCase
from shuzheng.support.cases.operations.migrating.batches import close, gather
from shuzheng.support.cases.operations.migrating.moving import move_one
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.rules.migrations import (
    LEFT,
    MIGRATE_CASES,
    MIGRATION_OPENED,
    MIGRATION_RETRIED,
    MOVED,
    STATE_NAMES,
    STAYS,
    WAITING,
    CaseNotStaying,
    MigrationOutdated,
    MigrationReasonsMissing,
    MigrationSuperseded,
    MigrationUnknown,
)
from shuzheng.support.workflow import operations as workflow
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow.rules.draft_refusals import FlowOfOtherDepartment
from shuzheng.support.workflow.rules.entries import PUBLISH_FLOW


@dataclass(frozen=True, slots=True)
class Published:
    """A version put in force, and the migration that brings running cases to it."""

    version: int
    migration: int


@transaction.atomic
def publish_and_migrate(*, draft: int, review: str = "", by: Actor, at: datetime) -> Published:
    """Publish a reviewed draft and bring the running cases to it: all of it, or nothing.

    The cases move afterwards in batches; until then, and if they stay, they go on as they were.

    Raises:
        PostLacksPermission, FlowOfOtherDepartment: the actor may not migrate, or not publish.
        Refusals of ``workflow.operations.publish_draft``.
    """
    guard(by, MIGRATE_CASES)
    reasons = flows.get_draft(draft).row.reasons
    version = workflow.publish_draft(draft=draft, review=review, by=by, at=at)
    migration = open_migration(version=version, reasons=reasons, by=by, at=at)
    return Published(version, migration)


@transaction.atomic
def open_migration(*, version: int, reasons: str, by: Actor, at: datetime) -> int:
    """Bring all running cases of a flow to its version in force; return the migration's number.

    A migration of the flow that is still open ends: what it has not moved goes to this version.

    Raises:
        PostLacksPermission, FlowOfOtherDepartment: the actor may not migrate these cases.
        MigrationReasonsMissing: it is not said why.
        MigrationOutdated: another version is in force.
    """
    found = _require_may_migrate(version, by)
    if not reasons.strip():
        raise MigrationReasonsMissing(field="reasons")
    for earlier in FlowMigration.objects.select_for_update().filter(key=found.key, state="open"):
        earlier.cases.filter(state=WAITING).update(state=LEFT, settled_at=at)
        close(earlier, at=at)
    migration = FlowMigration.objects.create(
        key=found.key,
        flow_id=version,
        reasons=reasons.strip(),
        opened_at=at,
        opened_by=by.account,
        opened_name=by.name or by.account,
        opened_post=by.post,
    )
    count = gather(migration)
    _note(MIGRATION_OPENED, migration, found.version, count, reasons, by=by, at=at)
    return migration.pk


@transaction.atomic
def retry_migration(*, migration: int, reasons: str, by: Actor, at: datetime) -> int:
    """Let the cases that stay be tried again, for they have gone on since; return how many.

    Raises:
        MigrationUnknown: there is no such migration.
        PostLacksPermission, FlowOfOtherDepartment: the actor may not migrate these cases.
        MigrationReasonsMissing: it is not said why.
        MigrationOutdated: another version is in force.
        MigrationSuperseded: another migration of the flow is running.
    """
    row = _lock(migration)
    found = _require_may_migrate(row.flow_id, by)
    if not reasons.strip():
        raise MigrationReasonsMissing(field="reasons")
    if FlowMigration.objects.filter(key=row.key, state="open").exclude(pk=row.pk).exists():
        raise MigrationSuperseded
    count = row.cases.filter(state=STAYS).update(state=WAITING, stays=[], settled_at=None)
    if count:
        row.state, row.finished_at = "open", None
        row.save(update_fields=["state", "finished_at"])
        _note(MIGRATION_RETRIED, row, found.version, count, reasons, by=by, at=at)
    return count


@transaction.atomic
def place_case(
    *,
    migration: int,
    number: str,
    choices: Mapping[str, str],
    reasons: str,
    by: Actor,
    at: datetime,
) -> None:
    """Bring one case that stayed to the new version, at the steps somebody chose.

    Args:
        choices: a step of the new version for each doubt, as ``list_staying`` offers them.

    Raises:
        MigrationUnknown: there is no such migration, or the case is not in it.
        PostLacksPermission, FlowOfOtherDepartment: the actor may not migrate these cases.
        MigrationReasonsMissing: it is not said why it belongs there.
        MigrationOutdated: another version is in force.
        CaseNotStaying: it has moved, or ended.
        ChoiceImpossible, MigrationAmbiguous: it cannot be put there, or doubts are left.
        StepsLeftOut: before the chosen place lies a step that the case has not done.
    """
    row = FlowMigration.objects.filter(pk=migration).first()
    if row is None:
        raise MigrationUnknown
    _require_may_migrate(row.flow_id, by)
    if not reasons.strip():
        raise MigrationReasonsMissing(field="reasons")
    items = MigratingCase.objects.select_for_update(of=("self",))
    item = items.filter(migration=migration, case__number=number).first()
    if item is None:
        raise MigrationUnknown
    root, case = lock_case(number)
    if item.state != STAYS or case.closed_at is not None or case.flow_id != item.from_flow_id:
        raise CaseNotStaying(number=number, state=STATE_NAMES[item.state])
    move_one(root, case, row.flow_id, choices=choices, reasons=reasons.strip(), by=by, at=at)
    item.state, item.stays, item.settled_at = MOVED, [], at
    item.save(update_fields=["state", "stays", "settled_at"])


def _lock(migration: int) -> FlowMigration:
    row = FlowMigration.objects.select_for_update().filter(pk=migration).first()
    if row is None:
        raise MigrationUnknown
    return row


def _require_may_migrate(version: int, by: Actor) -> flows.VersionRow:
    """Let those pass who migrate for the department that owns the flow, or for the whole city."""
    guard(by, MIGRATE_CASES)
    found = flows.get_version(version)
    if not by.may(PUBLISH_FLOW) and (not found.department or by.department != found.department):
        raise FlowOfOtherDepartment(title=found.title)
    if not found.is_in_force:
        raise MigrationOutdated(title=found.title, number=found.version)
    return found


def _note(
    kind: EntryKind,
    migration: FlowMigration,
    version: int,
    count: int,
    reasons: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    facts = {
        "key": migration.key,
        "version": version,
        "migration": migration.pk,
        "cases": count,
        "reasons": reasons.strip(),
    }
    append(actor=by, kind=kind, subject=f"flow:{migration.key}", at=at, facts=facts)

"""Check, plan and apply a city's folder."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, declared_permissions, guard, system
from shuzheng.infrastructure.content.models import AppliedItem
from shuzheng.infrastructure.content.operations.turns import one_at_a_time
from shuzheng.infrastructure.content.operations.versions import renew_version
from shuzheng.infrastructure.content.queries import forget_version, list_applied
from shuzheng.infrastructure.content.rules import (
    APPLY_CONTENT,
    Change,
    ContentInUse,
    ContentInvalid,
    ContentKind,
    EditedInBrowser,
    NotEdited,
    Plan,
    Problem,
    ReasonMissing,
    load_city,
    plan_of,
    registered_checks,
    registered_kinds,
    registered_readers,
    texts_of,
    use_of,
)
from shuzheng.infrastructure.content.rules.entries import CONTENT_APPLIED
from shuzheng.infrastructure.journal import operations as journal


def check_city(*, folder: Path) -> tuple[Problem, ...]:
    """Return everything wrong with a city's files; needs no database."""
    return load_city(folder, registered_kinds(), registered_checks(with_tables=False)).problems


def list_untranslated(*, folder: Path, language: str) -> tuple[str, ...]:
    """Return the sentences of a city's files that citizens read and no translation says.

    Args:
        language: of items of kind ``translation`` with ``texts`` by the sentence.
    """
    kinds = registered_kinds()
    library = load_city(folder, kinds, ()).library
    said = {
        text
        for item in library.list("translation")
        if getattr(item.value, "language", "") == language
        for text in getattr(item.value, "texts", {})
    }
    return tuple(text for text in texts_of(library, kinds) if text not in said)


def plan_city(*, folder: Path, overwrite: Collection[str] = (), at: datetime) -> Plan:
    """Return what applying would do: it is done in a transaction and undone.

    Raises:
        ContentInUse: something that is gone from the folder is still used.
        NotEdited: what is to be overwritten was not published in the browser.
    """
    plan = _compare(folder, overwrite)
    if not plan.problems:
        with transaction.atomic():
            _carry_out(plan, by=system("content.plan"), at=at)
            transaction.set_rollback(True)
        forget_version()
    return plan


@transaction.atomic
def apply_city(
    *,
    folder: Path,
    by: Actor,
    reason: str,
    overwrite: Collection[str] = (),
    keep_published: bool = False,
    at: datetime,
) -> Plan:
    """Bring the tables to what the folder says, all of it or nothing.

    What was published in the browser since its files were last applied stays in force. If its files
    changed as well, one of the two must be named.

    Args:
        overwrite: names (``kind:key``) of items for which the files prevail.
        keep_published: for all others, what was published prevails over changed files.

    Raises:
        EditedInBrowser: changed files stand against what was published in the browser.
        NotEdited: what is to be overwritten was not published in the browser.
        ContentInvalid: there are problems in the files.
        ContentInUse: something that is gone from the folder is still used.
        ReasonMissing: no reason was given.
    """
    guard(by, APPLY_CONTENT)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    one_at_a_time()
    plan = _compare(folder, overwrite)
    if plan.problems:
        raise ContentInvalid(plan.problems)
    if plan.conflicts and not keep_published:
        raise EditedInBrowser(plan.conflicts)
    if plan.changes:
        _carry_out(plan, by=by, at=at)
        _remember(plan, by=by, reason=reason, at=at)
        _record(plan, by=by, reason=reason, at=at)
    return plan


def _compare(folder: Path, overwrite: Collection[str]) -> Plan:
    kinds = registered_kinds()
    loaded = load_city(folder, kinds, registered_checks(with_tables=True))
    plan = plan_of(
        loaded.library,
        list_applied(),
        kinds,
        city=folder.resolve().name,
        problems=loaded.problems,
        overwrite=overwrite,
    )
    for name in set(overwrite) - {each.name for each in plan.overwritten}:
        raise NotEdited(name=name)
    return plan


def _carry_out(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Let the rooms write; whoever may apply content may do all that the content says."""
    by = replace(by, permissions=frozenset(each.key for each in declared_permissions()))
    kinds = registered_kinds()
    for kind in kinds:
        if items := plan.items(kind.name):
            kind.apply(items, by, at)
            renew_version()
    for kind in reversed(kinds):
        _remove(kind, plan.removed(kind.name), by=by, at=at)
    for read in registered_readers():
        read(plan.library, by, at)


def _remove(kind: ContentKind, keys: tuple[str, ...], *, by: Actor, at: datetime) -> None:
    """Remove what nothing uses, again and again: what goes together may use one another."""
    while keys:
        uses = {key: use_of(kind, key) for key in keys}
        free = tuple(key for key in keys if not uses[key])
        if not free:
            raise ContentInUse(kind=kind.name, key=keys[0], use=uses[keys[0]])
        kind.remove(free, by, at)
        renew_version()
        keys = tuple(key for key in keys if uses[key])


def _remember(plan: Plan, *, by: Actor, reason: str, at: datetime) -> None:
    for change in plan.changes:
        rows = AppliedItem.objects.filter(kind=change.kind, key=change.key)
        if change.item is None:
            rows.delete()
    AppliedItem.objects.bulk_create(
        [_row(change, by=by, reason=reason, at=at) for change in plan.changes if change.item],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=[
            *("digest", "applied_at", "applied_by", "reason"),
            *("edited_at", "edited_by", "edited_as"),
        ],
    )


def _row(change: Change, *, by: Actor, reason: str, at: datetime) -> AppliedItem:
    return AppliedItem(
        kind=change.kind,
        key=change.key,
        digest=change.item.digest if change.item else "",
        applied_at=at,
        applied_by=by.name or by.account,
        reason=reason,
    )


def _record(plan: Plan, *, by: Actor, reason: str, at: datetime) -> None:
    facts = {
        "reason": reason,
        "added": plan.count("add"),
        "changed": plan.count("change"),
        "removed": plan.count("remove"),
        "digests": {
            f"{each.kind}:{each.key}": each.item.digest if each.item else ""
            for each in plan.changes
        },
        "overwritten": [each.name for each in plan.overwritten],
    }
    subject = f"content:{plan.city}"
    journal.append(actor=by, kind=CONTENT_APPLIED, subject=subject, at=at, facts=facts)

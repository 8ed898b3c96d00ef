"""A changed table on its way: one person drafts it, another reviews it, then it is published."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.content.operations import note_edit
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.decisions.models import DecisionDraft, DecisionVersion, DraftState
from shuzheng.support.decisions.operations.publishing import put_version
from shuzheng.support.decisions.queries import Version, get_version
from shuzheng.support.decisions.rules import (
    Case,
    DraftBelongsToAnother,
    DraftChangesNothing,
    DrafterMayNotReview,
    DraftInOtherState,
    DraftUnknown,
    DraftUnsound,
    ReasonsMissing,
    SendingBackNeedsReasons,
    VersionOutdated,
    examine,
    read_cases,
    write_cases,
)
from shuzheng.support.decisions.rules.entries import (
    DECISION_DRAFTED,
    DECISION_REVIEWED,
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
)


@transaction.atomic
def draft_decision(
    *,
    base: int,
    xml: bytes,
    cases: tuple[Case, ...],
    reasons: str,
    draft: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Save a changed table for review and return the draft's number.

    Args:
        base: id of the version that was changed; it must still be in force.
        draft: the drafter's own draft that this mends; it waits for review again.

    Raises:
        PostLacksPermission: the post may not draft.
        ReasonsMissing: why the rule changes is not said.
        VersionOutdated: another version is in force by now.
        DraftUnsound, DraftChangesNothing: there is nothing that could be published.
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: the draft cannot be mended.
    """
    guard(by, DRAFT_DECISION)
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    version = _require_in_force(base)
    _require_sound(version, xml, cases)
    row = DecisionDraft() if draft is None else _own_draft(draft, version, by)
    row.base_id, row.xml, row.cases, row.reasons = base, xml, write_cases(cases), reasons.strip()
    row.state, row.drafted_at = DraftState.WAITING, at
    row.drafted_by, row.drafted_name, row.drafted_post = by.account, by.name, by.post
    row.reviewed_at, row.reviewed_by, row.reviewed_name, row.reviewed_post = None, "", "", ""
    row.save()
    facts = {"key": version.key, "draft": row.pk, "base": version.number, "reasons": row.reasons}
    append(actor=by, kind=DECISION_DRAFTED, subject=_subject(version), at=at, facts=facts)
    return row.pk


@transaction.atomic
def review_draft(
    *, draft: int, verdict: Literal["approve", "send_back"], reasons: str, by: Actor, at: datetime
) -> None:
    """Let a draft through to publication, or send it back with reasons.

    Raises:
        PostLacksPermission: the post may not review.
        DraftUnknown: there is no such draft.
        DrafterMayNotReview: who drafted it must not review it.
        DraftInOtherState: it does not wait for review.
        SendingBackNeedsReasons: it is sent back without a reason.
        VersionOutdated: another version is in force by now, so it can only be sent back.
    """
    guard(by, REVIEW_DECISION)
    row = _lock(draft)
    if by.account == row.drafted_by:
        raise DrafterMayNotReview
    _require_state(row, DraftState.WAITING)
    if verdict == "approve":
        _require_in_force(row.base_id)
    elif not reasons.strip():
        raise SendingBackNeedsReasons(field="reasons")
    row.state = DraftState.APPROVED if verdict == "approve" else DraftState.SENT_BACK
    row.reviewed_at, row.review = at, reasons.strip()
    row.reviewed_by, row.reviewed_name, row.reviewed_post = by.account, by.name, by.post
    row.save()
    version = get_version(row.base_id)
    facts = {"key": version.key, "draft": draft, "verdict": verdict, "reasons": row.review}
    append(actor=by, kind=DECISION_REVIEWED, subject=_subject(version), at=at, facts=facts)


@transaction.atomic
def publish_draft(*, draft: int, by: Actor, at: datetime) -> int:
    """Publish an approved draft as the next version and return that version's id.

    Raises:
        PostLacksPermission: the post may not publish.
        DraftUnknown: there is no such draft.
        DraftInOtherState: nobody approved it, or it is published already.
        VersionOutdated: another version was published since.
        DraftUnsound: what was approved does not come out any more.
    """
    guard(by, PUBLISH_DECISION)
    row = _lock(draft)
    _require_state(row, DraftState.APPROVED)
    base = get_version(row.base_id)
    number = f"第 {base.number + 1} 版"
    note_edit(kind="decision", key=base.key, published_as=number, by=by, at=at)
    _require_in_force(row.base_id)
    cases = read_cases(row.cases)
    _require_sound(base, bytes(row.xml), cases)
    row.version_id = put_version(
        key=base.key,
        title=base.title,
        xml=bytes(row.xml),
        decision=base.decision,
        citations=base.citations,
        optional=base.optional,
        cases=cases,
        by=by,
        at=at,
    )
    row.state = DraftState.PUBLISHED
    row.save()
    return row.version_id


def _subject(version: Version) -> str:
    return f"decision:{version.key}"


def _lock(draft: int) -> DecisionDraft:
    row = DecisionDraft.objects.select_for_update(of=("self",)).filter(id=draft).first()
    if row is None:
        raise DraftUnknown(draft=draft)
    return row


def _own_draft(draft: int, version: Version, by: Actor) -> DecisionDraft:
    row = _lock(draft)
    if row.drafted_by != by.account:
        raise DraftBelongsToAnother(by=row.drafted_name)
    if row.state not in {DraftState.WAITING, DraftState.SENT_BACK}:
        raise DraftInOtherState(state=row.get_state_display())
    if get_version(row.base_id).key != version.key:
        raise DraftUnknown(draft=draft)
    return row


def _require_state(row: DecisionDraft, state: DraftState) -> None:
    if row.state != state:
        raise DraftInOtherState(state=row.get_state_display())


def _require_in_force(base: int) -> Version:
    """Return the version, locked so that nobody publishes another at the same moment."""
    version = get_version(base)
    rows = DecisionVersion.objects.select_for_update().filter(key=version.key)
    newest = rows.order_by("-number").values_list("id", "number", "withdrawn_at").first()
    if newest is None or newest[0] != base or newest[2] is not None:
        number = newest[1] if newest else version.number
        raise VersionOutdated(title=version.title, number=number)
    return version


def _require_sound(base: Version, xml: bytes, cases: tuple[Case, ...]) -> None:
    found = examine(before=base.model, xml=xml, decision=base.decision, cases=cases)
    if not found.is_sound:
        raise DraftUnsound(title=base.title)
    if not found.changes and write_cases(cases) == write_cases(base.cases):
        raise DraftChangesNothing(title=base.title)

"""The second person: sends a draft back, or publishes it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.content.operations import note_edit
from shuzheng.support.workflow.models import DraftState, FlowDraft, FlowVersion
from shuzheng.support.workflow.operations.drafting import note_draft
from shuzheng.support.workflow.operations.locking import (
    lock_draft,
    require_in_force,
    require_own_department,
    require_sound,
    require_state,
)
from shuzheng.support.workflow.operations.publishing import put_version
from shuzheng.support.workflow.rules.draft_refusals import (
    DrafterMayNotReview,
    DraftUnknown,
    ReasonsMissing,
)
from shuzheng.support.workflow.rules.entries import FLOW_SENT_BACK, PUBLISH_FLOW, REVIEW_FLOW


@transaction.atomic
def send_back(*, draft: int, reasons: str, by: Actor, at: datetime) -> None:
    """Give a draft back to its drafter with reasons.

    Raises:
        PostLacksPermission, FlowOfOtherDepartment: the actor may not review this flow.
        DraftUnknown, DraftInOtherState: it does not wait for review.
        DrafterMayNotReview: who drafted it does not review it.
        ReasonsMissing: the drafter would not learn what to mend.
    """
    row = _lock_for_review(draft, by)
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    _sign(row, DraftState.SENT_BACK, reasons, by=by, at=at)
    note_draft(FLOW_SENT_BACK, row, by=by, at=at, reasons=row.review)


@transaction.atomic
def publish_draft(*, draft: int, review: str = "", by: Actor, at: datetime) -> int:
    """Publish a draft that waits for review as the next version and return that version's id.

    New cases start under it from now on; running cases keep theirs until they are migrated.

    Args:
        review: what the reviewer has to say, if anything.

    Raises:
        PostLacksPermission, FlowOfOtherDepartment: the actor may not review this flow.
        DraftUnknown, DraftInOtherState: it does not wait for review.
        DrafterMayNotReview: who drafted it does not publish it.
        VersionOutdated, FlowPublishedMeanwhile: another version was published since.
        DraftUnsound: what was sent does not run any more.
    """
    _guard_review(by)
    _note_edit(draft, by=by, at=at)
    row = _lock_for_review(draft, by)
    require_in_force(row)
    require_sound(row, at)
    row.version_id = put_version(
        key=row.key,
        title=row.title,
        xml=bytes(row.xml),
        process=row.process,
        department=row.department,
        notes={"draft": row.pk, "drafted_by": row.drafted_name, "reasons": row.reasons},
        by=by,
        at=at,
    )
    _sign(row, DraftState.PUBLISHED, review, by=by, at=at)
    return row.version_id


def _guard_review(by: Actor) -> None:
    if not by.may(PUBLISH_FLOW):
        guard(by, REVIEW_FLOW)


def _note_edit(draft: int, *, by: Actor, at: datetime) -> None:
    """Keep the city's files from undoing it; nobody applies content from here on."""
    key = FlowDraft.objects.filter(id=draft).values_list("key", flat=True).first()
    if key is None:
        raise DraftUnknown(draft=draft)
    number = FlowVersion.objects.filter(key=key).aggregate(newest=Max("number"))["newest"] or 0
    note_edit(kind="flow", key=key, published_as=f"第 {number + 1} 版", by=by, at=at)


def _lock_for_review(draft: int, by: Actor) -> FlowDraft:
    """Lock a draft for a reviewer of its department, or one who publishes for the whole city."""
    _guard_review(by)
    row = lock_draft(draft)
    if not by.may(PUBLISH_FLOW):
        require_own_department(row.department, row.title, by)
    if by.account == row.drafted_by:
        raise DrafterMayNotReview
    require_state(row, DraftState.WAITING)
    return row


def _sign(row: FlowDraft, state: DraftState, review: str, *, by: Actor, at: datetime) -> None:
    row.state, row.review, row.reviewed_at = state, review.strip(), at
    row.reviewed_by, row.reviewed_name, row.reviewed_post = by.account, by.name, by.post
    row.save()

"""The second person looks at a draft; then it is published."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.content.operations import note_edit
from shuzheng.support.decisions.models import DecisionDraft, DraftState
from shuzheng.support.decisions.operations.locking import (
    lock_draft,
    lock_version_in_force,
    note_draft,
    require_sound,
    require_state,
)
from shuzheng.support.decisions.operations.publishing import put_version
from shuzheng.support.decisions.queries import get_version
from shuzheng.support.decisions.rules import (
    DrafterMayNotReview,
    Publication,
    SendingBackNeedsReasons,
    read_cases,
    require_owner,
)
from shuzheng.support.decisions.rules.entries import (
    DRAFT_REVIEWED,
    PUBLISH_DECISION,
    REVIEW_DECISION,
)


@transaction.atomic
def review_draft(
    *, draft: int, verdict: Literal["approve", "send_back"], reasons: str, by: Actor, at: datetime
) -> None:
    """Let a draft through to publication, or send it back with reasons.

    Raises:
        PostLacksPermission, DecisionOfOtherDepartment: the actor may not review this decision.
        DraftUnknown: there is no such draft.
        DrafterMayNotReview: who drafted it must not review it.
        DraftInOtherState: it does not wait for review.
        SendingBackNeedsReasons: it is sent back without a reason.
        VersionOutdated: another version is in force by now, so it can only be sent back.
    """
    guard(by, REVIEW_DECISION)
    row = lock_draft(draft)
    base = get_version(row.base_id)
    require_owner(by, base.department, title=base.title)
    if by.account == row.drafted_by:
        raise DrafterMayNotReview
    require_state(row, DraftState.WAITING)
    if verdict == "approve":
        require_sound(lock_version_in_force(row.base_id), row)
    elif not reasons.strip():
        raise SendingBackNeedsReasons(field="reasons")
    _sign(row, verdict, reasons.strip(), by=by, at=at)
    facts = {"verdict": verdict, "reasons": row.review, "reviewed_by": row.reviewed_name}
    note_draft(DRAFT_REVIEWED, row, by=by, at=at, **facts)


def _sign(row: DecisionDraft, verdict: str, review: str, *, by: Actor, at: datetime) -> None:
    row.state = DraftState.APPROVED if verdict == "approve" else DraftState.SENT_BACK
    row.review, row.reviewed_at = review, at
    row.reviewed_by, row.reviewed_name, row.reviewed_post = by.account, by.name, by.post
    row.save()


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
    row = lock_draft(draft)
    require_state(row, DraftState.APPROVED)
    base = get_version(row.base_id)
    number = f"第 {base.number + 1} 版"
    note_edit(kind="decision", key=base.key, published_as=number, by=by, at=at)
    require_sound(lock_version_in_force(base.id), row)
    publication = Publication(
        key=base.key,
        title=base.title,
        department=base.department,
        xml=bytes(row.xml),
        decision=base.decision,
        citations=base.citations,
        optional=base.optional,
        words=base.words,
        cases=read_cases(row.cases),
    )
    row.version_id = put_version(publication, draft=row.pk, drafter=row.drafted_post, by=by, at=at)
    row.state = DraftState.PUBLISHED
    row.save()
    return row.version_id

"""Changing a table: saved sound or not, carried over to a newer version, sent for review."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.organisation.queries import list_posts_of_department
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.models import DecisionDraft, DraftState
from shuzheng.support.decisions.operations.locking import (
    lock_own_draft,
    lock_version_in_force,
    note_draft,
    require_sound,
)
from shuzheng.support.decisions.queries import get_decision, get_model_text, get_version
from shuzheng.support.decisions.rules import (
    DEFAULT_LIMITS,
    ChangeNeedsReasons,
    DraftNotOutdated,
    DraftSavedMeanwhile,
    DraftTooLarge,
    carry_over,
    require_owner,
)
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    DRAFT_DROPPED,
    DRAFT_RENEWED,
    DRAFT_SAVED,
    DRAFT_SENT,
    REVIEW_DECISION,
)

MODEL_SIZE = gettext_noop("模型字节数")
CASES_LENGTH = gettext_noop("用例字数")


@transaction.atomic
def save_draft(
    *,
    base: int,
    xml: bytes,
    cases: str,
    reasons: str = "",
    draft: int | None = None,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Keep a changed table and its examples as typed, sound or not, and return the draft's number.

    Args:
        base: id of the version that was changed; it need not be in force any more.
        cases: text of the examples, readable or not.
        draft: the own draft that is saved again; it keeps its base, and is taken back from review.
        revision: the saving that was opened; None saves over whatever there is.

    Raises:
        PostLacksPermission, DecisionOfOtherDepartment: the actor may not change this decision.
        VersionUnknown, DraftUnknown: there is no such version, or no such draft.
        DraftBelongsToAnother, DraftInOtherState: the draft is not theirs to change now.
        DraftSavedMeanwhile: another window has saved it since; nothing is overwritten.
        DraftTooLarge: it is larger than a model or its examples may be.
    """
    guard(by, DRAFT_DECISION)
    _require_small(xml, cases)
    row = _begin(base, by) if draft is None else lock_own_draft(draft, by)
    if revision is not None and revision != row.revision:
        raise DraftSavedMeanwhile(revision=row.revision)
    row.xml, row.cases, row.reasons = xml, cases, reasons.strip()
    row.revision, row.drafted_at, row.drafted_post = row.revision + 1, at, by.post
    if row.state == DraftState.WAITING:
        row.state = DraftState.DRAFTING
    row.save()
    note_draft(DRAFT_SAVED, row, by=by, at=at)
    return row.pk


def _require_small(xml: bytes, cases: str) -> None:
    if len(xml) > DEFAULT_LIMITS.model_bytes:
        raise DraftTooLarge(measure=MODEL_SIZE, limit=DEFAULT_LIMITS.model_bytes)
    if len(cases) > DEFAULT_LIMITS.cases_length:
        raise DraftTooLarge(measure=CASES_LENGTH, limit=DEFAULT_LIMITS.cases_length)


def _begin(base: int, by: Actor) -> DecisionDraft:
    version = get_version(base)
    require_owner(by, version.department, title=version.title)
    return DecisionDraft(
        base_id=base, drafted_by=by.account, drafted_name=by.name, drafted_post=by.post
    )


@transaction.atomic
def send_to_review(*, draft: int, by: Actor, at: datetime) -> None:
    """Ask another person of the department to look at the own draft.

    Raises:
        PostLacksPermission, DecisionOfOtherDepartment: the actor may not change this decision.
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to send now.
        ChangeNeedsReasons: why the rule changes is not said.
        VersionOutdated: another version is in force by now; the draft stays.
        DraftUnsound, DraftChangesNothing: there is nothing that could be published.
    """
    guard(by, DRAFT_DECISION)
    row = lock_own_draft(draft, by)
    if not row.reasons:
        raise ChangeNeedsReasons(field="reasons")
    base = lock_version_in_force(row.base_id)
    require_sound(base, row)
    row.state = DraftState.WAITING
    row.reviewed_at, row.reviewed_by, row.reviewed_name, row.reviewed_post = None, "", "", ""
    row.save()
    note_draft(
        DRAFT_SENT,
        row,
        by=by,
        at=at,
        drafted_by=row.drafted_name,
        reasons=row.reasons,
        reviewers=_reviewers(base.department),
    )


def _reviewers(department: str) -> list[str]:
    """Return the posts that may review decisions of a department."""
    posts = list_posts_of_department(department)
    return [post.code for post in posts if REVIEW_DECISION.key in post.permissions]


@transaction.atomic
def renew_draft(*, draft: int, by: Actor, at: datetime) -> None:
    """Carry the own draft's changes over to the version in force, to be looked through again.

    Raises:
        PostLacksPermission, DecisionOfOtherDepartment: the actor may not change this decision.
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to change now.
        VersionUnknown: the decision has been withdrawn.
        DraftNotOutdated: it changes the version in force.
    """
    guard(by, DRAFT_DECISION)
    row = lock_own_draft(draft, by)
    base, newer = get_version(row.base_id), get_decision(get_version(row.base_id).key)
    if newer.id == base.id:
        raise DraftNotOutdated
    row.xml = carry_over(
        base=get_model_text(base.id),
        newer=get_model_text(newer.id),
        draft=bytes(row.xml),
        decision=base.decision,
    )
    row.base_id, row.revision, row.drafted_at = newer.id, row.revision + 1, at
    if row.state == DraftState.WAITING:
        row.state = DraftState.DRAFTING
    row.save()
    note_draft(DRAFT_RENEWED, row, by=by, at=at)


@transaction.atomic
def drop_draft(*, draft: int, by: Actor, at: datetime) -> None:
    """Give up the own draft; it is kept, and nobody can change or publish it.

    Raises:
        PostLacksPermission, DecisionOfOtherDepartment: the actor may not change this decision.
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to drop.
    """
    guard(by, DRAFT_DECISION)
    row = lock_own_draft(draft, by)
    row.state = DraftState.DROPPED
    row.save()
    note_draft(DRAFT_DROPPED, row, by=by, at=at)

"""Drawing a change: only people of the department that owns the flow, each on their own draft."""

import re
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.support.workflow.models import DraftState, FlowDraft, FlowVersion
from shuzheng.support.workflow.operations.locking import (
    lock_own_draft,
    require_in_force,
    require_own_department,
    require_sound,
)
from shuzheng.support.workflow.operations.publishing import digest_of
from shuzheng.support.workflow.rules import FlowNotFound
from shuzheng.support.workflow.rules.draft_refusals import (
    DraftChangesNothing,
    DraftSavedMeanwhile,
    DrawingTooLarge,
    FlowKeyInvalid,
    FlowKeyTaken,
    ReasonsMissing,
)
from shuzheng.support.workflow.rules.entries import (
    DRAFT_FLOW,
    FLOW_DRAFT_DROPPED,
    FLOW_DRAFT_SAVED,
    FLOW_DRAFT_STARTED,
    FLOW_SENT_TO_REVIEW,
)
from shuzheng.support.workflow.rules.reading.xml import MAX_BYTES

KEY = re.compile(r"[a-z][a-z0-9_.-]{0,79}")
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    b' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    b' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    b' id="definitions" targetNamespace="https://shuzheng.org/flows">'
    b'<bpmn:process id="process" isExecutable="true"><bpmn:startEvent id="start"/></bpmn:process>'
    b'<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="process">'
    b'<bpmndi:BPMNShape id="start_shape" bpmnElement="start">'
    b'<dc:Bounds x="160" y="100" width="36" height="36"/></bpmndi:BPMNShape>'
    b"</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>\n"
)
"""What a new flow begins with."""


@transaction.atomic
def start_draft(*, key: str, by: Actor, at: datetime) -> int:
    """Begin a draft of the version in force and return its number.

    Raises:
        PostLacksPermission: the post may not draft.
        FlowNotFound: no version of that flow is in force.
        FlowOfOtherDepartment: another department owns the flow, or none.
    """
    guard(by, DRAFT_FLOW)
    base = FlowVersion.objects.filter(key=key, withdrawn_at=None).first()
    if base is None:
        raise FlowNotFound(flow=key)
    require_own_department(base.department, base.title, by)
    row = FlowDraft(
        base=base,
        key=key,
        title=base.title,
        department=base.department,
        process=base.process,
        xml=bytes(base.xml),
    )
    return _begin(row, by=by, at=at)


@transaction.atomic
def draft_new_flow(*, key: str, title: str, by: Actor, at: datetime) -> int:
    """Begin a flow that the actor's department will own and return the draft's number.

    Raises:
        PostLacksPermission: the post may not draft.
        FlowKeyInvalid, FlowKeyTaken: it cannot be called that.
    """
    guard(by, DRAFT_FLOW)
    require_own_department(by.department, title, by)
    if not KEY.fullmatch(key):
        raise FlowKeyInvalid(key=key, field="key")
    if FlowVersion.objects.filter(key=key).exists():
        raise FlowKeyTaken(key=key, field="key")
    row = FlowDraft(key=key, title=title.strip() or key, department=by.department, xml=EMPTY)
    return _begin(row, by=by, at=at)


def _begin(row: FlowDraft, *, by: Actor, at: datetime) -> int:
    row.drafted_at, row.drafted_by = at, by.account
    row.drafted_name, row.drafted_post = by.name, by.post
    row.save(force_insert=True)
    note_draft(FLOW_DRAFT_STARTED, row, by=by, at=at, base=row.base.number if row.base else 0)
    return row.pk


@transaction.atomic
def save_draft(
    *, draft: int, xml: bytes, revision: int | None = None, by: Actor, at: datetime
) -> int:
    """Keep the drawing as it is, sound or not, and return how often it has been saved.

    Args:
        revision: the saving that was opened; None saves over whatever there is.

    Raises:
        PostLacksPermission, FlowOfOtherDepartment: the actor may not draft this flow.
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to change now.
        DraftSavedMeanwhile: another window has saved it since.
        DrawingTooLarge: it is larger than a drawing may be.
    """
    guard(by, DRAFT_FLOW)
    row = lock_own_draft(draft, by)
    if revision is not None and revision != row.revision:
        raise DraftSavedMeanwhile(revision=row.revision)
    if len(xml) > MAX_BYTES:
        raise DrawingTooLarge
    row.xml, row.revision, row.drafted_at = xml, row.revision + 1, at
    row.save()
    facts = {"revision": row.revision, "digest": digest_of(xml, row.process)}
    note_draft(FLOW_DRAFT_SAVED, row, by=by, at=at, **facts)
    return row.revision


@transaction.atomic
def send_to_review(*, draft: int, reasons: str, by: Actor, at: datetime) -> None:
    """Ask another person to look at the draft and publish it.

    Raises:
        PostLacksPermission, FlowOfOtherDepartment: the actor may not draft this flow.
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to send now.
        ReasonsMissing: why the flow changes is not said.
        VersionOutdated: another version is in force by now.
        DraftUnsound, DraftChangesNothing: there is nothing that could be published.
    """
    guard(by, DRAFT_FLOW)
    row = lock_own_draft(draft, by)
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    require_in_force(row)
    require_sound(row, at)
    digest = digest_of(bytes(row.xml), row.process)
    if row.base is not None and row.base.digest == digest:
        raise DraftChangesNothing(title=row.title)
    row.state, row.reasons, row.drafted_at = DraftState.WAITING, reasons.strip(), at
    row.reviewed_at, row.reviewed_by, row.reviewed_name, row.reviewed_post = None, "", "", ""
    row.save()
    note_draft(FLOW_SENT_TO_REVIEW, row, by=by, at=at, reasons=row.reasons, digest=digest)


@transaction.atomic
def drop_draft(*, draft: int, by: Actor, at: datetime) -> None:
    """Give up the own draft; it is kept, and nobody can change or publish it.

    Raises:
        PostLacksPermission, FlowOfOtherDepartment: the actor may not draft this flow.
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to drop.
    """
    guard(by, DRAFT_FLOW)
    row = lock_own_draft(draft, by, DraftState.DRAFTING, DraftState.SENT_BACK, DraftState.WAITING)
    row.state = DraftState.DROPPED
    row.save(update_fields=["state"])
    note_draft(FLOW_DRAFT_DROPPED, row, by=by, at=at)


def note_draft(
    kind: EntryKind, row: FlowDraft, /, *, by: Actor, at: datetime, **facts: object
) -> None:
    """Append an entry about a draft."""
    told = {"key": row.key, "draft": row.pk, **facts}
    append(actor=by, kind=kind, subject=f"flow:{row.key}", at=at, facts=told)

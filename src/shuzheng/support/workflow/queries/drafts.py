"""Drafts of flows: what waits for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from shuzheng.support.workflow.models import DraftState, FlowDraft
from shuzheng.support.workflow.queries.versions import get_flow_version
from shuzheng.support.workflow.rules import read_flow
from shuzheng.support.workflow.rules.comparing import FlowChange, compare_flows
from shuzheng.support.workflow.rules.draft_refusals import DraftUnknown

OPEN = (DraftState.DRAFTING, DraftState.WAITING, DraftState.SENT_BACK)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft without its drawing.

    Attributes:
        state: drafting, waiting, sent_back, published or dropped.
        state_name: the state in words.
        base: id of the version it changes, None for a new flow; base_number its number.
        revision: how often it has been saved.
        drafted_by: account of the drafter.
        version: id of the version it was published as, None if it is not.
    """

    id: int
    key: str
    title: str
    department: str
    base: int | None
    base_number: int
    revision: int
    state: str
    state_name: str
    reasons: str
    drafted_at: datetime
    drafted_by: str
    drafted_name: str
    reviewed_at: datetime | None
    reviewed_name: str
    review: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its drawing."""

    row: DraftRow
    process: str
    xml: bytes


def get_draft(draft: int) -> Draft:
    """Return one draft.

    Raises:
        DraftUnknown: there is no such draft.
    """
    row = FlowDraft.objects.select_related("base").filter(id=draft).first()
    if row is None:
        raise DraftUnknown(draft=draft)
    return Draft(_row(row), row.process, bytes(row.xml))


def list_drafts(key: str = "", *, department: str = "") -> tuple[DraftRow, ...]:
    """Return the drafts still on their way, of one flow, one department, or all; newest first."""
    rows = _light().filter(state__in=OPEN)
    if key:
        rows = rows.filter(key=key)
    if department:
        rows = rows.filter(department=department)
    return tuple(map(_row, rows))


def compare_draft(draft: int) -> tuple[FlowChange, ...]:
    """Return what a draft changes against the version it was begun from; nothing for a new flow.

    Raises:
        DraftUnknown: there is no such draft.
        FlowInvalid: the drawing cannot be read as a flow yet.
    """
    found = get_draft(draft)
    if found.row.base is None:
        return ()
    before = get_flow_version(found.row.base).flow
    return compare_flows(before, read_flow(found.xml, process=found.process))


def _light() -> QuerySet[FlowDraft]:
    return FlowDraft.objects.select_related("base").defer("xml", "base__xml")


def _row(row: FlowDraft) -> DraftRow:
    return DraftRow(
        id=row.pk,
        key=row.key,
        title=row.title,
        department=row.department,
        base=row.base_id,
        base_number=row.base.number if row.base else 0,
        revision=row.revision,
        state=row.state,
        state_name=row.get_state_display(),
        reasons=row.reasons,
        drafted_at=row.drafted_at,
        drafted_by=row.drafted_by,
        drafted_name=row.drafted_name,
        reviewed_at=row.reviewed_at,
        reviewed_name=row.reviewed_name,
        review=row.review,
        version=row.version_id,
    )

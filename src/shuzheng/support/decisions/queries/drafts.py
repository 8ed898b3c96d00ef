"""Drafts of decisions: what waits for whom, and who stands behind a version."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from shuzheng.support.decisions.models import DecisionDraft, DraftState
from shuzheng.support.decisions.rules import DraftUnknown


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft without its model.

    Attributes:
        department: code of the department that owns the decision, empty if none does.
        state: drafting, waiting, sent_back, approved, published or dropped.
        state_name: the state in Chinese, to be said in the reader's language.
        base: id of the version it changes; base_number its number.
        is_outdated: another version has come into force since.
        revision: how often it was saved.
        drafted_by: account of the drafter.
        version_number: what it was published as, None if it is not.
    """

    id: int
    key: str
    title: str
    department: str
    base: int
    base_number: int
    is_outdated: bool
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
    version_number: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its model and its examples, both as typed: they may be unreadable."""

    row: DraftRow
    xml: bytes
    cases_text: str


def get_draft(draft: int) -> Draft:
    """Return one draft.

    Raises:
        DraftUnknown: there is no such draft.
    """
    row = DecisionDraft.objects.select_related("base", "version").filter(id=draft).first()
    if row is None:
        raise DraftUnknown(draft=draft)
    return Draft(_row(row), bytes(row.xml), row.cases)


def list_open_drafts(key: str = "") -> tuple[DraftRow, ...]:
    """Return the drafts on their way, of one decision or of all, the newest first."""
    rows = _light().exclude(state__in=(DraftState.PUBLISHED, DraftState.DROPPED))
    return tuple(map(_row, rows.filter(base__key=key) if key else rows))


def get_draft_of_version(version: int) -> DraftRow | None:
    """Return the draft a version was published from, None if it came with the city's content."""
    found = _light().filter(version=version).first()
    return None if found is None else _row(found)


def _light() -> QuerySet[DecisionDraft]:
    rows = DecisionDraft.objects.select_related("base", "version")
    return rows.defer("xml", "base__xml", "version__xml")


def _row(row: DecisionDraft) -> DraftRow:
    return DraftRow(
        id=row.pk,
        key=row.base.key,
        title=row.base.title,
        department=row.base.department,
        base=row.base.pk,
        base_number=row.base.number,
        is_outdated=row.base.withdrawn_at is not None,
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
        version_number=None if row.version is None else row.version.number,
    )

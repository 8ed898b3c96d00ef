"""Who changed what: the versions of a flow with the people behind each and the difference."""

from dataclasses import dataclass
from datetime import datetime

from shuzheng.support.workflow.models import FlowVersion as FlowVersionRow
from shuzheng.support.workflow.queries.versions import get_flow_version
from shuzheng.support.workflow.rules import FlowNotFound
from shuzheng.support.workflow.rules.comparing import FlowChange, compare_flows


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version and who stands behind it; one that came with the city's content has no drafter.

    Attributes:
        version: counts from 1 for each key.
        draft: number of the draft it was published from, None if there is none.
    """

    id: int
    key: str
    title: str
    version: int
    department: str
    published_at: datetime
    published_name: str
    is_in_force: bool
    draft: int | None
    drafted_name: str
    drafted_at: datetime | None
    reasons: str
    review: str


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """A version and what it changed against the one before it; nothing for the first."""

    version: VersionRow
    changes: tuple[FlowChange, ...]


def list_versions(key: str) -> tuple[VersionRow, ...]:
    """Return the versions of a flow, the newest first."""
    rows = FlowVersionRow.objects.filter(key=key).select_related("draft")
    return tuple(map(_row, rows.defer("xml", "draft__xml").order_by("-number")))


def get_version(version: int) -> VersionRow:
    """Return one version by its id.

    Raises:
        FlowNotFound: there is no such version.
    """
    rows = FlowVersionRow.objects.select_related("draft").defer("xml", "draft__xml")
    row = rows.filter(id=version).first()
    if row is None:
        raise FlowNotFound(flow=version)
    return _row(row)


def compare_versions(before: int, after: int) -> tuple[FlowChange, ...]:
    """Return what the version ``after`` changed against ``before``; both are ids of versions.

    Raises:
        FlowNotFound: there is no such version.
    """
    return compare_flows(get_flow_version(before).flow, get_flow_version(after).flow)


def list_changes(key: str) -> tuple[VersionChanges, ...]:
    """Return who changed what in a flow, the newest version first."""
    versions = list_versions(key)
    earlier = (*versions[1:], None)
    return tuple(
        VersionChanges(each, compare_versions(before.id, each.id) if before else ())
        for each, before in zip(versions, earlier, strict=True)
    )


def _row(row: FlowVersionRow) -> VersionRow:
    draft = getattr(row, "draft", None)
    return VersionRow(
        id=row.id,
        key=row.key,
        title=row.title,
        version=row.number,
        department=row.department,
        published_at=row.published_at,
        published_name=row.published_name,
        is_in_force=row.withdrawn_at is None,
        draft=draft.pk if draft else None,
        drafted_name=draft.drafted_name if draft else "",
        drafted_at=draft.drafted_at if draft else None,
        reasons=draft.reasons if draft else "",
        review=draft.review if draft else "",
    )

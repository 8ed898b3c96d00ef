"""What may be read of flows: versions compiled once in each process, drafts, differences."""

from shuzheng.support.workflow.queries.changes import (
    VersionChanges,
    VersionRow,
    compare_versions,
    get_version,
    list_changes,
    list_versions,
)
from shuzheng.support.workflow.queries.checking import check_drawing
from shuzheng.support.workflow.queries.drafts import (
    Draft,
    DraftRow,
    compare_draft,
    get_draft,
    list_drafts,
)
from shuzheng.support.workflow.queries.pictures import get_draft_picture, get_picture
from shuzheng.support.workflow.queries.versions import (
    FlowRow,
    FlowVersion,
    get_drawing,
    get_flow,
    get_flow_version,
    get_flows,
    list_flows,
)

__all__ = [
    "Draft",
    "DraftRow",
    "FlowRow",
    "FlowVersion",
    "VersionChanges",
    "VersionRow",
    "check_drawing",
    "compare_draft",
    "compare_versions",
    "get_draft",
    "get_draft_picture",
    "get_drawing",
    "get_flow",
    "get_flow_version",
    "get_flows",
    "get_picture",
    "get_version",
    "list_changes",
    "list_drafts",
    "list_flows",
    "list_versions",
]

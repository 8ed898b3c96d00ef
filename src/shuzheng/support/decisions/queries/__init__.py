"""Decisions as published, the runs of them, and the drafts of what comes next."""

from shuzheng.support.decisions.queries.drafts import (
    Draft,
    DraftRow,
    get_draft,
    get_draft_of_version,
    list_open_drafts,
)
from shuzheng.support.decisions.queries.published import (
    Version,
    VersionRow,
    get_decision,
    get_decision_on,
    get_model_text,
    get_numbered_version,
    get_version,
    list_decisions,
    list_versions,
)
from shuzheng.support.decisions.queries.runs import (
    Run,
    SetAside,
    get_run,
    list_runs_of_case,
    list_runs_of_decision,
    replay_run,
    run_of,
)

__all__ = [
    "Draft",
    "DraftRow",
    "Run",
    "SetAside",
    "Version",
    "VersionRow",
    "get_decision",
    "get_decision_on",
    "get_draft",
    "get_draft_of_version",
    "get_model_text",
    "get_numbered_version",
    "get_run",
    "get_version",
    "list_decisions",
    "list_open_drafts",
    "list_runs_of_case",
    "list_runs_of_decision",
    "list_versions",
    "replay_run",
    "run_of",
]

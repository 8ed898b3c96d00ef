"""Reads of cases without personal data: inbox, lists, progress."""

from shuzheng.support.cases.queries.desk import (
    HandOverRow,
    TaskRow,
    count_inbox,
    find_cases,
    get_task,
    list_cases,
    list_hand_overs,
    list_inbox,
)
from shuzheng.support.cases.queries.expecting import expected_on
from shuzheng.support.cases.queries.handing import (
    Candidate,
    HeldTask,
    get_held,
    list_candidates,
    list_held,
)
from shuzheng.support.cases.queries.helping import HelpedRow, list_helped_cases
from shuzheng.support.cases.queries.lists import list_cases_of_person, list_drafts_of_person
from shuzheng.support.cases.queries.migrations import (
    Doubt,
    MigrationRow,
    Option,
    StayingCase,
    get_migration,
    list_migrations,
    list_open_migrations,
    list_staying,
    list_waiting,
)
from shuzheng.support.cases.queries.plans import (
    MigrationPlan,
    PlannedGroup,
    PlannedMove,
    plan_draft,
    plan_migration,
)
from shuzheng.support.cases.queries.process_map import (
    MapStep,
    PostShare,
    ProcessMap,
    get_process_map,
    list_departments_of,
)
from shuzheng.support.cases.queries.progress import get_progress, get_state, list_published_rulings
from shuzheng.support.cases.queries.refused import RefusedService, list_refused_services
from shuzheng.support.cases.queries.rows import CaseRow, ClockRow, Progress, RulingRow
from shuzheng.support.cases.queries.running import count_running
from shuzheng.support.cases.queries.stuck import StuckCase, list_stuck, list_stuck_after
from shuzheng.support.cases.queries.trails import ElementState, FlowOfCase, get_flow_of_case
from shuzheng.support.cases.queries.vacancies import (
    VacantPost,
    list_vacant_posts,
    vacant_among,
)

__all__ = [
    "Candidate",
    "CaseRow",
    "ClockRow",
    "Doubt",
    "ElementState",
    "FlowOfCase",
    "HandOverRow",
    "HeldTask",
    "HelpedRow",
    "MapStep",
    "MigrationPlan",
    "MigrationRow",
    "Option",
    "PlannedGroup",
    "PlannedMove",
    "PostShare",
    "ProcessMap",
    "Progress",
    "RefusedService",
    "RulingRow",
    "StayingCase",
    "StuckCase",
    "TaskRow",
    "VacantPost",
    "count_inbox",
    "count_running",
    "expected_on",
    "find_cases",
    "get_flow_of_case",
    "get_held",
    "get_migration",
    "get_process_map",
    "get_progress",
    "get_state",
    "get_task",
    "list_candidates",
    "list_cases",
    "list_cases_of_person",
    "list_departments_of",
    "list_drafts_of_person",
    "list_hand_overs",
    "list_held",
    "list_helped_cases",
    "list_inbox",
    "list_migrations",
    "list_open_migrations",
    "list_published_rulings",
    "list_refused_services",
    "list_staying",
    "list_stuck",
    "list_stuck_after",
    "list_vacant_posts",
    "list_waiting",
    "plan_draft",
    "plan_migration",
    "vacant_among",
]

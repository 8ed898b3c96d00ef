"""Rows of cases as they leave the room: frozen, and without personal data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shuzheng.support.cases.rules import Light


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One period of a case with its words."""

    kind: str
    amount: int
    unit: str
    started_on: date
    due_on: date
    is_provisional: bool
    is_running: bool
    reference: str
    light: Light


@dataclass(frozen=True, slots=True)
class RulingRow:
    """A department's decision."""

    number: str
    title: str
    department: str
    is_granted: bool
    reasons: str
    reference: str
    remedies: str
    ruled_name: str
    ruled_on: date
    published_at: datetime | None
    published_holder: str
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """Time left out of a period, and why."""

    kind: str
    reason: str
    reference: str
    expected_working_days: int
    from_on: date
    to_on: date | None
    result: str


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """A longer period that was asked for, and what became of it."""

    words: str
    reasons: str
    reference: str
    state: str
    asked_at: datetime
    decided_name: str
    decided_at: datetime | None
    decision: str


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A remedy sought against a decision, and how it ended."""

    id: int
    kind: str
    organ: str
    reference: str
    sought_on: date
    result: str
    result_on: date | None
    consequence: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list."""

    id: int
    number: str
    root_number: str
    title: str
    department: str
    state: str
    state_label: str
    applicant_masked: str
    created_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    light: Light
    is_suspended: bool
    title_en: str = ""
    is_helped: bool = False


@dataclass(frozen=True, slots=True)
class TaskStep:
    """One task of the case, done or open."""

    id: int
    name: str
    post: str
    for_applicant: bool
    state: str
    due_on: date | None
    opened_at: datetime
    done_at: datetime | None
    done_name: str
    claimed_name: str
    escalated_to: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything of a case that is not personal."""

    case: CaseRow
    applicant_person: str
    matters: tuple[str, ...]
    variables: Mapping[str, Any]
    members: tuple["Progress", ...]
    clocks: tuple[ClockRow, ...]
    suspensions: tuple[SuspensionRow, ...]
    extensions: tuple[ExtensionRow, ...]
    remedies: tuple[RemedyRow, ...]
    tasks: tuple[TaskStep, ...]
    ruling: RulingRow | None
    correction: Mapping[str, Any] | None
    to_follow: Mapping[str, Any] | None
    commitment_check: Mapping[str, Any] | None
    hearing: Mapping[str, Any] | None
    visit: Mapping[str, Any] | None
    visit_plan: Mapping[str, Any] | None
    rating: int | None
    revision_id: int
    flow_id: int
    receipt_code: str
    archived_sha256: str

"""The runs of decisions: what was decided, and what any version decides of the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.decisions.models import DecisionRun
from shuzheng.support.decisions.queries.published import get_version
from shuzheng.support.decisions.rules import (
    MatchedRule,
    Note,
    Result,
    RunUnknown,
    Wording,
    note_from_json,
    select_inputs,
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A person's judgement in the place of a table's."""

    value: Any
    reasons: str
    by: str
    post: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A decision taken; values are JSON.

    Attributes:
        value: what holds now: the person's judgement if there is one, else the table's output.
        version: number of the version that decided.
        matched: the rules that decided, with their annotations.
        output: what the table said.
        words: what people call the values, as that version has them.
        answers: name of the decision in the model, under which a value without a name is found.
    """

    id: int
    decision: str
    title: str
    version: int
    version_id: int
    case: str
    inputs: Mapping[str, Any]
    value: Any
    output: Any
    words: Wording
    answers: str
    matched: tuple[MatchedRule, ...]
    notes: tuple[Note, ...]
    decided_at: datetime
    set_aside: SetAside | None


def list_runs_of_case(case: str) -> tuple[Run, ...]:
    """Return the decisions taken in a case, in their order."""
    rows = DecisionRun.objects.select_related("version").defer("version__xml").filter(case=case)
    return tuple(map(run_of, rows)) if case else ()


def list_runs_of_decision(key: str, *, limit: int = 50) -> tuple[Run, ...]:
    """Return the last runs of a decision, the newest first."""
    rows = DecisionRun.objects.select_related("version").defer("version__xml")
    return tuple(map(run_of, rows.filter(version__key=key).order_by("-id")[:limit]))


def get_run(run: int) -> Run:
    """Return one run.

    Raises:
        RunUnknown: there is no such run.
    """
    rows = DecisionRun.objects.select_related("version").defer("version__xml")
    row = rows.filter(id=run).first()
    if row is None:
        raise RunUnknown(run=run)
    return run_of(row)


def replay_run(run: int, *, version: int | None = None) -> Result:
    """Decide again as it was decided: the same inputs and moment; nothing is written.

    Args:
        version: id of the version to decide by; the one that decided if not said.

    Raises:
        RunUnknown, VersionUnknown: there is no such run or version.
        InputMissing, InputOfWrongType: another version asks for what was not given then.
    """
    found = get_run(run)
    by = get_version(found.version_id if version is None else version)
    inputs = select_inputs(by.model, by.decision, found.inputs, optional=by.optional)
    moment = found.decided_at.astimezone(get_calendar().zone)
    return by.model.decide(by.decision, inputs, at=moment)


def run_of(row: DecisionRun) -> Run:
    """Return the frozen form of a row."""
    aside = None
    if row.set_aside_at is not None:
        aside = SetAside(
            row.set_aside_value,
            row.set_aside_reasons,
            row.set_aside_by,
            row.set_aside_post,
            row.set_aside_at,
        )
    return Run(
        id=row.pk,
        decision=row.version.key,
        title=row.version.title,
        version=row.version.number,
        version_id=row.version.pk,
        case=row.case,
        inputs=row.inputs,
        value=row.output if aside is None else aside.value,
        output=row.output,
        words=row.version.words,
        answers=row.version.decision,
        matched=tuple(MatchedRule(**each) for each in row.matched),
        notes=tuple(map(note_from_json, row.notes)),
        decided_at=row.decided_at,
        set_aside=aside,
    )

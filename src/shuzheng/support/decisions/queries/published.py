"""Published decisions, compiled once in each process, and the runs of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.decisions.models import DecisionRun, DecisionVersion
from shuzheng.support.decisions.rules import (
    Case,
    MatchedRule,
    Model,
    Note,
    Result,
    RunUnknown,
    VersionUnknown,
    note_from_json,
    read_cases,
    read_model,
    select_inputs,
)

COMPILED_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Version:
    """A published version and its compiled model.

    Attributes:
        number: counts from 1 for each key.
        department: code of the department that owns it, empty if none does.
        decision: name of the decision in the model.
        digest: SHA-256 of the model, hexadecimal.
        citations: references to the law the decision rests on, as printed.
        optional: names of inputs that may be absent.
        cases: examples that must come out before a next version is published in the browser.
    """

    id: int
    key: str
    number: int
    title: str
    department: str
    decision: str
    digest: str
    citations: tuple[str, ...]
    optional: tuple[str, ...]
    cases: tuple[Case, ...]
    published_at: datetime
    model: Model


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version without its model, for lists."""

    id: int
    key: str
    number: int
    title: str
    published_at: datetime
    is_in_force: bool


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
    matched: tuple[MatchedRule, ...]
    notes: tuple[Note, ...]
    decided_at: datetime
    set_aside: SetAside | None


def get_decision(key: str) -> Version:
    """Return the version of a decision that is in force.

    Raises:
        VersionUnknown: there is none.
    """
    found = DecisionVersion.objects.filter(key=key, withdrawn_at=None).values_list("id").first()
    if found is None:
        raise VersionUnknown(decision=key)
    return get_version(found[0])


def get_decision_on(key: str, *, at: datetime) -> Version:
    """Return the version that was in force at a moment.

    Raises:
        VersionUnknown: there was none.
    """
    rows = DecisionVersion.objects.filter(key=key, published_at__lte=at).order_by("-number")
    found = rows.values_list("id", "withdrawn_at").first()
    if found is None or (found[1] is not None and found[1] <= at):
        raise VersionUnknown(decision=key)
    return get_version(found[0])


def get_numbered_version(key: str, number: int) -> Version:
    """Return the version of that number.

    Raises:
        VersionUnknown: there is none.
    """
    found = DecisionVersion.objects.filter(key=key, number=number).values_list("id").first()
    if found is None:
        raise VersionUnknown(decision=key)
    return get_version(found[0])


@lru_cache(maxsize=COMPILED_AT_ONCE)
def get_version(version_id: int) -> Version:
    """Return one version; a version never changes, so it is compiled once in each process.

    Raises:
        VersionUnknown: there is no such version.
    """
    row = DecisionVersion.objects.filter(id=version_id).first()
    if row is None:
        raise VersionUnknown(decision=version_id)
    return Version(
        row.id,
        row.key,
        row.number,
        row.title,
        row.department,
        row.decision,
        row.digest,
        tuple(row.citations),
        tuple(row.optional),
        read_cases(row.cases),
        row.published_at,
        read_model(bytes(row.xml)),
    )


def get_model_text(version_id: int) -> bytes:
    """Return the DMN text of a version, byte for byte as it was published.

    Raises:
        VersionUnknown: there is no such version.
    """
    xml = DecisionVersion.objects.filter(id=version_id).values_list("xml", flat=True).first()
    if xml is None:
        raise VersionUnknown(decision=version_id)
    return bytes(xml)


def list_decisions() -> tuple[VersionRow, ...]:
    """Return all versions of all decisions, by key, the newest first."""
    return tuple(map(_row, DecisionVersion.objects.defer("xml")))


def list_versions(key: str) -> tuple[VersionRow, ...]:
    """Return the versions of one decision, the newest first."""
    return tuple(map(_row, DecisionVersion.objects.defer("xml").filter(key=key)))


def _row(row: DecisionVersion) -> VersionRow:
    return VersionRow(
        row.pk, row.key, row.number, row.title, row.published_at, row.withdrawn_at is None
    )


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
        matched=tuple(MatchedRule(**each) for each in row.matched),
        notes=tuple(map(note_from_json, row.notes)),
        decided_at=row.decided_at,
        set_aside=aside,
    )

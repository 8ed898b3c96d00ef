"""Taking decisions, looking at them, setting them aside."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import NewEntry, append, append_all
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.models import DecisionRun, DecisionVersion
from shuzheng.support.decisions.queries import (
    Run,
    Version,
    get_decision,
    get_run,
    run_of,
)
from shuzheng.support.decisions.rules import (
    ReasonsMissing,
    Result,
    RunSetAsideAlready,
    RunUnknown,
    VisitorMayNotDecide,
    from_python,
    note_to_json,
    require_outcome,
    select_inputs,
    to_json,
)
from shuzheng.support.decisions.rules.entries import (
    DECISION_MADE,
    DECISION_READ,
    DECISION_SET_ASIDE,
    SEE_DECISIONS,
    SET_ASIDE_DECISION,
)


@transaction.atomic
def decide(
    *, decision: str, inputs: Mapping[str, Any], case: str = "", by: Actor, at: datetime
) -> Run:
    """Decide by the version in force and keep the run: inputs, rules, output, version.

    Args:
        decision: key of a published decision.
        inputs: values by name; only those the decision rests on are used and kept.
        case: number of the case it is taken for.

    Raises:
        VisitorMayNotDecide: nobody is signed in.
        VersionUnknown: no such decision is in force.
        InputMissing, InputOfWrongType: an input is absent or does not fit.
        NoRuleMatches, RulesConflict: the table has a gap there, or contradicts itself.
        EvaluationTooLong: the limits were reached.
    """
    run, made = decide_within(decision=decision, inputs=inputs, case=case, by=by, at=at)
    append_all([made])
    return run


def decide_within(
    *, decision: str, inputs: Mapping[str, Any], case: str, by: Actor, at: datetime
) -> tuple[Run, NewEntry]:
    """Decide within the caller's transaction, which appends the entry with its own; see `decide`.

    Whatever is refused is refused before anything is written.
    """
    if by.kind == "visitor":
        raise VisitorMayNotDecide
    version = get_decision(decision)
    used = select_inputs(version.model, version.decision, inputs, optional=version.optional)
    moment = at.astimezone(get_calendar().zone)
    result = version.model.decide(version.decision, used, at=moment)
    require_outcome(version.model, version.decision, result)
    row = _keep(version, used, result, case=case, by=by, at=at)
    return run_of(row), _made(row, version, by=by, at=at)


def _keep(
    version: Version, used: Mapping[str, Any], result: Result, *, case: str, by: Actor, at: datetime
) -> DecisionRun:
    known = DecisionVersion(
        id=version.id,
        key=version.key,
        title=version.title,
        number=version.number,
        decision=version.decision,
        words=version.words,
    )
    row = DecisionRun(
        version=known,
        case=case,
        inputs=to_json(dict(used)),
        matched=[asdict(rule) for rule in result.matched],
        notes=list(map(note_to_json, result.notes)),
        output=to_json(result.value),
        decided_at=at,
        account=by.account,
        post=by.post,
    )
    row.save(force_insert=True)
    return row


def _made(row: DecisionRun, version: Version, *, by: Actor, at: datetime) -> NewEntry:
    return NewEntry(
        actor=by,
        kind=DECISION_MADE,
        subject=f"decision:{version.key}",
        at=at,
        case=row.case,
        facts={
            "decision": version.key,
            "version": version.number,
            "run": row.pk,
            "rules": [f"{rule['table']}#{rule['number']}" for rule in row.matched],
            "value": row.output,
        },
    )


@transaction.atomic
def open_run(*, run: int, by: Actor, at: datetime) -> Run:
    """Return one run to a post that may see it; its inputs are of a case, so the look is noted.

    Raises:
        PostLacksPermission: the post may not see decisions.
        RunUnknown: there is no such run.
    """
    guard(by, SEE_DECISIONS)
    found = get_run(run)
    append(
        actor=by,
        kind=DECISION_READ,
        subject=f"decision:{found.decision}",
        at=at,
        case=found.case,
        purpose=gettext_noop("查看决策理由"),
        facts={"decision": found.decision, "run": run},
    )
    return found


@transaction.atomic
def set_aside(*, run: int, value: Any, reasons: str, by: Actor, at: datetime) -> Run:
    """Put a person's judgement in the place of a run's output, with reasons.

    Source: 个人信息保护法(2021-08-20) 第二十四条第三款.

    Raises:
        PostLacksPermission: the post may not do so.
        ReasonsMissing: no reasons are given.
        RunUnknown: there is no such run.
        RunSetAsideAlready: somebody did so before; the first judgement stands.
    """
    guard(by, SET_ASIDE_DECISION)
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    row = DecisionRun.objects.select_for_update(of=("self",)).filter(id=run).first()
    if row is None:
        raise RunUnknown(run=run)
    if row.set_aside_at is not None:
        raise RunSetAsideAlready(run=run, by=row.set_aside_by)
    row.set_aside_value = to_json(from_python(value))
    row.set_aside_reasons = reasons.strip()
    row.set_aside_by, row.set_aside_post = by.name or by.account, by.post
    row.set_aside_at = at
    row.save()
    _note_set_aside(row, by=by, at=at)
    return run_of(row)


def _note_set_aside(row: DecisionRun, *, by: Actor, at: datetime) -> None:
    append(
        actor=by,
        kind=DECISION_SET_ASIDE,
        subject=f"decision:{row.version.key}",
        at=at,
        case=row.case,
        facts={
            "decision": row.version.key,
            "run": row.pk,
            "before": row.output,
            "value": row.set_aside_value,
            "reasons": row.set_aside_reasons,
        },
    )

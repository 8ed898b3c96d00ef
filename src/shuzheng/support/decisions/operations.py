"""Taking decisions, setting them aside, publishing and withdrawing them."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.decisions.models import DecisionRun, DecisionVersion
from shuzheng.support.decisions.queries import (
    Run,
    Version,
    get_decision,
    get_run,
    get_version,
    run_of,
)
from shuzheng.support.decisions.rules import (
    Case,
    DecisionUnknown,
    Model,
    ReasonsMissing,
    Result,
    RunSetAsideAlready,
    RunUnknown,
    VisitorMayNotDecide,
    from_python,
    read_model,
    require_outcome,
    select_inputs,
    to_json,
    write_cases,
)
from shuzheng.support.decisions.rules.entries import (
    DECISION_MADE,
    DECISION_PUBLISHED,
    DECISION_READ,
    DECISION_SET_ASIDE,
    DECISION_WITHDRAWN,
    PUBLISH_DECISION,
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
    if by.kind == "visitor":
        raise VisitorMayNotDecide
    version = get_decision(decision)
    used = select_inputs(version.model, version.decision, inputs, optional=version.optional)
    moment = at.astimezone(get_calendar().zone)
    result = version.model.decide(version.decision, used, at=moment)
    require_outcome(version.model, version.decision, result)
    row = _keep(version, used, result, case=case, by=by, at=at)
    _note_made(row, version, by=by, at=at)
    return run_of(row)


def _keep(
    version: Version, used: Mapping[str, Any], result: Result, *, case: str, by: Actor, at: datetime
) -> DecisionRun:
    row = DecisionRun(
        version_id=version.id,
        case=case,
        inputs=to_json(from_python(dict(used))),
        matched=[asdict(rule) for rule in result.matched],
        notes=[f"{note.code}: {note.message}" for note in result.notes],
        output=to_json(result.value),
        decided_at=at,
        account=by.account,
        post=by.post,
    )
    row.save(force_insert=True)
    return row


def _note_made(row: DecisionRun, version: Version, *, by: Actor, at: datetime) -> None:
    append(
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
        purpose="查看决策理由",
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


@transaction.atomic
def publish_decision(
    *,
    key: str,
    title: str,
    xml: bytes,
    decision: str = "",
    citations: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
    cases: tuple[Case, ...] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Publish a model as the next version and return its id; earlier runs keep theirs.

    Publishing what is in force again changes nothing but the title and the examples.

    Raises:
        PostLacksPermission: the post may not publish decisions.
        ModelHostile, ModelInvalid: the model cannot be used; nothing is published.
        DecisionUnknown: it has no decision of that name.
    """
    guard(by, PUBLISH_DECISION)
    return put_version(
        key=key,
        title=title,
        xml=xml,
        decision=decision,
        citations=citations,
        optional=optional,
        cases=cases,
        by=by,
        at=at,
    )


@transaction.atomic
def put_version(
    *,
    key: str,
    title: str,
    xml: bytes,
    decision: str = "",
    citations: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
    cases: tuple[Case, ...] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Publish as part of a content change, which has been permitted as a whole."""
    name = decision_in(read_model(xml), key=key, decision=decision)
    kept = write_cases(cases)
    digest = hashlib.sha256(b"\0".join((xml, name.encode(), repr((citations, optional)).encode())))
    newest = DecisionVersion.objects.select_for_update().filter(key=key).order_by("-number").first()
    if newest is not None and newest.withdrawn_at is None:
        if newest.digest == digest.hexdigest():
            DecisionVersion.objects.filter(id=newest.pk).update(title=title, cases=kept)
            get_version.cache_clear()
            return newest.pk
        DecisionVersion.objects.filter(id=newest.pk).update(withdrawn_at=at)
    version = DecisionVersion.objects.create(
        key=key,
        number=newest.number + 1 if newest else 1,
        title=title,
        decision=name,
        digest=digest.hexdigest(),
        xml=xml,
        citations=list(citations),
        optional=list(optional),
        cases=kept,
        published_at=at,
    )
    _note_published(version, by=by, at=at)
    return version.pk


def decision_in(model: Model, *, key: str, decision: str) -> str:
    """Return the name of the decision that is meant: the named one, the key's, or the only one.

    Raises:
        DecisionUnknown: the model has none of that name, or several.
    """
    wanted = decision or key
    if wanted in model.decisions:
        return wanted
    if not decision and len(model.decisions) == 1:
        return model.decisions[0]
    raise DecisionUnknown(name=wanted)


def _note_published(version: DecisionVersion, *, by: Actor, at: datetime) -> None:
    append(
        actor=by,
        kind=DECISION_PUBLISHED,
        subject=f"decision:{version.key}",
        at=at,
        facts={"key": version.key, "version": version.number, "digest": version.digest},
    )


@transaction.atomic
def withdraw_decision(*, key: str, by: Actor, at: datetime) -> None:
    """Take a decision out of force; its runs stay. Withdrawing twice is harmless.

    Raises:
        PostLacksPermission: the post may not publish decisions.
    """
    guard(by, PUBLISH_DECISION)
    take_back(key=key, by=by, at=at)


@transaction.atomic
def take_back(*, key: str, by: Actor, at: datetime) -> None:
    """Withdraw as part of a content change, which has been permitted as a whole."""
    if DecisionVersion.objects.filter(key=key, withdrawn_at=None).update(withdrawn_at=at):
        append(
            actor=by, kind=DECISION_WITHDRAWN, subject=f"decision:{key}", at=at, facts={"key": key}
        )

"""Publishing and withdrawing decisions."""

import hashlib
import json
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.decisions.models import DecisionVersion
from shuzheng.support.decisions.rules import (
    DecisionUnknown,
    Model,
    Publication,
    read_model,
    write_cases,
)
from shuzheng.support.decisions.rules.entries import (
    DECISION_PUBLISHED,
    DECISION_WITHDRAWN,
    PUBLISH_DECISION,
)


@transaction.atomic
def publish_decision(publication: Publication, *, by: Actor, at: datetime) -> int:
    """Publish a model as the next version and return its id; earlier runs keep theirs.

    Publishing again what is in force changes nothing.

    Raises:
        PostLacksPermission: the post may not publish decisions.
        ModelHostile, ModelInvalid: the model cannot be used; nothing is published.
        DecisionUnknown: it has no decision of that name.
    """
    guard(by, PUBLISH_DECISION)
    return put_version(publication, by=by, at=at)


@transaction.atomic
def put_version(
    publication: Publication,
    *,
    draft: int | None = None,
    drafter: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Publish as part of a change that has been permitted as a whole: content, or a draft.

    Args:
        draft: number of the draft it comes from; drafter is the post that is told.
    """
    version = _version(publication)
    standing = _supersede(version, at=at)
    if standing is not None:
        return standing
    version.published_at = at
    version.save(force_insert=True)
    facts = {
        "key": version.key,
        "title": version.title,
        "version": version.number,
        "digest": version.digest,
        "draft": draft,
        "drafter": drafter,
    }
    append(actor=by, kind=DECISION_PUBLISHED, subject=f"decision:{version.key}", at=at, facts=facts)
    return version.pk


def _version(said: Publication) -> DecisionVersion:
    model = read_model(said.xml)
    version = DecisionVersion(
        key=said.key,
        title=said.title,
        department=said.department,
        decision=decision_in(model, key=said.key, decision=said.decision),
        xml=said.xml,
        citations=list(said.citations),
        optional=list(said.optional),
        words={name: dict(each) for name, each in said.words.items()},
        cases=write_cases(said.cases),
    )
    version.digest = _digest(version)
    return version


def _supersede(version: DecisionVersion, *, at: datetime) -> int | None:
    """Number a version after the newest and withdraw that one; return it if it says the same."""
    versions = DecisionVersion.objects.filter(key=version.key)
    newest = versions.select_for_update().order_by("-number").first()
    if newest is not None and newest.withdrawn_at is None:
        if newest.digest == version.digest:
            return newest.pk
        versions.filter(id=newest.pk).update(withdrawn_at=at)
    version.number = newest.number + 1 if newest else 1
    return None


def _digest(version: DecisionVersion) -> str:
    """Return the SHA-256 of all that a version says; who reads it later is shown just that."""
    said = (
        *(version.title, version.department, version.decision),
        *(version.citations, version.optional, version.cases),
        *([version.words] if version.words else ()),
    )
    text = json.dumps(said, ensure_ascii=False)
    return hashlib.sha256(text.encode() + b"\0" + bytes(version.xml)).hexdigest()


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

"""Publishing and withdrawing flows."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.workflow.models import FlowVersion
from shuzheng.support.workflow.rules import (
    Flow,
    FlowInvalid,
    FlowProblem,
    FlowPublishedMeanwhile,
    read_flow,
)
from shuzheng.support.workflow.rules.entries import FLOW_PUBLISHED, FLOW_WITHDRAWN, PUBLISH_FLOW

UseCheck = Callable[[str, Flow], Iterable[FlowProblem]]
_use_checks: list[UseCheck] = []


def use_check(check: UseCheck) -> None:
    """Say what else is wrong with a drawing as the flow of a key, by what it is there for.

    Told by `site`, for rooms above know it. Content is checked with its matters beside it.
    """
    _use_checks[:] = [check]


def problems_in_use(key: str, flow: Flow) -> tuple[FlowProblem, ...]:
    """Return what keeps a drawing from being the flow of that key."""
    return tuple(problem for check in _use_checks for problem in check(key, flow))


@transaction.atomic
def publish_flow(
    *,
    key: str,
    title: str,
    xml: bytes,
    process: str = "",
    department: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Publish a drawing as the next version and return its id; running cases keep theirs.

    Publishing the drawing that is in force again only renames it.

    Raises:
        PostLacksPermission: the post may not publish flows.
        FlowInvalid: the drawing cannot be run; nothing is published.
        FlowPublishedMeanwhile: somebody published the same flow at this moment.
    """
    guard(by, PUBLISH_FLOW)
    problems = problems_in_use(key, read_flow(xml, process=process))
    if problems:
        raise FlowInvalid(problems)
    return put_version(
        key=key, title=title, xml=xml, process=process, department=department, by=by, at=at
    )


@transaction.atomic
def put_version(
    *,
    key: str,
    title: str,
    xml: bytes,
    process: str = "",
    department: str = "",
    notes: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Publish as part of a content change or a reviewed draft, which has been permitted.

    Args:
        department: code of the department that owns the flow.
        notes: what else the journal says of the publication.
    """
    read_flow(xml, process=process)
    digest = digest_of(xml, process)
    newest = FlowVersion.objects.select_for_update().filter(key=key).order_by("-number").first()
    if newest is not None and newest.withdrawn_at is None:
        if newest.digest == digest:
            same = FlowVersion.objects.filter(id=newest.id)
            same.update(title=title, department=department)
            return newest.id
        FlowVersion.objects.filter(id=newest.id).update(withdrawn_at=at)
    version = FlowVersion(
        key=key,
        title=title,
        department=department,
        process=process,
        number=newest.number + 1 if newest else 1,
        digest=digest,
        xml=xml,
    )
    return _add(version, notes or {}, by=by, at=at)


def digest_of(xml: bytes, process: str = "") -> str:
    """Return the SHA-256 that tells versions apart, hexadecimal."""
    return hashlib.sha256(xml + process.encode()).hexdigest()


def _add(version: FlowVersion, notes: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    version.published_at = at
    version.published_by = by.account
    version.published_name = by.name or by.account
    version.published_post = by.post
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        raise FlowPublishedMeanwhile(flow=version.key) from error
    facts = {"key": version.key, "version": version.number, "digest": version.digest, **notes}
    append(actor=by, kind=FLOW_PUBLISHED, subject=f"flow:{version.key}", at=at, facts=facts)
    return version.id


@transaction.atomic
def withdraw_flow(*, key: str, by: Actor, at: datetime) -> None:
    """Let no new case start under a flow; running cases go on. Withdrawing twice is harmless."""
    guard(by, PUBLISH_FLOW)
    take_back(key=key, by=by, at=at)


@transaction.atomic
def take_back(*, key: str, by: Actor, at: datetime) -> None:
    """Withdraw as part of a content change, which has been permitted as a whole."""
    if FlowVersion.objects.filter(key=key, withdrawn_at=None).update(withdrawn_at=at):
        append(actor=by, kind=FLOW_WITHDRAWN, subject=f"flow:{key}", at=at, facts={"key": key})

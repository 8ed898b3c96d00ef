"""Publishing and withdrawing flows."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.workflow.models import FlowVersion
from shuzheng.support.workflow.rules import FlowPublishedMeanwhile, read_flow
from shuzheng.support.workflow.rules.entries import FLOW_PUBLISHED, FLOW_WITHDRAWN, PUBLISH_FLOW


@transaction.atomic
def publish_flow(
    *, key: str, title: str, xml: bytes, process: str = "", by: Actor, at: datetime
) -> int:
    """Publish a drawing as the next version and return its id; running cases keep theirs.

    Publishing the drawing that is in force again only renames it.

    Raises:
        PostLacksPermission: the post may not publish flows.
        FlowInvalid: the drawing cannot be run; nothing is published.
        FlowPublishedMeanwhile: somebody published the same flow at this moment.
    """
    guard(by, PUBLISH_FLOW)
    return put_version(key=key, title=title, xml=xml, process=process, by=by, at=at)


@transaction.atomic
def put_version(
    *, key: str, title: str, xml: bytes, process: str = "", by: Actor, at: datetime
) -> int:
    """Publish as part of a content change, which has been permitted as a whole."""
    read_flow(xml, process=process)
    digest = hashlib.sha256(xml + process.encode()).hexdigest()
    newest = FlowVersion.objects.select_for_update().filter(key=key).order_by("-number").first()
    if newest is not None and newest.withdrawn_at is None:
        if newest.digest == digest:
            FlowVersion.objects.filter(id=newest.id).update(title=title)
            return newest.id
        FlowVersion.objects.filter(id=newest.id).update(withdrawn_at=at)
    return _add(newest, key, title, xml, process, digest, by, at)


def _add(
    newest: FlowVersion | None,
    key: str,
    title: str,
    xml: bytes,
    process: str,
    digest: str,
    by: Actor,
    at: datetime,
) -> int:
    number = newest.number + 1 if newest else 1
    try:
        with transaction.atomic():
            version = FlowVersion.objects.create(
                key=key,
                title=title,
                process=process,
                number=number,
                digest=digest,
                xml=xml,
                published_at=at,
            )
    except IntegrityError as error:
        raise FlowPublishedMeanwhile(flow=key) from error
    append(
        actor=by,
        kind=FLOW_PUBLISHED,
        subject=f"flow:{key}",
        at=at,
        facts={"key": key, "version": number, "digest": digest},
    )
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

"""Publish and withdraw versions of matters."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value

from shuzheng.infrastructure.access.rules import Actor, declare_permission, guard
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.words import cut
from shuzheng.support.matters.models import MatterRevision

PUBLISH_MATTER = declare_permission("matters.publish", "发布和撤下事项")
PUBLISHED = declare_entry_kind("matter.published", "发布事项", facts=("title", "version"))
WITHDRAWN = declare_entry_kind("matter.withdrawn", "撤下事项")


@transaction.atomic
def publish_matter(
    *,
    kind: str,
    key: str,
    title: str,
    department: str,
    valid_from: date,
    words: tuple[str, ...],
    digest: str,
    body: Mapping[str, Any],
    questions: Mapping[str, Any],
    form: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> int:
    """Publish a new version; running cases keep theirs. Returns the version's id."""
    guard(by, PUBLISH_MATTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"matter:{kind}:{key}"])
    last = MatterRevision.objects.filter(kind=kind, key=key).order_by("-version").first()
    revision = MatterRevision.objects.create(
        kind=kind,
        key=key,
        version=(last.version if last else 0) + 1,
        valid_from=valid_from,
        title=title,
        department=department,
        digest=digest,
        is_offered=body.get("offered", True),
        body=dict(body),
        questions=json.dumps(dict(questions), ensure_ascii=False),
        form=json.dumps(dict(form), ensure_ascii=False),
        words=_searched((title,), "A") + _searched(words, "B"),
        published_at=at,
    )
    facts = {"title": title, "version": revision.version}
    journal.append(actor=by, kind=PUBLISHED, subject=f"{kind}:{key}", at=at, facts=facts)
    return revision.pk


def _searched(texts: tuple[str, ...], weight: str) -> SearchVector:
    words = " ".join(word for text in texts for word in cut(text))
    return SearchVector(Value(words), weight=weight, config="simple")


@transaction.atomic
def withdraw_matter(*, kind: str, key: str, by: Actor, at: datetime) -> None:
    """Take a matter out of the guide; its running cases go on under their version."""
    guard(by, PUBLISH_MATTER)
    MatterRevision.objects.filter(kind=kind, key=key).update(is_withdrawn=True)
    journal.append(actor=by, kind=WITHDRAWN, subject=f"{kind}:{key}", at=at)

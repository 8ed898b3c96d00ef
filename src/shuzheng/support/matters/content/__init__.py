"""Read ``matters/*.yaml`` and ``bundles/*.yaml``."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import ContentKind, Item, register_kind
from shuzheng.support.matters import operations
from shuzheng.support.matters.content.checking import check_bundle, check_matter
from shuzheng.support.matters.models import MatterRevision
from shuzheng.support.matters.rules import Bundle, Matter
from shuzheng.support.matters.rules.readable import texts_of_bundle, texts_of_form, texts_of_matter


def _schema(item: Item, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(item.read(name))
    return schema


def _publish(items: tuple[Item, ...], by: Actor, at: datetime) -> None:
    for item in items:
        value = item.value
        assert isinstance(value, Matter | Bundle)
        operations.publish_matter(
            kind=item.kind,
            key=value.key,
            title=value.title,
            department=value.department,
            valid_from=value.valid_from,
            words=(*value.words, value.title_en, value.summary),
            digest=item.digest,
            body=value.model_dump(mode="json"),
            questions=_schema(item, value.questions) if isinstance(value, Bundle) else {},
            form=_schema(item, value.form) if isinstance(value, Bundle) else {},
            by=by,
            at=at,
        )


def _withdraw_matters(keys: tuple[str, ...], by: Actor, at: datetime) -> None:
    for key in keys:
        operations.withdraw_matter(kind="matter", key=key, by=by, at=at)


def _withdraw_bundles(keys: tuple[str, ...], by: Actor, at: datetime) -> None:
    for key in keys:
        operations.withdraw_matter(kind="bundle", key=key, by=by, at=at)


def _use_of_matter(key: str) -> str:
    bundles = MatterRevision.objects.filter(
        kind="bundle", is_withdrawn=False, body__members__contains=[{"matter": key}]
    ).values_list("title", flat=True)
    return f"“{bundles[0]}”包含此事项。" if bundles else ""


def _texts_of_bundle(item: Item) -> Iterator[str]:
    bundle = item.value
    assert isinstance(bundle, Bundle)
    yield from texts_of_bundle(bundle)
    for name in (bundle.questions, bundle.form):
        yield from texts_of_form(json.loads(item.read(name)))


register_kind(
    ContentKind(
        name="matter",
        folder="matters",
        model=Matter,
        key=lambda value: str(value.key),
        check=check_matter,
        apply=_publish,
        remove=_withdraw_matters,
        use=_use_of_matter,
        texts=lambda item: texts_of_matter(item.value),
        after=("department", "flow", "decision", "licence_type", "document_template"),
    )
)
register_kind(
    ContentKind(
        name="bundle",
        folder="bundles",
        model=Bundle,
        key=lambda value: str(value.key),
        companions=lambda value: (value.questions, value.form),
        check=check_bundle,
        apply=_publish,
        remove=_withdraw_bundles,
        texts=_texts_of_bundle,
        after=("matter",),
    )
)

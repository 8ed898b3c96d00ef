"""Find matters: by key and day, by words; those that nobody applies for, by the day alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Max, QuerySet

from shuzheng.policy.words import cut
from shuzheng.support.matters.models import MatterRevision
from shuzheng.support.matters.rules import Bundle, Matter, MatterNotFound, Revision


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a search result or list."""

    kind: str
    key: str
    title: str
    summary: str
    department: str
    title_en: str = ""


@lru_cache(maxsize=512)
def get_revision(revision_id: int) -> Revision:
    """Return a version by its number; versions never change, so they are kept.

    Raises:
        MatterNotFound: there is none of that number.
    """
    try:
        row = MatterRevision.objects.get(pk=revision_id)
    except MatterRevision.DoesNotExist:
        raise MatterNotFound(matter=revision_id) from None
    return Revision(
        id=row.pk,
        kind="bundle" if row.kind == "bundle" else "matter",
        key=row.key,
        version=row.version,
        matter=Matter.model_validate(row.body) if row.kind == "matter" else None,
        bundle=Bundle.model_validate(row.body) if row.kind == "bundle" else None,
        questions=json.loads(row.questions),
        form=json.loads(row.form),
    )


def get_matter(key: str, *, on: date) -> Revision:
    """Return the version of a matter or bundle in force on the day.

    Raises:
        MatterNotFound: none is in force.
    """
    row = _in_force(on).filter(key=key).order_by("-version").values_list("pk", flat=True).first()
    if row is None:
        raise MatterNotFound(matter=key)
    return get_revision(row)


def list_matters(*, on: date, kind: str = "") -> tuple[Found, ...]:
    """Return what may be applied for on the day, bundles first."""
    rows = _newest(on).filter(is_offered=True)
    if kind:
        rows = rows.filter(kind=kind)
    return tuple(_found(row) for row in rows.order_by("kind", "key"))


def list_titles_in_english() -> Mapping[str, str]:
    """Return the English titles of matters and bundles, of every version, by the Chinese."""
    rows = MatterRevision.objects.order_by("pk").values_list("title", "body__title_en")
    return {title: english for title, english in rows if english}


def list_keys_of_flow(flow: str, *, on: date) -> tuple[str, ...]:
    """Return the keys of the matters and bundles in force that run under a flow."""
    return tuple(_newest(on).filter(body__flow=flow).order_by("key").values_list("key", flat=True))


def list_bundles_of(matter: str, *, on: date) -> tuple[str, ...]:
    """Return the titles of the bundles in force that a matter belongs to."""
    bundles = (get_revision(row.pk).bundle for row in _newest(on).filter(kind="bundle"))
    return tuple(each.title for each in bundles if each is not None and each.member(matter))


def list_unoffered(*, on: date, at: datetime | None = None) -> tuple[Revision, ...]:
    """Return the matters in force on the day that nobody applies for: their flows begin alone.

    Args:
        at: as they had been published by then; what has been withdrawn since is left out.
    """
    keys = MatterRevision.objects.filter(is_offered=False, is_withdrawn=False).values("key")
    rows = _in_force(on).filter(kind="matter", key__in=keys)
    if at is not None:
        rows = rows.filter(published_at__lte=at)
    newest = rows.order_by("key", "-version").distinct("key").values_list("pk", "is_offered")
    return tuple(get_revision(pk) for pk, is_offered in newest if not is_offered)


def list_with_flow(flow: str) -> tuple[Revision, ...]:
    """Return the matters and bundles whose newest version has that flow."""
    rows = MatterRevision.objects.filter(is_withdrawn=False).order_by("kind", "key", "-version")
    newest = rows.distinct("kind", "key").values("pk")
    found = MatterRevision.objects.filter(pk__in=newest, body__flow=flow).order_by("kind", "key")
    return tuple(get_revision(pk) for pk in found.values_list("pk", flat=True))


def list_opening_kinds() -> frozenset[str]:
    """Return the kinds of entries that open a case of some matter, whenever it comes in force."""
    rows = MatterRevision.objects.filter(is_offered=False, is_withdrawn=False)
    bodies = rows.values_list("body__opened_by", flat=True)
    return frozenset(each["entry"] for opened_by in bodies for each in opened_by or ())


def search_matters(text: str, *, on: date, limit: int = 20) -> tuple[Found, ...]:
    """Return what matches the words best; bundles come before matters of the same rank."""
    words = _words_of(text)
    if not words:
        return ()
    query = SearchQuery(words[0], config="simple")
    for word in words[1:]:
        query = query | SearchQuery(word, config="simple")
    rows = (
        _newest(on)
        .filter(words=query, is_offered=True)
        .annotate(rank=SearchRank(F("words"), query))
        .order_by("-rank", "kind", "key")[:limit]
    )
    return tuple(_found(row) for row in rows)


def _words_of(text: str) -> list[str]:
    """Return what was asked for; a part of a longer word asks for nothing (身份 of 身份证)."""
    words = [word for word in cut(text) if word not in _EMPTY_WORDS]
    return [each for each in words if not any(each != one and each in one for one in words)]


_EMPTY_WORDS = (
    frozenset(("我", "要", "想", "的", "了", "怎么", "如何", "办", "办理"))
    | frozenset(("一个", "一家", "个", "家", "去", "在", "吗", "呢", "什么", "需要"))
    | frozenset(
        ["a", "an", "the", "i", "to", "of", "for", "in", "my", "want", "need", "how", "do", "get"]
    )
)


def _in_force(on: date) -> QuerySet[MatterRevision]:
    return MatterRevision.objects.filter(valid_from__lte=on, is_withdrawn=False)


def _newest(on: date) -> QuerySet[MatterRevision]:
    newest = _in_force(on).values("kind", "key").annotate(newest=Max("pk")).values("newest")
    return MatterRevision.objects.filter(pk__in=newest)


def _found(row: MatterRevision) -> Found:
    return Found(
        row.kind,
        row.key,
        row.title,
        row.body.get("summary", ""),
        row.department,
        row.body.get("title_en", ""),
    )

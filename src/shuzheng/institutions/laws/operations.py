"""Import a folder of law texts; keep the validity table and the list of what content cites."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Func, Value

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.institutions.laws import models
from shuzheng.institutions.laws.rules import (
    IMPORT_LAWS,
    LAWS_IMPORTED,
    CitedClause,
    FolderWithoutLaws,
    LawText,
    Shelf,
    Validity,
    open_shelf,
    plain_title,
)
from shuzheng.policy.words import cut

BATCH = 500
_texts: dict[str, Path] = {}


class SearchWords(Func):
    """Turn words separated by blanks into a search vector."""

    function = "to_tsvector"
    template = "%(function)s('simple', %(expressions)s)"


def use_texts(folder: Path) -> None:
    """Name the folder of law texts against which content is checked, where there is one."""
    _texts["folder"] = folder


def get_shelf() -> Shelf | None:
    """Return the folder of law texts, or nothing where there is none."""
    return open_shelf(_texts["folder"]) if "folder" in _texts else None


@transaction.atomic
def import_laws(
    *, folder: Path, by: Actor, at: datetime, snapshot_on: date | None = None
) -> tuple[int, int]:
    """Replace the library by the texts of a folder; return how many laws and articles.

    The day of the snapshot is that of the newest text unless it is given.

    Raises:
        FolderWithoutLaws: there is nothing to import.
    """
    guard(by, IMPORT_LAWS)
    shelf = open_shelf(folder)
    snapshot = snapshot_on or (shelf.snapshot_on if shelf else None)
    if shelf is None or snapshot is None:
        raise FolderWithoutLaws(folder=str(folder), field="folder")
    models.Law.objects.all().delete()
    counts = [_keep(law, snapshot) for law in shelf.laws()]
    facts = {"laws": len(counts), "articles": sum(counts), "snapshot_on": snapshot.isoformat()}
    journal.append(actor=by, kind=LAWS_IMPORTED, subject="laws:library", at=at, facts=facts)
    return len(counts), sum(counts)


def _keep(law: LawText, snapshot_on: date) -> int:
    row = models.Law.objects.create(
        title=law.title,
        plain_title=plain_title(law.title),
        full_title=law.full_title,
        version=law.version,
        notices=law.notices,
        source=law.source,
        snapshot_on=snapshot_on,
    )
    models.Article.objects.bulk_create(_rows(row, law), batch_size=BATCH)
    return len(law.articles)


def _rows(row: models.Law, law: LawText) -> Iterator[models.Article]:
    for ordinal, article in enumerate(law.articles, start=1):
        words = cut(f"{law.title} {article.name} {article.heading} {article.text}")
        yield models.Article(
            law=row,
            ordinal=ordinal,
            name=article.name,
            heading=article.heading[:300],
            text=article.text,
            sha256=article.sha256,
            words=SearchWords(Value(" ".join(words))),
        )


def put_validities(rows: Iterable[Validity]) -> None:
    """Write what the validity table says; called while content is applied."""
    for row in rows:
        models.Validity.objects.update_or_create(
            law=plain_title(row.law),
            version=row.version,
            defaults={
                "from_on": row.from_on,
                "to_on": row.to_on,
                "confirmed_on": row.confirmed_on,
                "source": row.source,
            },
        )


def remove_validity(*, law: str, version: date) -> None:
    """Take a line out of the validity table; called while content is applied."""
    models.Validity.objects.filter(law=plain_title(law), version=version).delete()


def replace_cited_clauses(clauses: Iterable[CitedClause]) -> None:
    """Write anew what content cites; called while content is applied."""
    models.CitedClause.objects.all().delete()
    models.CitedClause.objects.bulk_create(
        models.CitedClause(
            law=each.law,
            plain_title=plain_title(each.law),
            version=each.version,
            article=each.article,
            paragraph=each.paragraph,
            says=each.says,
            verified=each.verified,
            status=each.status,
            cited_in=list(each.cited_in),
        )
        for each in clauses
    )

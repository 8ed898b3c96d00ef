"""Read the library: laws, articles, search, and what is known about a citation."""

from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, QuerySet

from shuzheng.institutions.laws import models, rules
from shuzheng.institutions.laws.rules import (
    Article,
    ArticleUnknown,
    CitationStatus,
    CitedArticle,
    CitedClause,
    LawUnknown,
    LawVersion,
    Validity,
    plain_title,
)
from shuzheng.policy.citations import Citation
from shuzheng.policy.words import cut

MOST_FOUND = 50


def has_library() -> bool:
    """Say whether texts have been imported."""
    return models.Law.objects.exists()


def get_snapshot_on() -> date | None:
    """Return the day on which the imported library was taken, or nothing."""
    row = models.Law.objects.order_by("-snapshot_on").values_list("snapshot_on", flat=True)
    return row.first()


def list_laws() -> tuple[LawVersion, ...]:
    """Return every version in the library, by title, the newest first."""
    return tuple(_law(row) for row in _laws().order_by("plain_title", "-version"))


def get_law(*, law: str, version: date) -> LawVersion:
    """Return one version.

    Raises:
        LawUnknown: the library does not hold it.
    """
    row = _laws().filter(plain_title=plain_title(law), version=version).first()
    if row is None:
        raise LawUnknown(law=law, version=version)
    return _law(row)


def list_articles(*, law: str, version: date) -> tuple[Article, ...]:
    """Return the articles of a version in their order; none if the library does not hold it."""
    rows = _articles().filter(law__plain_title=plain_title(law), law__version=version)
    return tuple(_article(row) for row in rows.order_by("ordinal"))


def get_article(*, law: str, version: date, article: str) -> Article:
    """Return one article.

    Raises:
        ArticleUnknown: the library does not hold it.
    """
    place = {"law__plain_title": plain_title(law), "law__version": version, "name": article}
    row = _articles().filter(**place).order_by("ordinal").first()
    if row is None:
        raise ArticleUnknown(law=law, version=version, article=article)
    return _article(row)


def search_laws(text: str) -> tuple[Article, ...]:
    """Return the articles that hold all words of the text, best first, at most fifty."""
    words = cut(text)
    if not words:
        return ()
    query = SearchQuery(" ".join(words), config="simple", search_type="plain")
    rows = _articles().filter(words=query).annotate(rank=SearchRank(F("words"), query))
    return tuple(
        _article(row) for row in rows.order_by("-rank", "-law__version", "id")[:MOST_FOUND]
    )


def status_of(citation: Citation) -> CitationStatus:
    """Return what the imported library and the validity table know about a citation."""
    title = plain_title(citation.law)
    versions = models.Law.objects.filter(plain_title=title).values_list("version", flat=True)
    sha256: str | None = None
    if citation.version in versions:
        place = {"law__plain_title": title, "law__version": citation.version}
        found = models.Article.objects.filter(**place, name=citation.article)
        sha256 = found.order_by("ordinal").values_list("sha256", flat=True).first() or ""
    return rules.status_of(
        citation, text_sha256=sha256, versions=versions, validities=list_validities(citation.law)
    )


def list_validities(law: str) -> tuple[Validity, ...]:
    """Return what the table says of the versions of a law."""
    rows = models.Validity.objects.filter(law=plain_title(law)).order_by("version")
    return tuple(
        Validity(row.law, row.version, row.from_on, row.to_on, row.confirmed_on, row.source)
        for row in rows
    )


def list_cited_clauses(
    *, law: str, version: date | None = None, article: str = ""
) -> tuple[CitedClause, ...]:
    """Return what applied content cites of a law, narrowed to a version and an article."""
    rows = models.CitedClause.objects.filter(plain_title=plain_title(law))
    rows = rows.filter(version=version) if version else rows
    rows = rows.filter(article=article) if article else rows
    return tuple(_clause(row) for row in rows.order_by("version", "article", "paragraph", "says"))


def list_cited_articles() -> tuple[CitedArticle, ...]:
    """Return every article that applied content cites, with what it cites of each."""
    rows = models.CitedClause.objects.order_by("paragraph", "says", "id")
    return rules.by_article(_clause(row) for row in rows)


def _laws() -> QuerySet[models.Law]:
    return models.Law.objects.annotate(article_count=Count("articles"))


def _articles() -> QuerySet[models.Article]:
    return models.Article.objects.select_related("law").defer("words")


def _law(row: models.Law) -> LawVersion:
    return LawVersion(
        title=row.title,
        full_title=row.full_title,
        version=row.version,
        notices=row.notices,
        snapshot_on=row.snapshot_on,
        article_count=getattr(row, "article_count", 0),
    )


def _article(row: models.Article) -> Article:
    return Article(
        law=row.law.title,
        version=row.law.version,
        name=row.name,
        heading=row.heading,
        text=row.text,
        sha256=row.sha256,
        snapshot_on=row.law.snapshot_on,
    )


def _clause(row: models.CitedClause) -> CitedClause:
    return CitedClause(
        law=row.law,
        version=row.version,
        article=row.article,
        paragraph=row.paragraph,
        says=row.says,
        verified=row.verified,
        status=row.status,
        cited_in=tuple(row.cited_in),
    )

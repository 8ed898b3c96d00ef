"""The policy library for everyone: search, a law, an article."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter

from shuzheng.infrastructure.web.operations import page, public
from shuzheng.institutions.laws import queries
from shuzheng.institutions.laws.rules import READ_ELSEWHERE, ArticleUnknown

LAW_IS_PUBLIC = "法律、法规应当公布，谁都可以查阅(立法法、政府信息公开条例)"


class DayConverter:
    """A day in an address: ``2019-04-23``."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day; a day that does not exist is no address."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the day as it stands in the address."""
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "day")


@public(reason=LAW_IS_PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """Search, and list what is there."""
    sought = request.GET.get("q", "").strip()[:100]
    whole = "all" in request.GET and not sought
    context = {
        "sought": sought,
        "found": queries.search_laws(sought) if sought else (),
        "laws": queries.list_laws() if whole else (),
        "cited": () if sought or whole else queries.list_cited_articles(),
        "snapshot_on": queries.get_snapshot_on(),
        "read_elsewhere": READ_ELSEWHERE,
    }
    return page(request, "laws/index.html", context)


@public(reason=LAW_IS_PUBLIC)
def law(request: HttpRequest, law: str, version: date) -> HttpResponse:
    """Show one version with all its articles."""
    context = {
        "law": queries.get_law(law=law, version=version),
        "articles": queries.list_articles(law=law, version=version),
        "validities": queries.list_validities(law),
    }
    return page(request, "laws/law.html", context)


@public(reason=LAW_IS_PUBLIC)
def article(request: HttpRequest, law: str, version: date, article: str) -> HttpResponse:
    """Show one article, and what the city's content says of it in our own words."""
    clauses = queries.list_cited_clauses(law=law, version=version, article=article)
    try:
        text = queries.get_article(law=law, version=version, article=article)
    except ArticleUnknown:
        if not clauses:
            raise
        text = None
    context = {
        "name": article,
        "law": law,
        "version": version,
        "text": text,
        "clauses": clauses,
        "is_superseded": any(each.is_superseded for each in clauses),
        "validities": [each for each in queries.list_validities(law) if each.version == version],
        "read_elsewhere": READ_ELSEWHERE,
    }
    return page(request, "laws/article.html", context)


app_name = "laws"
urlpatterns = [
    path("laws/", index, name="index"),
    path("laws/<str:law>/<day:version>/", law, name="law"),
    path("laws/<str:law>/<day:version>/<str:article>/", article, name="article"),
]

"""What pages and other rooms see of the library, and how it refuses."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shuzheng.institutions.laws.rules.status import STATUS_WORDS, CitationStatus
from shuzheng.institutions.laws.rules.texts import number_of
from shuzheng.policy.refusals import Invalid, NotFound, Refusal, gettext_noop

READ_ELSEWHERE = "https://flk.npc.gov.cn/"
"""国家法律法规数据库, where the texts are published."""


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of a law in the library."""

    title: str
    full_title: str
    version: date
    notices: str
    snapshot_on: date
    article_count: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article in the library."""

    law: str
    version: date
    name: str
    heading: str
    text: str
    sha256: str
    snapshot_on: date


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause that the city's content cites, in our own words.

    Attributes:
        status: a value of ``CitationStatus`` when content was applied.
        cited_in: the items that cite it, ``kind key``.
    """

    law: str
    version: date
    article: str
    paragraph: str
    says: str
    verified: bool
    status: str
    cited_in: tuple[str, ...]

    @property
    def reference(self) -> str:
        """Return the clause as it is printed."""
        return f"《{self.law}》({self.version.isoformat()}){self.article}{self.paragraph}"

    @property
    def status_words(self) -> str:
        """Return what is known about the clause, in Chinese."""
        return STATUS_WORDS[CitationStatus(self.status)]

    @property
    def is_superseded(self) -> bool:
        """Say whether another version or law has taken its place."""
        return self.status == CitationStatus.SUPERSEDED


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article with all that the city's content cites of it, paragraph by paragraph."""

    law: str
    version: date
    name: str
    clauses: tuple[CitedClause, ...]


def by_article(clauses: Iterable[CitedClause]) -> tuple[CitedArticle, ...]:
    """Return each cited article once, by law, version and number, with what is cited of it."""
    found: dict[tuple[str, date, str], list[CitedClause]] = defaultdict(list)
    for each in clauses:
        found[each.law, each.version, each.article].append(each)
    places = sorted(found, key=lambda place: (place[0], place[1], number_of(place[2])))
    return tuple(CitedArticle(*place, clauses=tuple(found[place])) for place in places)


class LawRefusal(Refusal):
    """Something about the library was refused."""


class ArticleUnknown(LawRefusal, NotFound):
    """Neither the library nor the city's content knows this article."""

    code = "article-unknown"
    template = gettext_noop("条文库中没有《{law}》({version}){article}。")
    remedy = gettext_noop("请核对名称、版本日期和条，或在国家法律法规数据库查阅。")


class LawUnknown(LawRefusal, NotFound):
    """The library does not hold this version."""

    code = "law-unknown"
    template = gettext_noop("条文库中没有《{law}》({version})。")
    remedy = gettext_noop("请核对名称和版本日期，或在国家法律法规数据库查阅。")


class FolderWithoutLaws(LawRefusal, Invalid):
    """There is nothing to import."""

    code = "folder-without-laws"
    template = gettext_noop("{folder} 中没有可以导入的条文（Markdown 文件）。")
    remedy = gettext_noop("请核对文件夹。")

"""The validity table, and the check of every citation and period that content carries."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from pydantic import Field, model_validator

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_check,
    register_kind,
    register_reader,
)
from shuzheng.institutions.laws import operations, queries
from shuzheng.institutions.laws.rules import (
    CitationStatus,
    CitedClause,
    Shelf,
    Validity,
    find_in,
    plain_title,
    status_of,
)
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import UNIT_WORDS, Period, PeriodUnit, unit_of_days

StatusOf = Callable[[Citation], CitationStatus]
_DAYS = {PeriodUnit.WORKING_DAY, PeriodUnit.CALENDAR_DAY}
_REMEDIES = {
    CitationStatus.UNKNOWN: "请核对名称和版本日期；条文库里确实没有的，写 verified: false。",
    CitationStatus.ARTICLE_MISSING: "请核对是第几条。",
    CitationStatus.TEXT_DIFFERS: "请重读条文，用 shuzheng laws cite 取得新的 sha256。",
    CitationStatus.SUPERSEDED: "请改引现行版本。",
}


class ValidityContent(ContentModel):
    """From when to when a version is law; seeded by ``shuzheng laws seed``, kept by hand."""

    law: str = Field(min_length=1)
    version: date
    from_on: date | None = None
    to_on: date | None = None
    confirmed_on: date | None = None
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _says_something(self) -> "ValidityContent":
        if not (self.to_on or self.confirmed_on):
            raise ValueError("要写明失效日期 to_on 或核实日期 confirmed_on")
        return self

    def as_validity(self) -> Validity:
        """Return what the rules need."""
        return Validity(**self.model_dump())


def check_citations(library: Library) -> Iterator[Problem]:
    """Confirm every citation against the folder of texts, where there is one."""
    shelf = operations.get_shelf()
    if shelf is not None:
        yield from _problems(library, by_shelf(shelf, _validities(library)))


def check_citations_by_tables(library: Library) -> Iterator[Problem]:
    """Confirm every citation against the imported library, where there is no folder."""
    if operations.get_shelf() is None and queries.has_library():
        yield from _problems(library, queries.status_of)


def by_shelf(shelf: Shelf, validities: tuple[Validity, ...]) -> StatusOf:
    """Return how to tell what a folder of texts knows about a citation."""

    def status(citation: Citation) -> CitationStatus:
        law = shelf.find(citation.law, citation.version)
        article = law.article(citation.article) if law else None
        return status_of(
            citation,
            text_sha256=(article.sha256 if article else "") if law else None,
            versions=shelf.versions(citation.law),
            validities=validities,
        )

    return status


def _validities(library: Library) -> tuple[Validity, ...]:
    return tuple(item.value.as_validity() for item in library.list("law_validity"))


def _problems(library: Library, status: StatusOf) -> Iterator[Problem]:
    for item in library.all():
        for where, citation in find_in(item.value, Citation):
            if citation.verified:
                yield from _problem(item, where, citation, status(citation))


def _problem(
    item: Item, where: tuple[str | int, ...], citation: Citation, status: CitationStatus
) -> Iterator[Problem]:
    if status in _REMEDIES:
        message = f"{citation.reference} 标为已核对，但{_SAID[status]}"
        yield item.problem(*where, message=message, remedy=_REMEDIES[status])
    elif not citation.sha256:
        message = f"{citation.reference} 标为已核对，但没有条文的 sha256"
        yield item.problem(*where, message=message, remedy="请运行 shuzheng laws stamp 补上。")


_SAID = {
    CitationStatus.UNKNOWN: "条文库中没有这个版本",
    CitationStatus.ARTICLE_MISSING: "条文库的这个版本中没有这一条",
    CitationStatus.TEXT_DIFFERS: "条文库中的文字与核对时不同",
    CitationStatus.SUPERSEDED: "这个版本已被取代或废止",
}


def check_periods(library: Library) -> Iterator[Problem]:
    """A period counts the days that the law it cites means by 日."""
    for item in library.all():
        for where, period in find_in(item.value, Period):
            if period.citation is None or period.unit not in _DAYS:
                continue
            meant = unit_of_days(plain_title(period.citation.law), period.amount)
            if meant is not None and meant != period.unit:
                yield item.problem(
                    *where,
                    "unit",
                    message=f"{period.citation.reference} 的{period.amount}日应按"
                    f"{UNIT_WORDS[meant].removeprefix('个')}计算",
                    remedy=f"请把 unit 改为 {meant.value}。",
                )


def keep_cited_clauses(library: Library, _by: Actor, _at: datetime) -> None:
    """Write down what content cites, so that a clause can be opened without the texts."""
    shelf = operations.get_shelf()
    status = by_shelf(shelf, _validities(library)) if shelf else queries.status_of
    places: dict[Citation, list[str]] = {}
    for item in library.all():
        for _where, citation in find_in(item.value, Citation):
            places.setdefault(citation, []).append(f"{item.kind} {item.key}")
    operations.replace_cited_clauses(
        CitedClause(
            law=citation.law,
            version=citation.version,
            article=citation.article,
            paragraph=citation.paragraph,
            says=citation.says,
            verified=citation.verified,
            status=status(citation).value,
            cited_in=tuple(dict.fromkeys(cited_in)),
        )
        for citation, cited_in in places.items()
    )


def apply_validities(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write the validity table."""
    operations.put_validities(item.value.as_validity() for item in items)


def remove_validities(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take lines out of the validity table."""
    for key in keys:
        law, _, version = key.rpartition("@")
        operations.remove_validity(law=law, version=date.fromisoformat(version))


VALIDITIES = register_kind(
    ContentKind(
        name="law_validity",
        folder="laws/validity",
        model=ValidityContent,
        key=lambda value: f"{plain_title(value.law)}@{value.version.isoformat()}",
        apply=apply_validities,
        remove=remove_validities,
    )
)
register_check("citations", check_citations)
register_check("citations by tables", check_citations_by_tables, needs_tables=True)
register_check("periods", check_periods)
register_reader("citations", keep_cited_clauses)

"""What is known about a citation: its text was found, it is in force, or something replaced it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuzheng.institutions.laws.rules.texts import plain_title
from shuzheng.policy.citations import Citation
from shuzheng.policy.refusals import gettext_noop


class CitationStatus(StrEnum):
    """What is known about a citation, from best to worst."""

    IN_FORCE = "in_force"
    TEXT_MATCHED = "text_matched"
    UNKNOWN = "unknown"
    TEXT_DIFFERS = "text_differs"
    ARTICLE_MISSING = "article_missing"
    SUPERSEDED = "superseded"


STATUS_WORDS: dict[CitationStatus, str] = {
    CitationStatus.IN_FORCE: gettext_noop("条文已核对，至核实日有效"),
    CitationStatus.TEXT_MATCHED: gettext_noop("条文已核对"),
    CitationStatus.UNKNOWN: gettext_noop("条文库中没有这部法"),
    CitationStatus.TEXT_DIFFERS: gettext_noop("与条文库中的文字不一致"),
    CitationStatus.ARTICLE_MISSING: gettext_noop("条文库中没有这一条"),
    CitationStatus.SUPERSEDED: gettext_noop("已被取代"),
}


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when a version is law.

    Attributes:
        to_on: the last day, nothing while it is in force.
        confirmed_on: the day up to which somebody has looked; after it nothing is promised.
    """

    law: str
    version: date
    from_on: date | None = None
    to_on: date | None = None
    confirmed_on: date | None = None
    source: str = ""


def status_of(
    citation: Citation,
    *,
    text_sha256: str | None,
    versions: Iterable[date],
    validities: Iterable[Validity],
) -> CitationStatus:
    """Return what is known about a citation.

    Args:
        citation: the citation.
        text_sha256: digest of the cited article; empty if the law is there without the article,
            nothing if the law's version is not there.
        versions: the versions of the law that the library holds.
        validities: what the table says of the law.
    """
    known = [each for each in validities if plain_title(each.law) == plain_title(citation.law)]
    if _is_superseded(citation, versions, known):
        return CitationStatus.SUPERSEDED
    if text_sha256 is None:
        return CitationStatus.UNKNOWN
    if not text_sha256:
        return CitationStatus.ARTICLE_MISSING
    if citation.sha256 and citation.sha256 != text_sha256:
        return CitationStatus.TEXT_DIFFERS
    if any(each.version == citation.version and each.confirmed_on for each in known):
        return CitationStatus.IN_FORCE
    return CitationStatus.TEXT_MATCHED


def _is_superseded(citation: Citation, versions: Iterable[date], known: Iterable[Validity]) -> bool:
    later = any(version > citation.version for version in versions)
    ended = any(each.version == citation.version and each.to_on for each in known)
    return later or ended

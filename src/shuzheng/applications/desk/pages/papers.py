"""Documents and licences of a bundle, matter by matter."""

from collections.abc import Iterator
from dataclasses import dataclass

from shuzheng.support.cases.queries import Progress
from shuzheng.support.licences.queries import (
    Change,
    Document,
    Licence,
    list_changes_of_licence,
    list_documents_of_case,
    list_licences_of_case,
)
from shuzheng.support.licences.rules import LicenceState


@dataclass(frozen=True, slots=True)
class ShownLicence:
    """A licence, and how it ended if it did."""

    licence: Licence
    end: Change | None


@dataclass(frozen=True, slots=True)
class Papers:
    """What was issued in one case."""

    title: str
    number: str
    documents: tuple[Document, ...]
    licences: tuple[ShownLicence, ...]


def papers_of(root: Progress) -> Iterator[Papers]:
    """Yield what was issued for the bundle as a whole, then for each of its matters."""
    for each in (root, *root.members):
        number = each.case.number
        documents, licences = list_documents_of_case(number), licences_of(number)
        if documents or licences:
            yield Papers(each.case.title, number, documents, licences)


def licences_of(number: str) -> tuple[ShownLicence, ...]:
    """Return the licences of one case, each with the change that ended it."""
    return tuple(ShownLicence(each, end_of(each)) for each in list_licences_of_case(number))


def end_of(licence: Licence) -> Change | None:
    """Return the last change of a licence that is in force no more."""
    if licence.state == LicenceState.IN_FORCE:
        return None
    return list_changes_of_licence(licence.code)[-1]

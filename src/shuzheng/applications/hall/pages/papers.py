"""What I received, matter by matter."""

from collections.abc import Iterator
from dataclasses import dataclass

from shuzheng.support.cases.queries import Progress
from shuzheng.support.licences.queries import (
    Document,
    Licence,
    list_documents_of_case,
    list_licences_of_case,
)


@dataclass(frozen=True, slots=True)
class Papers:
    """What was issued in one case."""

    title: str
    number: str
    documents: tuple[Document, ...]
    licences: tuple[Licence, ...]


def papers_of(root: Progress) -> Iterator[Papers]:
    """Yield what was issued for the bundle as a whole, then for each of its matters."""
    for each in (root, *root.members):
        number = each.case.number
        documents, licences = tuple(_own(number, root)), list_licences_of_case(number)
        if documents or licences:
            yield Papers(each.case.title, number, documents, licences)


def _own(number: str, root: Progress) -> Iterator[Document]:
    """Yield the documents that are addressed to the applicant; others concerned get their own."""
    for each in list_documents_of_case(number):
        if each.recipient == root.applicant_person:
            yield each

import pytest

from shuzheng.infrastructure.access.rules import VISITOR
from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.support.licences.operations import open_document, open_licence
from shuzheng.support.licences.rules import READ_LICENCES, NotFoundByCode, PurposeMissing


def test_the_applicant_opens_the_licence_and_the_reading_is_written_down(issued, citizen, at):
    opened = open_licence(code=issued.verification_code, by=citizen, at=at, purpose="本人下载")
    assert opened.content.startswith(b"%PDF-1.7")
    assert opened.filename == f"食品经营许可证 {issued.number}.pdf"
    reads = list_reads_of_person("person-1")
    assert [(each.kind, each.purpose) for each in reads] == [("licence.read", "本人下载")]


def test_another_persons_licence_cannot_be_opened_and_seems_not_to_exist(issued, other_citizen, at):
    with pytest.raises(NotFoundByCode):
        open_licence(code=issued.code, by=other_citizen, at=at, purpose="好奇")
    assert list_reads_of_person("person-1") == ()


def test_another_persons_document_cannot_be_opened(ruled, other_citizen, at):
    for actor in (other_citizen, VISITOR):
        with pytest.raises(NotFoundByCode):
            open_document(code=ruled.code, by=actor, at=at, purpose="好奇")
    assert list_reads_of_person("person-1") == ()


def test_an_official_needs_the_permission_and_a_purpose(issued, ruled, official, at):
    with pytest.raises(NotFoundByCode):
        open_licence(code=issued.code, by=official(), at=at, purpose="日常检查")
    inspector = official(READ_LICENCES)
    with pytest.raises(PurposeMissing):
        open_licence(code=issued.code, by=inspector, at=at, purpose=" ")
    assert list_reads_of_person("person-1") == ()
    opened = open_document(code=ruled.code, by=inspector, at=at, purpose="日常检查")
    assert opened.content.startswith(b"%PDF-1.7")
    assert [each.kind for each in list_reads_of_person("person-1")] == ["document.read"]


def test_an_unknown_code_opens_nothing(register, citizen, at):
    with pytest.raises(NotFoundByCode):
        open_licence(code="' OR 1=1 --", by=citizen, at=at, purpose="")

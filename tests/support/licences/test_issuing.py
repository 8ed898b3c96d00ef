import subprocess
from datetime import date, timedelta

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.infrastructure.storage.queries import read_file
from shuzheng.standards.licence_identifier import read_identifier
from shuzheng.support.documents.rules import DataDoesNotFit
from shuzheng.support.licences.models import IssuedDocument, Licence, LicenceChange, Serial
from shuzheng.support.licences.operations import correct_licence, issue_document
from shuzheng.support.licences.queries import (
    get_document_by_code,
    get_licence_by_code,
    get_newest_version,
    list_documents_of_case,
    list_licences_of,
    list_licences_of_case,
)
from shuzheng.support.licences.rules import (
    DocumentRequest,
    FactMissing,
    LicenceState,
    ReasonMissing,
    SealOfAnotherDepartment,
    StateForbids,
    UnknownLicenceType,
)
from shuzheng.support.seals.operations import verify_pdf
from tests.support.licences.conftest import FACTS, issue


def test_a_licence_bears_a_valid_identifier_and_number(issued):
    parts = read_identifier(issued.identifier)
    assert parts.licence_type == "11330800DEM000014M101"
    assert (parts.issuer, parts.serial, parts.version) == (
        "11330800DEM000014M",
        "20260000001",
        "001",
    )
    assert issued.number == "衢市监食营\u30142026\u30151号"
    assert issued.issued_on == date(2026, 11, 23)
    assert issued.valid_until == date(2031, 11, 22)


def test_a_licence_is_sealed_by_its_department(issued, at):
    found = verify_pdf(read_file(issued.sha256), at=at)
    assert found.is_genuine
    assert found.signatures[0].organisation == "衢州市市场监督管理局"
    assert found.signatures[0].signed_at == at


def test_pdfsig_finds_the_signature_valid(issued, tmp_path):
    path = tmp_path / "licence.pdf"
    path.write_bytes(read_file(issued.sha256))
    told = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
    ).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told


def test_asking_twice_issues_once(issued, at):
    again = issue(at=at + timedelta(minutes=5))
    assert again == issued
    assert Licence.objects.count() == 1
    assert Serial.objects.get(series="licence market food_licence").last == 1
    assert len(list_entries_of_case("QZ-2026-000001")) == 3


def test_another_request_takes_the_next_serial(issued, at):
    second = issue(at=at, token="token-2", case="QZ-2026-000002")
    assert read_identifier(second.identifier).serial == "20260000002"


def test_a_failed_issue_uses_up_no_serial(issued, at):
    with pytest.raises(FactMissing) as refusal:
        issue(at=at, token="token-2", facts={"credit_code": "92330802MA2DEM0A1X"})
    assert str(refusal.value) == "核发《食品经营许可证》缺少“经营场所”。请在决定中补齐后重新核发。"
    third = issue(at=at, token="token-3")
    assert read_identifier(third.identifier).serial == "20260000002"


def test_sensitive_facts_and_the_holder_are_not_stored_in_the_clear(issued):
    row = Licence.objects.get(code=issued.code)
    assert "王小明" not in str(row.facts)
    assert "王小明" not in row.hidden_facts
    assert "水亭面馆" not in row.holder_name
    assert row.facts["premises_address"] == FACTS["premises_address"]
    assert issued.holder_masked == "衢州市****亭面馆"


def test_the_supervising_department_is_told(issued):
    kinds = [entry.kind for entry in list_entries_of_case("QZ-2026-000001")]
    assert kinds == ["seal.applied", "licence.issued", "licence.handed_over"]


def test_who_may_not_issue_changes_nothing(register, official, at):
    with pytest.raises(PostLacksPermission):
        issue(at=at, by=official())
    assert Licence.objects.count() == 0
    assert list_entries_of_case("QZ-2026-000001") == ()


def test_another_departments_seal_is_refused(register, at):
    with pytest.raises(SealOfAnotherDepartment):
        issue(at=at, seal="fire")
    assert Licence.objects.count() == 0


def test_an_unknown_type_is_refused(register, at):
    with pytest.raises(UnknownLicenceType):
        issue(at=at, licence_type="driving")


def test_a_correction_is_a_new_version_with_the_same_serial(issued, at):
    later = at + timedelta(days=3)
    new = correct_licence(
        code=issued.code,
        facts={"premises_address": "衢州市柯城区水亭街 20 号"},
        reasons="门牌号更正",
        by=system("tests"),
        at=later,
    )
    old = get_licence_by_code(issued.code)
    assert old.state is LicenceState.REPLACED
    assert read_identifier(new.identifier).version == "002"
    assert (new.number, new.issued_on, new.valid_until) == (
        issued.number,
        issued.issued_on,
        issued.valid_until,
    )
    assert get_newest_version(issued.code) == new
    row = Licence.objects.get(code=new.code)
    assert row.facts["premises_address"] == "衢州市柯城区水亭街 20 号"
    assert LicenceChange.objects.filter(licence__code=issued.code).count() == 2


def test_a_correction_needs_reasons_and_a_licence_in_force(issued, at):
    correction = {"code": issued.code, "facts": {}, "by": system("tests"), "at": at}
    with pytest.raises(ReasonMissing):
        correct_licence(reasons=" ", **correction)
    correct_licence(reasons="更正", **correction)
    with pytest.raises(StateForbids):
        correct_licence(reasons="再更正", **correction)
    assert Licence.objects.count() == 2


def test_who_may_not_correct(issued, official, at):
    with pytest.raises(PostLacksPermission):
        correct_licence(code=issued.code, facts={}, reasons="更正", by=official(), at=at)
    assert Licence.objects.count() == 1


def test_licences_are_found_by_holder_applicant_and_case(issued):
    assert list_licences_of("legal-person-1") == (issued,)
    assert list_licences_of("person-1") == (issued,)
    assert list_licences_of("") == ()
    assert list_licences_of_case("QZ-2026-000001") == (issued,)


def test_a_document_is_numbered_sealed_and_registered(ruled, at):
    assert ruled.number == "衢市监准\u30142026\u30151号"
    assert ruled.title == "准予行政许可决定书"
    assert ruled.recipient_masked == "王**"
    assert verify_pdf(read_file(ruled.sha256), at=at).is_genuine
    assert list_documents_of_case("QZ-2026-000001") == (ruled,)
    assert get_document_by_code(ruled.verification_code.lower()) == ruled


def test_a_document_asked_for_twice_is_issued_once(register, at):
    wanted = DocumentRequest(
        template="non_acceptance",
        data={"applicant": "王", "matter": "登记", "number": "Q", "reasons": "选址不符"},
        seal="service",
        case="QZ-2026-000009",
        recipient="person-1",
        token="decline",
    )
    first = issue_document(wanted, by=system("tests"), at=at)
    assert issue_document(wanted, by=system("tests"), at=at) == first
    assert IssuedDocument.objects.count() == 1


def test_a_document_without_its_data_is_refused_and_not_numbered(register, at):
    wanted = DocumentRequest(
        template="ruling_refusal",
        data={"applicant": "王", "matter": "登记", "number": "Q"},
        seal="market",
        case="QZ-2026-000009",
        recipient="person-1",
    )
    with pytest.raises(DataDoesNotFit) as refusal:
        issue_document(wanted, by=system("tests"), at=at)
    assert "reasons" in str(refusal.value)
    assert IssuedDocument.objects.count() == 0
    assert Serial.objects.filter(last__gt=0).count() == 0


def test_who_may_not_issue_documents(register, official, at):
    wanted = DocumentRequest(template="receipt", data={}, seal="service", case="Q", recipient="")
    with pytest.raises(PostLacksPermission):
        issue_document(wanted, by=official(), at=at)
    assert IssuedDocument.objects.count() == 0

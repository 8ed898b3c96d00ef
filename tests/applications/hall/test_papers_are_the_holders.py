"""Papers are opened in the hall by their holder alone, at the desk within their own case."""

import pytest

from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.support.licences.queries import list_documents_of_case
from tests.applications.browsers import citizen, official, stranger
from tests.support.cases.play import NOODLES, accepted, submitted, wang, work_off

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def receipt_of(number: str) -> str:
    work_off()
    return list_documents_of_case(number)[0].code


def purposes() -> list[str]:
    reads = list_reads_of_person(wang().person)
    return [each.purpose for each in reads if each.kind == "document.read"]


def test_an_official_opens_nobodys_papers_in_the_holders_name() -> None:
    client, applicant = citizen()
    code = receipt_of(submitted(applicant, NOODLES))
    path = f"/my/documents/{code}/"
    for other in (official("firechief"), official("marketchief"), stranger()):
        assert other.get(path).status_code == 404
    assert purposes() == []
    assert client.get(path).content.startswith(b"%PDF")
    assert purposes() == ["申请人查阅自己的材料"]


def test_a_chief_opens_papers_of_files_open_to_the_department_and_under_their_case() -> None:
    applicant = wang()
    before, after = submitted(applicant, NOODLES), accepted(applicant, NOODLES)
    chief = official("marketchief")
    unopened, opened = receipt_of(before), receipt_of(after)
    assert chief.get(f"/desk/cases/{before}/documents/{unopened}/").status_code == 404
    assert chief.get(f"/desk/cases/{after}/documents/{unopened}/").status_code == 404
    assert purposes() == []
    assert chief.get(f"/desk/cases/{after}/documents/{opened}/").status_code == 200
    assert purposes() == [f"查阅本部门办件 {after}"]

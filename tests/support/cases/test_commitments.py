"""The text of a commitment is content; who makes it confirms it, and it becomes a document."""

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Attachment, Case
from shuzheng.support.cases.rules import CaseNotFound, OnlyApplicantCommits, UnknownMaterial
from shuzheng.support.matters.queries import get_matter
from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import AT, RESTAURANT, TODAY, draft, on_post, wang
from tests.support.cases.refusals import LI, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
LETTER = "fire_commitment_letter"


def without_letter(applicant):
    number = draft(applicant, RESTAURANT)
    given = Attachment.objects.get(case__number=number, material=LETTER)
    cases.remove_file(number=number, material=LETTER, sha256=given.sha256, by=applicant, at=AT)
    return number


def test_each_clause_cites_the_law_it_rests_on() -> None:
    matter = get_matter("fire_inspection", on=TODAY).matter
    assert matter is not None
    (letter,) = [each for each in matter.materials if each.statement]
    assert letter.statement is not None
    cited = [one for each in letter.statement.clauses for one in each.citations]
    assert {one.article for one in cited} == {"第十五条", "第五十八条"}
    assert all(each.citations for each in letter.statement.clauses)
    assert all(one.verified for one in cited)


def test_the_text_is_on_the_page_and_confirming_it_gives_the_material() -> None:
    client, applicant = citizen()
    number = without_letter(applicant)
    path = f"/apply/{number}/materials/"
    page = words(client.get(path))
    assert "本场所符合消防技术标准和管理规定" in page
    assert "逾期不整改或者整改后仍达不到要求的，依法撤销许可" in page
    assert client.post(path, {"material": LETTER, "commit": "yes"}).status_code == 302
    (file,) = Attachment.objects.filter(case__number=number, material=LETTER, is_removed=False)
    assert "作出以上承诺" not in words(client.get(path))
    assert file.filename == "消防安全告知承诺书.pdf"
    given = client.get(f"/my/cases/{number}/files/{LETTER}/{file.sha256}/")
    assert given.content.startswith(b"%PDF-")
    cases.submit_case(number=number, by=applicant, at=AT)


def test_nobody_commits_in_the_name_of_another() -> None:
    number = without_letter(wang())
    agent = on_post("village.agent")
    Case.objects.filter(number=number).update(helper_post=agent.post, helper_account=agent.account)
    commit = {"number": number, "material": LETTER, "at": AT}
    refusal = refuses(OnlyApplicantCommits, cases.make_commitment, **commit, by=agent)
    assert "申请人签名后上传" in str(refusal)
    refuses(CaseNotFound, cases.make_commitment, **commit, by=LI)
    refuses(
        UnknownMaterial, cases.make_commitment, **{**commit, "material": "floor_plan"}, by=wang()
    )


def test_who_is_helped_signs_the_printed_text() -> None:
    client, applicant = citizen()
    number = without_letter(applicant)
    blank = client.get(f"/apply/{number}/materials/{LETTER}/blank/")
    assert (blank.status_code, blank.content[:5]) == (200, b"%PDF-")
    assert official("window").get(f"/apply/{number}/materials/{LETTER}/blank/").status_code == 404
    assert client.get(f"/apply/{number}/materials/floor_plan/blank/").status_code == 422

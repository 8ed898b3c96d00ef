"""Who helps knows the name on the card; a number alone opens nothing."""

import pytest

from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.queries import list_cases_of_person
from shuzheng.support.cases.rules import NotABundle
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import AT, TODAY, on_post, wang, work_off

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def help_with(applicant: str, name: str) -> str:
    return cases.start_draft(
        bundle="open_restaurant",
        applicant=applicant,
        applicant_name=name,
        by=on_post("village.agent"),
        at=AT,
    )


def test_a_number_with_another_name_is_not_helped_and_the_comparison_stays_written_down() -> None:
    applicant = wang().person
    with pytest.raises(cases.ApplicantNotFound):
        help_with(applicant, "李小红")
    assert Case.objects.count() == 0
    assert [each.purpose for each in list_reads_of_person(applicant)] == ["代办前核对申请人姓名"]


def test_who_is_in_no_register_is_refused_in_the_same_words() -> None:
    with pytest.raises(cases.ApplicantNotFound) as unknown:
        help_with("0" * 32, "王小明")
    with pytest.raises(cases.ApplicantNotFound) as other:
        help_with(wang().person, "李小红")
    assert str(unknown.value) == str(other.value)


def test_the_person_of_the_card_is_helped() -> None:
    number = help_with(wang().person, "王小明")
    assert Case.objects.get(number=number).helper_post == "village.agent"


def test_who_is_helped_is_told_and_finds_the_draft_among_their_own() -> None:
    applicant = wang()
    number = help_with(applicant.person, "王小明")
    work_off(AT)
    (message,) = list_messages(person=applicant.person)
    assert message.title == f"{on_post('village.agent').name}正在帮您填写“开饭店一件事”"
    assert (number in message.body, message.link) == (True, f"/my/cases/{number}/")
    (mine,) = list_cases_of_person(applicant.person, today=TODAY)
    assert (mine.number, mine.is_helped) == (number, True)


def test_who_starts_for_themselves_is_told_nothing() -> None:
    applicant = wang()
    cases.start_draft(bundle="open_restaurant", by=applicant, at=AT)
    work_off(AT)
    assert list_messages(person=applicant.person) == ()


def test_a_matter_is_not_applied_for_without_its_bundle() -> None:
    with pytest.raises(NotABundle) as refused:
        cases.start_draft(bundle="food_licence", by=wang(), at=AT)
    assert refused.value.facts == {
        "matter": "食品经营许可(餐饮服务)",
        "bundles": "“开饭店一件事”",
    }
    assert Case.objects.count() == 0

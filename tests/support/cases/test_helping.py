"""Who helps knows the name on the card; a number alone opens nothing."""

import pytest

from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case
from tests.support.cases.play import AT, on_post, wang

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

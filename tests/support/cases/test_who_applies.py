"""Who applies is who proved it: no typed word makes an application somebody else's."""

import pytest

from shuzheng.data.registers.queries import list_differences_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record.forms import read_form, write_form
from shuzheng.support.cases.rules import FieldIsFixed, State, fixed_fields
from shuzheng.support.matters.queries import get_revision
from tests.applications.browsers import citizen, words
from tests.support.cases.play import AT, ID_NUMBER, NOODLES, draft, on_post, state, wang
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
OTHER = {"applicant_name": "李四", "applicant_id_number": "330000198805219003"}


def values_of(number: str) -> dict[str, object]:
    return dict(read_form(Case.objects.get(number=number)).values)


def test_the_content_says_which_fields_are_the_registers_alone() -> None:
    case = Case.objects.get(number=draft(wang(), NOODLES))
    fixed = fixed_fields(get_revision(case.revision_id).form)
    assert fixed == {"applicant_name", "applicant_id_number"}


@pytest.mark.parametrize("name", sorted(OTHER))
def test_another_name_or_number_is_refused_and_emptying_too(name: str) -> None:
    number = draft(wang(), NOODLES)
    for value in (OTHER[name], None):
        refusal = refuses(
            FieldIsFixed,
            cases.save_draft,
            number=number,
            values={name: value},
            seen=None,
            by=wang(),
            at=AT,
        )
        assert "以登记的为准" in str(refusal)
    known = {"applicant_name": "王小明", "applicant_id_number": ID_NUMBER}
    cases.save_draft(number=number, values=known, seen=None, by=wang(), at=AT)
    assert {key: values_of(number)[key] for key in known} == known


def test_a_posted_name_changes_nothing_and_the_page_does_not_ask_for_one() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    asked = client.get(f"/apply/{number}/form/you/")
    assert "王小明" in words(asked)
    assert 'name="applicant_name"' not in asked.content.decode()
    typed = {**OTHER, "applicant_phone": "13900000009", "applicant_address": "柯城区下街2号"}
    for path in ("form/you/save/", "form/you/"):
        assert client.post(f"/apply/{number}/{path}", typed).status_code == 302
    kept = values_of(number)
    assert (kept["applicant_name"], kept["applicant_id_number"]) == ("王小明", ID_NUMBER)
    assert kept["applicant_phone"] == "13900000009"


def test_what_was_written_over_before_is_not_submitted_and_comes_back_with_the_answers() -> None:
    number = draft(wang(), NOODLES)
    case = Case.objects.get(number=number)
    form = read_form(case)
    write_form(case, form.changed(OTHER, form.edits["seats"]))
    case.save(update_fields=["form_encrypted"])
    refuses(FieldIsFixed, cases.submit_case, number=number, by=wang(), at=AT)
    assert state(number) == State.DRAFT
    cases.answer_questions(number=number, answers=NOODLES, by=wang(), at=AT)
    cases.submit_case(number=number, by=wang(), at=AT)
    assert values_of(number)["applicant_name"] == "王小明"
    assert list_differences_of_case(number) == ()


def test_who_helps_applies_for_the_person_of_the_card_and_nobody_else() -> None:
    agent = on_post("village.agent")
    number = cases.start_draft(
        bundle="open_restaurant",
        applicant=wang().person,
        applicant_name="王小明",
        by=agent,
        at=AT,
    )
    cases.answer_questions(number=number, answers=NOODLES, by=agent, at=AT)
    assert values_of(number)["applicant_name"] == "王小明"
    refuses(FieldIsFixed, cases.save_draft, number=number, values=OTHER, seen=None, by=agent, at=AT)

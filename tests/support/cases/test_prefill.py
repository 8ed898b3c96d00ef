"""What the city already holds is never asked for again."""

from datetime import date

import pytest

from shuzheng.data.registers import operations as registers
from shuzheng.data.registers.operations import Row
from shuzheng.data.registers.queries import list_differences_of_case, reference_of
from shuzheng.infrastructure.access.rules import system
from shuzheng.support.cases import operations as cases
from tests.support.cases.play import (
    AT,
    ID_NUMBER,
    NOODLES,
    draft,
    fill_in,
    on_post,
    task,
    wang,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
CODE = "92330802MA28F0001J"


def enterprise() -> None:
    row = Row(
        CODE,
        {"credit_code": CODE, "name": "柯城区小明面馆", "representative": ID_NUMBER},
        date(2026, 11, 18),
    )
    registers.record_values(
        register="legal_persons",
        dataset="market_legal_persons",
        rows=[row],
        batch="test",
        by=system("tests"),
        at=AT,
    )


def test_each_value_says_its_source_and_day() -> None:
    number = draft(wang(), NOODLES)
    form = cases.open_case(number=number, purpose="", by=wang(), at=AT).form
    assert form.values["applicant_phone"] == "13800000001"
    source = form.sources["applicant_phone"]
    assert (source.source_name, source.as_of) == ("政务服务网用户库", "2026-11-19")


def test_who_has_a_licence_already_is_not_asked_for_it() -> None:
    applicant = wang()
    enterprise()
    number = cases.start_draft(bundle="open_restaurant", by=applicant, at=AT)
    cases.answer_questions(number=number, answers=NOODLES, by=applicant, at=AT)
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    assert form.values["credit_code"] == CODE
    assert form.sources["credit_code"].source_name == "法人库"


def test_who_opens_a_new_business_starts_with_an_empty_name() -> None:
    applicant = wang()
    enterprise()
    number = cases.start_draft(bundle="open_restaurant", by=applicant, at=AT)
    cases.answer_questions(
        number=number, answers={**NOODLES, "subject": "new"}, by=applicant, at=AT
    )
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    assert "business_name" not in form.values
    assert "credit_code" not in form.sources


def test_the_applicants_word_prevails_and_the_register_is_told() -> None:
    applicant = wang()
    number = draft(applicant, NOODLES)
    fill_in(number, applicant, applicant_phone="13900000009")
    cases.submit_case(number=number, by=applicant, at=AT)
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    assert form.values["applicant_phone"] == "13900000009"
    assert [row.field for row in list_differences_of_case(number)] == ["phone"]


def test_a_correction_does_not_tell_the_register_the_same_again() -> None:
    applicant = wang()
    number = draft(applicant, NOODLES)
    fill_in(number, applicant, applicant_phone="13900000009")
    cases.submit_case(number=number, by=applicant, at=AT)
    cases.ask_correction(
        task_id=task(number, "receive").pk,
        items=[("", "布局图看不清")],
        deadline_on=date(2026, 12, 7),
        by=on_post("service.window"),
        at=AT,
    )
    cases.submit_correction(number=number, is_unchanged_meant=True, by=applicant, at=AT)
    assert len(list_differences_of_case(number)) == 1


def premises(unit: str, **values: str) -> str:
    row = Row(
        unit, {"unit_number": unit, "area_code": "330802001001", **values}, date(2026, 11, 18)
    )
    registers.record_values(
        register="premises",
        dataset="housing_premises",
        rows=[row],
        batch="test",
        by=system("tests"),
        at=AT,
    )
    return reference_of("premises", unit)


def test_another_place_clears_what_the_place_decides_and_keeps_the_rest() -> None:
    applicant = wang()
    first = premises("330802-1", address="水亭街18号", building_use="商业", floor_area="40")
    second = premises("330802-2", address="上街88号", building_use="商住")
    number = cases.start_draft(bundle="open_restaurant", by=applicant, at=AT)
    cases.choose_premises(number=number, reference=first, by=applicant, at=AT)
    cases.answer_questions(number=number, answers=NOODLES, by=applicant, at=AT)
    cleared = cases.choose_premises(number=number, reference=second, by=applicant, at=AT)
    assert set(cleared) == {"building_use", "floor_area", "premises_address"}
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    kept = {name: each for name, each in NOODLES.items() if name not in cleared}
    assert form.answers == {**kept, "premises": second, "building_use": "商住"}
    assert "premises_address" not in form.values
    assert form.values["applicant_phone"] == "13800000001"
    cases.answer_questions(
        number=number,
        answers={**NOODLES, "building_use": "商住", "has_flue": True, "adjoins_homes": False},
        by=applicant,
        at=AT,
    )
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    assert form.values["premises_address"] == "上街88号"


def test_an_address_typed_by_hand_does_not_follow_to_a_registered_place() -> None:
    applicant = wang()
    number = draft(applicant, NOODLES)
    place = premises("330802-2", address="上街99号", building_use="商业")
    cleared = cases.choose_premises(number=number, reference=place, by=applicant, at=AT)
    assert "premises_address" in cleared
    cases.answer_questions(number=number, answers=NOODLES, by=applicant, at=AT)
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    assert form.values["premises_address"] == "上街99号"
    assert form.values["seats"] == 80


def test_the_same_place_again_clears_nothing_and_keeps_the_applicants_word() -> None:
    applicant = wang()
    place = premises("330802-1", address="水亭街18号", building_use="商业", floor_area="40")
    number = cases.start_draft(bundle="open_restaurant", by=applicant, at=AT)
    cases.choose_premises(number=number, reference=place, by=applicant, at=AT)
    cases.answer_questions(
        number=number, answers={**NOODLES, "floor_area": 38}, by=applicant, at=AT
    )
    assert cases.choose_premises(number=number, reference=place, by=applicant, at=AT) == ()
    form = cases.open_case(number=number, purpose="", by=applicant, at=AT).form
    assert form.answers["floor_area"] == 38

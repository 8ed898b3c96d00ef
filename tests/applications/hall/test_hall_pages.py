"""The hall: guides for everyone, one's own affairs for oneself, nobody else's for anybody."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shuzheng.data.registers.operations import Row, record_values
from shuzheng.infrastructure.access.rules import system
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Attachment, Case, Rating
from shuzheng.support.cases.rules import State
from shuzheng.support.licences.queries import list_licences_of_case
from tests.applications.browsers import citizen, official, stranger, words
from tests.support.cases.play import (
    AT,
    FORM,
    MORE,
    NOODLES,
    TODAY,
    accepted,
    draft,
    member,
    paper,
    review,
    rule,
    state,
    submitted,
    work_off,
)
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


SHOP = {"premises_address": "柯城区上街88号", "business_name": "水亭面馆", "seats": "20"}


def own_pages(number: str) -> list[str]:
    return [
        f"/my/cases/{number}/",
        *(f"/apply/{number}/{each}" for each in ("", "place/", "questions/", "form/you/")),
        *(f"/apply/{number}/{each}/" for each in ("materials", "check", "submitted")),
    ]


def posts(number: str) -> dict[str, dict[str, str]]:
    return {
        f"/apply/{number}/place/": {"premises": ""},
        f"/apply/{number}/form/shop/": {"business_name": "抢来的店"},
        f"/apply/{number}/form/shop/save/": {"business_name": "抢来的店"},
        f"/apply/{number}/materials/": {"material": "layout_plan"},
        f"/apply/{number}/check/": {},
        f"/my/cases/{number}/withdraw/": {},
        f"/my/cases/{number}/rate/": {"level": "1"},
    }


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "开饭店"),
        ("/search/?q=我要开饭店", "开饭店一件事"),
        ("/search/?q=", "请写几个字再搜"),
        ("/matters/", "小餐饮店登记"),
        ("/guide/open_restaurant/", "大气污染防治法"),
        ("/guide/food_licence/", "食品安全法"),
        ("/decisions/", "《政府信息公开条例》第二十条第五项（办理结果）"),
    ],
)
def test_guides_and_decisions_are_for_everyone(path: str, says: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert says in words(answer)


def test_a_guide_that_does_not_exist_is_told_in_words() -> None:
    answer = Client().get("/guide/fly_to_the_moon/")
    assert answer.status_code == 404
    assert "没有找到事项“fly_to_the_moon”" in words(answer)


def test_who_is_not_signed_in_is_led_to_sign_in_and_back() -> None:
    _, applicant = citizen()
    number = submitted(applicant, NOODLES)
    for path in ("/my/", *own_pages(number)):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/accounts/login/?next={path.replace('/', '%2F')}",
        )


def test_a_form_sent_after_the_session_ended_changes_nothing_and_is_kept() -> None:
    _, applicant = citizen()
    number = draft(applicant, NOODLES)
    visitor = Client()
    with nothing_changes():
        answer = visitor.post(f"/apply/{number}/form/shop/", SHOP)
    assert answer.status_code == 401
    assert visitor.session["held_form"]


def test_another_persons_affairs_are_not_found_whatever_is_asked() -> None:
    _, applicant = citizen()
    number = draft(applicant, NOODLES)
    file = Attachment.objects.filter(case__number=number).order_by("pk")[0]
    other = stranger()
    with nothing_changes():
        for path in (
            *own_pages(number),
            f"/my/cases/{number}/files/{file.material}/{file.sha256}/",
            "/my/cases/QZ-2026-999999/",
        ):
            answer = other.get(path)
            assert answer.status_code == 404, path
            assert "没有找到办件" in words(answer)
        for path, typed in posts(number).items():
            assert other.post(path, typed).status_code == 404, path


def test_officials_read_files_at_the_desk_and_not_as_if_they_applied() -> None:
    _, applicant = citizen()
    number = submitted(applicant, NOODLES)
    window = official("window")
    with nothing_changes():
        for path in own_pages(number):
            assert window.get(path).status_code == 404, path


def test_each_page_answers_its_applicant() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    for path in ("/my/", *own_pages(number)[:-1]):
        assert client.get(path).status_code == 200, path
    early = client.get(f"/apply/{number}/submitted/")
    assert early.headers["Location"] == f"/apply/{number}/"
    cases.submit_case(number=number, by=applicant, at=AT)
    assert number in words(client.get(f"/apply/{number}/submitted/"))
    assert "等待受理" in words(client.get(f"/my/cases/{number}/"))
    file = Attachment.objects.filter(case__number=number).order_by("pk")[0]
    given = client.get(f"/my/cases/{number}/files/{file.material}/{file.sha256}/")
    assert given.content == paper()
    assert given.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("part", "name", "value", "says"),
    [
        ("you", "applicant_phone", "12", "手机号码应当是 11 位"),
        ("shop", "credit_code", "92330802MA28F00011", "统一社会信用代码应当是 18 位"),
        ("shop", "seats", "很多", "座位数应当是整数"),
    ],
)
def test_a_wrong_value_is_told_in_the_fields_words_and_nothing_typed_is_lost(
    part: str, name: str, value: str, says: str
) -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    kept = cases.open_case(number=number, purpose="", by=applicant, at=AT).form.values
    typed = {
        "applicant_phone": kept["applicant_phone"],
        "applicant_address": "柯城区下街2号",
        **SHOP,
        "credit_code": MORE["credit_code"],
        name: value,
    }
    answer = client.post(f"/apply/{number}/form/{part}/", typed)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{value}"' in answer.content.decode()
    other = "柯城区下街2号" if part == "you" else "水亭面馆"
    assert f'value="{other}"' in answer.content.decode()
    values = cases.open_case(number=number, purpose="", by=applicant, at=AT).form.values
    assert str(values[name]) == value
    refused = client.post(f"/apply/{number}/check/")
    assert refused.status_code == 422
    assert state(number) == State.DRAFT


def test_a_case_is_rated_with_one_of_the_five_levels() -> None:
    client, applicant = citizen()
    number = submitted(applicant, NOODLES)
    Case.objects.filter(number=number).update(state=State.CLOSED)
    for level in ("", "0", "6", "²", "好"):
        assert client.post(f"/my/cases/{number}/rate/", {"level": level}).status_code == 422
    assert client.post(f"/my/cases/{number}/rate/", {"level": "4"}).status_code == 302
    assert client.post(f"/my/cases/{number}/rate/", {"level": "4"}).status_code == 409
    assert Rating.objects.get(case__number=number).level == 4


def test_a_case_taken_back_cannot_be_taken_back_again() -> None:
    client, applicant = citizen()
    number = submitted(applicant, NOODLES)
    assert client.post(f"/my/cases/{number}/withdraw/").status_code == 302
    assert "已撤回" in words(client.get(f"/my/cases/{number}/"))
    answer = client.post(f"/my/cases/{number}/withdraw/")
    assert answer.status_code == 409
    assert "当前为“已撤回”，不能撤回" in words(answer)


def test_a_licence_is_handed_to_its_holder_alone() -> None:
    client, applicant = citizen()
    shop = member(accepted(applicant, NOODLES), "small_restaurant")
    review(shop)
    rule(shop)
    work_off(AT)
    (licence,) = list_licences_of_case(shop)
    got = client.get(f"/my/licences/{licence.code}/")
    assert got.content.startswith(b"%PDF-")
    for who in (stranger(), official("agent")):
        assert who.get(f"/my/licences/{licence.code}/").status_code == 404
    assert client.get("/my/licences/NOSUCHCODE/").status_code == 404


def test_a_shop_is_applied_for_from_the_guide_to_the_receipt() -> None:
    client, applicant = citizen()
    _premises()
    started = client.post("/guide/open_restaurant/start/")
    number = started.headers["Location"].split("/")[2]
    found = client.get(f"/apply/{number}/place/", {"q": "水亭街"})
    reference = re.search(r'name="premises" id="[^"]+" value="([^"]+)"', found.content.decode())
    assert reference, words(found)
    client.post(f"/apply/{number}/place/", {"premises": reference.group(1)})
    assert "房屋场所" in words(client.get(f"/apply/{number}/questions/"))
    assert client.post(f"/apply/{number}/questions/", {}).status_code == 422
    _walk(client, number)
    first = client.post(f"/apply/{number}/check/")
    assert first.headers["Location"] == f"/apply/{number}/submitted/"
    with nothing_changes():
        again = client.post(f"/apply/{number}/check/")
    assert again.headers["Location"] == first.headers["Location"]
    assert state(number) == State.SUBMITTED
    receipt = words(client.get(f"/apply/{number}/submitted/"))
    assert number in receipt
    assert Case.objects.get(number=number).applicant_person == applicant.person


def _premises() -> None:
    row = Row(
        "330802-1",
        {
            "unit_number": "330802-1",
            "address": "柯城区水亭街18号",
            "building_use": "商业",
            "floor_area": "40",
            "floor": "1",
            "area_code": "330802001001",
        },
        TODAY,
    )
    record_values(
        register="premises",
        dataset="housing_premises",
        rows=[row],
        batch="test",
        by=system("tests"),
        at=AT,
    )


def _walk(client: Client, number: str) -> None:
    typed: Callable[[object], str] = lambda value: (  # noqa: E731
        str(value).lower() if isinstance(value, bool) else str(value)
    )
    answers = {name: typed(value) for name, value in NOODLES.items()}
    assert client.post(f"/apply/{number}/questions/", answers).status_code == 302
    values = {**FORM, **MORE, "applicant_phone": "13800000001"}
    known = {"applicant_address": "柯城区上街1号"}
    form = {
        name: value if isinstance(value, list) else typed(value)
        for name, value in {**values, **known, "is_truthful": True}.items()
    }
    for part in ("you", "shop", "business", "confirm"):
        answer = client.post(f"/apply/{number}/form/{part}/", form)
        assert answer.status_code == 302, words(answer)
    materials = client.get(f"/apply/{number}/materials/").content.decode()
    for material in re.findall(r'id="file-([a-z_]+)"', materials):
        upload = {"material": material, "file": SimpleUploadedFile("a.pdf", paper())}
        assert client.post(f"/apply/{number}/materials/", upload).status_code == 302

"""The short forms of the procedure at the desk: shown to who may, done, refused in words."""

from datetime import timedelta

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Extension, Hearing, Recusal, Remedy
from shuzheng.support.identity.models import Account
from shuzheng.support.licences.queries import get_licence_by_code, list_licences_of_case
from tests.applications.browsers import official, words
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    member,
    on_post,
    rule,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import LI
from tests.support.cases.test_clocks import drainage

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def fire() -> str:
    number = member(accepted(wang(), {**NOODLES, "floor_area": 400}), "fire_inspection")
    rule(number)
    work_off(AT + timedelta(seconds=2))
    return number


def test_an_extension_is_asked_for_and_approved() -> None:
    number = drainage()
    asks, approves = official("housing"), official("housingchief")
    assert "申请延长法定期限" in words(asks.get(f"/desk/cases/{number}/"))
    answer = asks.post(f"/desk/cases/{number}/ask-extension/", {"extension_reasons": " "})
    assert (answer.status_code, "请写明理由" in words(answer)) == (422, True)
    asks.post(f"/desk/cases/{number}/ask-extension/", {"extension_reasons": "核实图纸"})
    found = task(number, "extension")
    assert "核实图纸" in words(approves.get(f"/desk/tasks/{found.pk}/"))
    approves.post(f"/desk/tasks/{found.pk}/extend/", {"decision": "approve"})
    assert Extension.objects.get().state == "approved"


def test_the_right_to_a_hearing_is_told_from_the_case() -> None:
    number = drainage()
    client = official("housing")
    client.post(f"/desk/cases/{number}/hearing/", {"hearing_reasons": "共用管道"})
    assert Hearing.objects.get().reasons == "共用管道"
    assert "前可以申请" in words(client.get(f"/desk/cases/{number}/"))
    cases.ask_hearing(number=number, by=wang(), at=AT)
    found = task(number, "hearing")
    assert "通知时间、地点" in words(client.get(f"/desk/tasks/{found.pk}/"))


def test_a_hearing_is_ordered_approved_announced_and_its_guests_are_read() -> None:
    number = drainage()
    housing, chief = official("housing"), official("housingchief")
    path = f"/desk/cases/{number}/"
    assert "依职权组织听证" in words(housing.get(path))
    typed = {"ground": "public_interest", "subject": "王小明的排水", "order_reasons": "沿线住户"}
    answer = housing.post(f"{path}hearing/order/", typed)
    assert "申请人的个人信息" in words(answer)
    assert answer.status_code == 422
    assert 'value="王小明的排水"' in answer.content.decode()
    answer = housing.post(f"{path}hearing/order/", {**typed, "subject": "管网的承载"})
    assert answer.status_code == 302
    assert "等待批准" in words(housing.get(path))
    order = task(number, "hearing_order").pk
    assert "沿线住户" in words(chief.get(f"/desk/tasks/{order}/"))
    assert chief.post(f"/desk/tasks/{order}/hearing/order/", {}).status_code == 422
    assert housing.post(f"/desk/tasks/{order}/hearing/order/").status_code == 403
    answer = chief.post(f"/desk/tasks/{order}/hearing/order/", {"decision": "approve"})
    assert answer.status_code == 302
    found = task(number, "hearing").pk
    assert "公告并通知时间、地点" in words(housing.get(f"/desk/tasks/{found}/"))
    announced = {
        "held_on": "2026-12-07",
        "begins": "",
        "place": "三楼",
        "chair": "李主持",
        "joining": "到场旁听",
        "parties": "方以宁",
    }
    answer = housing.post(f"/desk/tasks/{found}/hearing/", announced)
    assert "请写明时间" in words(answer)
    assert answer.status_code == 422
    answer = housing.post(f"/desk/tasks/{found}/hearing/", {**announced, "begins": "09:30"})
    assert answer.status_code == 302
    row = Hearing.objects.get()
    cases.join_hearing(hearing=row.pk, wish="speak", by=LI, at=AT)
    assert "发言 1" in words(housing.get(path))
    assert "李小红" not in words(housing.get(path))
    assert "李小红" in words(housing.get(f"{path}hearing/guests/"))
    assert official("market").get(f"{path}hearing/guests/").status_code == 404


def test_a_check_and_a_remedy_are_recorded() -> None:
    number = fire()
    found = task(number, "commitment_check")
    client = official("fire")
    assert "与承诺相符" in words(client.get(f"/desk/tasks/{found.pk}/"))
    answer = client.post(f"/desk/tasks/{found.pk}/check/", {"outcome": "met", "officers": "甲"})
    assert (answer.status_code, "两名以上" in words(answer)) == (422, True)
    chief = official("firechief")
    sought = {"kind": "review", "organ": "市人民政府", "sought_on": "2020-01-01"}
    answer = chief.post(f"/desk/cases/{number}/remedies/", sought)
    assert (answer.status_code, Remedy.objects.count()) == (422, 0)


def test_a_licence_ends_on_a_ground_and_only_in_its_department() -> None:
    number = fire()
    (licence,) = list_licences_of_case(number)
    path = f"/desk/licences/{licence.code}/end/"
    assert official("marketchief").get(path).status_code == 404
    assert official("fire").get(path).status_code == 403
    chief = official("firechief")
    assert "超越法定职权" in words(chief.get(path))
    answer = chief.post(path, {"ground": "by_deceit", "reasons": " "})
    assert answer.status_code == 422
    chief.post(path, {"ground": "by_deceit", "reasons": "提交虚假材料", "confirmed": "yes"})
    ended = get_licence_by_code(licence.code)
    assert ended is not None
    assert ended.state == "revoked"
    assert on_post("fire.chief").department == licence.department


def test_who_was_recused_from_a_case_does_not_end_its_licence() -> None:
    number = fire()
    (licence,) = list_licences_of_case(number)
    path = f"/desk/licences/{licence.code}/end/"
    chief = official("firechief")
    assert chief.get(path).status_code == 200
    Recusal.objects.create(
        case=Case.objects.get(number=number).root,
        account=str(Account.objects.get(username="firechief").public_id),
        name="firechief",
        state="granted",
        asked_at=AT,
    )
    assert chief.get(path).status_code == 404
    assert chief.post(path, {"ground": "by_deceit", "reasons": "虚假"}).status_code == 404
    found = get_licence_by_code(licence.code)
    assert found is not None
    assert found.state == licence.state

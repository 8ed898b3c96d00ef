"""The desk: each page for its role, each task for its post, each refusal with what was typed."""

import pytest
from django.test import Client

from shuzheng.applications.desk.pages import inbox
from shuzheng.support.cases.models import Attachment, Case, Correction, Ruling, Suspension, Task
from shuzheng.support.cases.rules import State
from shuzheng.support.decisions.queries import list_runs_of_case
from tests.applications.browsers import ID_NUMBER, citizen, official, words
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    draft,
    member,
    paper,
    rule,
    state,
    submitted,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def pages(number: str) -> list[str]:
    found = Task.objects.get(case__number=number, element="receive")
    return [
        "/desk/",
        "/desk/cases/",
        "/desk/hand-overs/",
        "/desk/help/",
        f"/desk/tasks/{found.pk}/",
        f"/desk/cases/{number}/",
        f"/desk/cases/{number}/journal/",
        f"/desk/cases/{number}/proof/",
    ]


ACTS = ("claim", "release", "accept", "correct", "decline", "visit", "review", "rule")


def test_who_is_not_signed_in_is_led_to_sign_in_and_back() -> None:
    number = submitted(wang(), NOODLES)
    for path in pages(number):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/accounts/login/?next={path.replace('/', '%2F')}",
        )


def test_a_citizen_is_told_that_the_desk_is_for_officials() -> None:
    client, applicant = citizen()
    number = submitted(applicant, NOODLES)
    found = task(number, "receive")
    with nothing_changes():
        for path in pages(number):
            answer = client.get(path)
            assert answer.status_code == 403, path
            told = words(answer)
            assert "工作台供工作人员使用" in told or "您当前的岗位不能" in told
        for act in ACTS:
            assert client.post(f"/desk/tasks/{found.pk}/{act}/").status_code == 403, act
        for act in ("suspend", "resume", "set-aside"):
            assert client.post(f"/desk/cases/{number}/{act}/").status_code == 403, act


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("window", [200, 200, 403, 403, 200, 200, 403, 403]),
        ("market", [200, 200, 200, 403, 404, 404, 403, 403]),
        ("agent", [200, 200, 403, 200, 404, 404, 403, 403]),
        ("auditor", [200, 200, 403, 403, 404, 200, 200, 409]),
        ("administrator", [200, 200, 403, 403, 404, 404, 403, 403]),
    ],
)
def test_each_page_answers_its_role_and_refuses_the_others(who: str, statuses: list[int]) -> None:
    number = submitted(wang(), NOODLES)
    client = official(who)
    assert [client.get(path).status_code for path in pages(number)] == statuses


def test_a_proof_waits_for_the_seal_and_says_so() -> None:
    number = submitted(wang(), NOODLES)
    answer = official("auditor").get(f"/desk/cases/{number}/proof/")
    assert answer.status_code == 409
    assert "还没有封存" in words(answer)


def test_each_look_into_a_file_says_who_and_why() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    official("window").get(f"/desk/tasks/{found.pk}/")
    shown = words(official("auditor").get(f"/desk/cases/{number}/journal/"))
    assert "办理“收件审查”" in shown
    file = Attachment.objects.filter(case__number=number).order_by("pk")[0]
    path = f"/desk/cases/{number}/files/{file.material}/{file.sha256}/"
    assert official("window2").get(path).content == paper()
    assert official("fire").get(path).status_code == 404


def test_a_draft_is_nothing_for_the_desk() -> None:
    number = draft(wang(), NOODLES)
    window = official("window")
    assert number not in words(window.get("/desk/cases/"))
    assert window.get(f"/desk/cases/{number}/").status_code == 404


def test_odd_numbers_in_an_address_are_no_failure() -> None:
    window, auditor = official("window"), official("auditor")
    for path, status in {
        "/desk/cases/?from=²": 200,
        "/desk/cases/?from=99999999999999999999": 200,
        "/desk/cases/?q=a/b": 404,
        "/desk/cases/?q=QZ-9999-000001": 200,
        "/desk/tasks/99999999999999999999/": 404,
        "/desk/cases/QZ-9999-000001/": 404,
    }.items():
        assert window.get(path).status_code == status, path
    assert auditor.get("/desk/cases/?q=a/b").status_code == 404
    assert auditor.get("/desk/cases/?q=QZ-1").headers["Location"] == "/desk/cases/QZ-1/"


def test_a_case_is_received_from_the_inbox() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    window = official("window")
    assert number in words(window.get("/desk/"))
    assert window.post(f"/desk/tasks/{found.pk}/claim/").status_code == 302
    assert official("window2").post(f"/desk/tasks/{found.pk}/accept/").status_code == 409
    answer = window.post(f"/desk/tasks/{found.pk}/accept/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/?done={found.pk}")
    assert state(number) == State.ACCEPTED
    assert number not in words(window.get("/desk/"))
    gone = window.get(f"/desk/tasks/{found.pk}/")
    assert gone.headers["Location"] == f"/desk/cases/{number}/"


@pytest.mark.parametrize("day", ["", "2026-02-30", "2026-11-23", "2020-01-01"])
def test_a_correction_needs_a_day_to_come_and_keeps_what_was_typed(day: str) -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    typed = {"items": "布局图看不清\n缺承诺书", "deadline_on": day}
    answer = official("window").post(f"/desk/tasks/{found.pk}/correct/", typed)
    assert answer.status_code == 422
    assert "不晚于今天" in words(answer)
    assert "布局图看不清\n缺承诺书" in words(answer)
    assert not Correction.objects.exists()


def test_a_second_official_is_told_who_was_faster_and_finds_his_words_again() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    official("window").post(f"/desk/tasks/{found.pk}/accept/")
    late = official("window2")
    with nothing_changes():
        answer = late.post(f"/desk/tasks/{found.pk}/decline/", {"reason": "不属于本机关职权"})
    assert answer.status_code == 409
    assert "已由 window 于 2026-11-23 10:00 完成" in words(answer)
    assert "不属于本机关职权" in words(answer)


def test_a_refusal_without_reasons_stays_a_refusal_on_the_page() -> None:
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    found = task(fire, "rule")
    chief = official("firechief")
    answer = chief.post(f"/desk/tasks/{found.pk}/rule/", {"ruling": "refuse", "reasons": " "})
    assert answer.status_code == 422
    assert "请写明理由" in words(answer)
    assert 'id="ruling-refuse" value="refuse" checked' in answer.content.decode()
    assert 'id="ruling-grant" value="grant" checked' not in answer.content.decode()
    assert not Ruling.objects.exists()
    chief.post(f"/desk/tasks/{found.pk}/rule/", {"ruling": "refuse", "reasons": "通道被占用"})
    assert not Ruling.objects.get(case__number=fire).is_granted


def test_an_opinion_without_words_keeps_what_was_chosen() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    answer = official("market").post(
        f"/desk/tasks/{found.pk}/review/", {"advice": "refuse", "opinion": ""}
    )
    assert answer.status_code == 422
    assert 'id="advice-refuse" value="refuse" checked' in answer.content.decode()
    assert state(shop) == State.ACCEPTED


def test_a_visit_by_one_person_keeps_what_was_found() -> None:
    number = accepted(wang(), {**NOODLES, "drains": "public_sewer"})
    found = task(number, "joint_visit")
    typed = {
        "visited_on": "2026-11-23",
        "participants": "市场监管 赵一",
        "finding-drainage_permit": "隔油池已建",
    }
    answer = official("market").post(f"/desk/tasks/{found.pk}/visit/", typed)
    assert answer.status_code == 422
    assert "两名以上工作人员" in words(answer)
    for text in ("市场监管 赵一", "隔油池已建"):
        assert text in words(answer)


def test_an_opinion_is_not_sent_as_a_ruling() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    market = official("market")
    with nothing_changes():
        answer = market.post(f"/desk/tasks/{found.pk}/rule/", {"ruling": "grant"})
    assert answer.status_code == 409


def test_a_clock_is_stopped_and_let_run_from_the_case() -> None:
    number = accepted(wang(), {**RESTAURANT, "subject": "existing"})
    food = member(number, "food_licence")
    market = official("market")
    bad = market.post(f"/desk/cases/{food}/suspend/", {"kind": "site_visit", "reason": "等核查"})
    assert bad.status_code == 422
    assert "等核查" in words(bad)
    good = {"kind": "expert_review", "reason": "冷食间需要专家评审"}
    assert market.post(f"/desk/cases/{food}/suspend/", good).status_code == 302
    assert "期限已中止" in words(market.get(f"/desk/cases/{food}/"))
    assert market.post(f"/desk/cases/{food}/suspend/", good).status_code == 409
    assert market.post(f"/desk/cases/{food}/resume/", {"result": "同意"}).status_code == 302
    assert market.post(f"/desk/cases/{food}/resume/", {"result": "同意"}).status_code == 409
    assert Suspension.objects.get().result == "同意"


def test_a_table_is_set_aside_with_a_level_and_reasons() -> None:
    food = member(accepted(wang(), {**RESTAURANT, "subject": "existing"}), "food_licence")
    (run,) = list_runs_of_case(food)
    market = official("market")
    path = f"/desk/cases/{food}/set-aside/"
    typed = {"run": str(run.id), "element": "food_risk", "level": "低", "reasons": "只做热食"}
    for name, value, status in (
        ("level", "", 422),
        ("level", "很低", 422),
        ("reasons", " ", 422),
        ("run", "²", 404),
        ("run", "", 404),
        ("element", "matters", 404),
    ):
        assert market.post(path, {**typed, name: value}).status_code == status, name
    assert Case.objects.get(number=food).variables["food_risk"] == run.value
    assert list_runs_of_case(food)[0].set_aside is None
    assert market.post(path, typed).status_code == 302
    assert Case.objects.get(number=food).variables["food_risk"]["level"] == "低"


def test_a_hand_over_is_signed_by_its_department() -> None:
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    rule(fire)
    work_off(AT)
    path = f"/desk/hand-overs/{fire}/receive/"
    assert official("market").post(path).status_code == 404
    assert official("window").post(path).status_code == 403
    reviewer = official("fire")
    assert fire in words(reviewer.get("/desk/hand-overs/"))
    assert reviewer.post(path).status_code == 302


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"consent": ""}, "请先取得申请人本人同意"),
        ({"id_number": "330000199001029015"}, "号码有误"),
        ({"id_number": "330000195609099004"}, "人口库里没有"),
        ({"id_number": ""}, "号码有误"),
        ({"name": " "}, "请填写申请人姓名"),
    ],
)
def test_nobody_is_helped_without_consent_card_and_name(change: dict[str, str], says: str) -> None:
    wang()
    agent = official("agent")
    typed = {"name": "王小明", "id_number": ID_NUMBER, "consent": "yes", **change}
    with nothing_changes():
        answer = agent.post("/desk/help/", typed)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{typed["id_number"]}"' in answer.content.decode()


def test_an_agent_helps_with_consent_and_the_case_is_the_applicants() -> None:
    applicant = wang()
    agent = official("agent")
    typed = {"name": "王小明", "id_number": ID_NUMBER, "consent": "yes"}
    answer = agent.post("/desk/help/", typed)
    number = answer.headers["Location"].split("/")[2]
    case = Case.objects.get(number=number)
    assert (case.applicant_person, case.applicant_masked) == (applicant.person, "王**")
    assert case.helper_post == "village.agent"
    assert "代 王** 填写" in words(agent.get(f"/apply/{number}/place/"))


def test_an_inbox_longer_than_its_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    applicant = wang()
    for _ in range(2):
        submitted(applicant, NOODLES)
    window = official("window")
    assert "最先到期" not in words(window.get("/desk/"))
    monkeypatch.setattr(inbox, "LENGTH", 1)
    assert "待办 2 件 · 下面是最先到期的 1 件" in words(window.get("/desk/"))

"""What the applicant sees and may do once the application is handed in."""

from datetime import UTC, datetime, timedelta

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.rules import CorrectionUnchanged, OnlyApplicantWithdraws, State
from shuzheng.support.licences.operations import end_licence
from shuzheng.support.licences.queries import list_licences_of_case
from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    draft,
    fill_in,
    member,
    on_post,
    rule,
    state,
    submitted,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import nothing_changes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
LATER = AT + timedelta(hours=1)


def correcting(applicant, answers=NOODLES):
    number = submitted(applicant, answers)
    cases.ask_correction(
        task_id=task(number, "receive").pk,
        items=[("layout_plan", "布局图看不清")],
        deadline_on=datetime(2026, 12, 15, tzinfo=UTC).date(),
        by=on_post("service.window"),
        at=AT,
    )
    return number


def test_a_case_without_a_visit_taken_back_is_still_shown() -> None:
    client, applicant = citizen()
    number = accepted(applicant, NOODLES)
    assert client.post(f"/my/cases/{number}/withdraw/").status_code == 302
    page = client.get(f"/my/cases/{number}/")
    assert page.status_code == 200
    assert "等待前一个事项办结" not in words(page)


def test_who_took_a_case_back_is_said() -> None:
    client, applicant = citizen()
    number = submitted(applicant, NOODLES)
    assert client.post(f"/my/cases/{number}/withdraw/").status_code == 302
    said = " ".join(words(client.get(f"/my/cases/{number}/")).split())
    ended = said.rpartition("已撤回")[2]
    assert "由申请人办理" in ended
    assert "由综合窗口办理" not in ended


def test_a_matter_whose_clock_stands_still_promises_no_day() -> None:
    client, applicant = citizen()
    number = accepted(applicant, {**NOODLES, "drains": "public_sewer"})
    permit = member(number, "drainage_permit")
    before = words(client.get(f"/my/cases/{number}/"))
    due = Case.objects.get(number=permit).clocks.get(kind="promise").due_on.isoformat()
    assert f"{due} 前完成" in before
    reviewer = on_post("housing.reviewer")
    cases.suspend_clock(number=permit, kind="testing", reason="送检", by=reviewer, at=LATER)
    after = words(client.get(f"/my/cases/{number}/"))
    assert "期限中止：送检" in after
    assert f"{due} 前完成" not in after


def test_who_helps_takes_nothing_back_after_acceptance() -> None:
    applicant, agent = wang(), on_post("village.agent")
    number = accepted(applicant, NOODLES)
    helped = {"helper_post": agent.post, "helper_account": agent.account}
    Case.objects.filter(number=number).update(**helped)
    refusal = refuses(OnlyApplicantWithdraws, cases.withdraw_case, number=number, by=agent, at=AT)
    assert "只有申请人本人可以撤回" in str(refusal)
    cases.withdraw_case(number=number, by=applicant, at=AT)
    assert state(number) == State.WITHDRAWN


def test_who_helps_takes_back_what_is_not_accepted_yet() -> None:
    agent = on_post("village.agent")
    number = submitted(wang(), NOODLES)
    helped = {"helper_post": agent.post, "helper_account": agent.account}
    Case.objects.filter(number=number).update(**helped)
    cases.withdraw_case(number=number, by=agent, at=AT)
    assert state(number) == State.WITHDRAWN


def test_what_was_handed_in_is_shown_and_not_offered_for_change() -> None:
    client, applicant = citizen()
    number = submitted(applicant, NOODLES)
    assert f'href="/apply/{number}/check/"' in client.get(f"/my/cases/{number}/").content.decode()
    for path in ("", "place/", "questions/", "form/you/", "materials/"):
        led = client.get(f"/apply/{number}/{path}", follow=True)
        assert led.redirect_chain[-1][0] == f"/apply/{number}/check/", path
    shown = client.get(f"/apply/{number}/check/")
    assert "提交，已不能修改" in words(shown)
    for entered in ("会有油烟、异味或废气吗？", "柯城区水亭饭店", "layout_plan.pdf"):
        assert entered in words(shown)
    assert "<form method" not in shown.content.decode().split("<main")[1].split("</main")[0]
    with nothing_changes():
        refused = client.post(f"/apply/{number}/form/shop/save/", {"business_name": "改名"})
    assert refused.status_code == 409


def test_a_licence_that_was_revoked_is_said_to_be_so_wherever_it_is_named() -> None:
    client, applicant = citizen()
    number = accepted(applicant, RESTAURANT)
    fire = member(number, "fire_inspection")
    rule(fire)
    work_off(AT)
    fireman = official("fire")
    pages = {"/my/": client, f"/my/cases/{number}/": client, "/decisions/": client}
    for path, who in (*pages.items(), ("/desk/hand-overs/", fireman)):
        assert "已撤销" not in words(who.get(path)), path
    assert "签收" in words(fireman.get("/desk/hand-overs/"))
    assert "柯城区水亭饭店" in words(client.get("/my/"))
    (licence,) = list_licences_of_case(fire)
    chief = on_post("fire.chief")
    end_licence(code=licence.code, ground="by_deceit", reasons="虚假材料", by=chief, at=AT)
    for path, who in (*pages.items(), ("/desk/hand-overs/", fireman)):
        assert "已撤销" in words(who.get(path)), path
    assert (
        f"/desk/hand-overs/{fire}/receive/" not in fireman.get("/desk/hand-overs/").content.decode()
    )


def test_a_correction_in_which_nothing_changed_is_handed_in_only_if_that_is_meant() -> None:
    client, applicant = citizen()
    number = correcting(applicant)
    refuses(CorrectionUnchanged, cases.submit_correction, number=number, by=applicant, at=LATER)
    asked = client.post(f"/apply/{number}/check/")
    assert (asked.status_code, "还没有改过内容" in words(asked)) == (422, True)
    sent = client.post(f"/apply/{number}/check/", {"is_unchanged_meant": "yes"})
    assert sent.status_code == 302
    window = official("window")
    desk = words(window.get(f"/desk/tasks/{task(number, 'receive').pk}/"))
    assert "申请人说明无须改动" in desk
    assert "已提交补正" in words(client.get(f"/apply/{number}/submitted/"))


def test_the_window_and_the_applicant_read_what_a_correction_changed() -> None:
    client, applicant = citizen()
    number = correcting(applicant)
    fill_in(number, applicant, at=LATER, seats=12)
    cases.submit_correction(number=number, by=applicant, at=LATER)
    desk = words(official("window").get(f"/desk/tasks/{task(number, 'receive').pk}/"))
    assert "申请人改了：座位数" in desk
    assert "这次补正改了：座位数" in words(client.get(f"/apply/{number}/submitted/"))


def test_no_day_is_promised_while_the_applicant_corrects() -> None:
    client, applicant = citizen()
    number = correcting(applicant)
    page = words(client.get(f"/my/cases/{number}/"))
    assert "2026-12-15" in page
    assert "2026-11-30" not in page
    assert "补正后重新起算" in page


def test_who_was_helped_is_told_what_they_may_still_do() -> None:
    client, applicant = citizen()
    number = submitted(applicant, NOODLES)
    Case.objects.filter(number=number).update(helper_post="village.agent", helper_account="x")
    page = words(client.get(f"/my/cases/{number}/"))
    assert "您可以自己接着填" not in page
    assert "只有您本人可以撤回" in page
    assert "申请人（代办员代填）" in page


def test_a_paper_that_may_follow_is_not_passed_over() -> None:
    client, applicant = citizen()
    number = draft(applicant, RESTAURANT)
    file = cases.open_case(number=number, purpose="", by=applicant, at=AT)
    later = next(each for each in file.materials if each.may_follow)
    given = next(each for each in file.files if each.material == later.key)
    cases.remove_file(number=number, material=later.key, sha256=given.sha256, by=applicant, at=AT)
    assert "必交的已齐，另有 1 份可以后补" in words(client.get(f"/apply/{number}/"))


def test_what_a_submission_lacks_leads_to_the_field() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    cases.save_draft(number=number, values={"credit_code": None}, seen=None, by=applicant, at=AT)
    refused = client.post(f"/apply/{number}/check/")
    assert refused.status_code == 422
    assert f'href="/apply/{number}/form/shop/#field-credit_code"' in refused.content.decode()
    fill_in(number, applicant)
    plan = Case.objects.get(number=number).attachments.get(material="layout_plan")
    cases.remove_file(
        number=number, material="layout_plan", sha256=plan.sha256, by=applicant, at=AT
    )
    refused = client.post(f"/apply/{number}/check/")
    assert f'href="/apply/{number}/materials/#file-layout_plan"' in refused.content.decode()


def test_the_guide_leads_to_the_draft_that_is_open() -> None:
    client, applicant = citizen()
    assert "开始办理" in words(client.get("/guide/open_restaurant/"))
    number = draft(applicant, NOODLES)
    page = client.get("/guide/open_restaurant/")
    assert f"接着填 {number}" in words(page)
    assert "另外再办一份" in words(page)
    cases.submit_case(number=number, by=applicant, at=AT)
    assert number not in words(client.get("/guide/open_restaurant/"))


def test_an_unanswered_question_is_told_in_one_sentence() -> None:
    client, applicant = citizen()
    number = cases.start_draft(bundle="open_restaurant", by=applicant, at=AT)
    refused = words(client.post(f"/apply/{number}/questions/", {"building_use": "商业"}))
    assert "请选择会不会有油烟" in refused
    assert "？。" not in refused

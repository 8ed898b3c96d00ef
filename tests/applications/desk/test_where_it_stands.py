"""The desk leads from the case to one's task and back, and offers only what can be done."""

from datetime import timedelta

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.licences.models import IssuedDocument, Licence
from shuzheng.support.licences.operations import end_licence
from shuzheng.support.licences.queries import (
    get_licence_by_code,
    list_documents_of_case,
    list_licences_of_case,
)
from shuzheng.support.messages.queries import list_messages
from tests.applications.browsers import official, words
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    member,
    on_post,
    review,
    rule,
    submitted,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import nothing_changes
from tests.support.cases.test_clocks import drainage

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
LARGE = {**NOODLES, "floor_area": 400}


def granted() -> tuple[str, str]:
    """Return a bundle and its fire inspection, granted with a licence."""
    number = accepted(wang(), LARGE)
    fire = member(number, "fire_inspection")
    rule(fire)
    work_off(AT + timedelta(seconds=2))
    return number, fire


def revoked() -> tuple[str, str]:
    number, fire = granted()
    (licence,) = list_licences_of_case(fire)
    by = on_post("fire.chief")
    end_licence(code=licence.code, ground="by_deceit", reasons="虚假材料。", by=by, at=AT)
    return number, fire


def test_a_case_leads_to_the_task_of_who_has_it_and_says_who_that_is() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    reviewer, chief = official("market"), official("marketchief")
    link = f'href="/desk/tasks/{found.pk}/"'
    page = reviewer.get(f"/desk/cases/{shop}/")
    assert link in page.content.decode()
    assert "去办理：审查" in words(page)
    assert "未认领" in words(page)
    page = chief.get(f"/desk/cases/{shop}/")
    assert link not in page.content.decode()
    reviewer.post(f"/desk/tasks/{found.pk}/claim/")
    assert "market 在办" in words(chief.get(f"/desk/cases/{shop}/"))
    assert (
        f'href="/desk/cases/{shop}/"' in reviewer.get(f"/desk/tasks/{found.pk}/").content.decode()
    )


def test_while_the_clock_stands_no_opinion_and_no_ruling_is_asked_for() -> None:
    number = drainage()
    found = task(number, "review")
    reviewer = official("housing")
    form = f'action="/desk/tasks/{found.pk}/review/"'
    assert form in reviewer.get(f"/desk/tasks/{found.pk}/").content.decode()
    by = on_post("housing.reviewer")
    cases.suspend_clock(number=number, kind="testing", reason="取样", by=by, at=AT)
    page = reviewer.get(f"/desk/tasks/{found.pk}/")
    assert form not in page.content.decode()
    assert "期限中止期间不能提交意见、作出决定" in words(page)
    cases.resume_clock(number=number, result="合格", by=by, at=AT)
    assert form in reviewer.get(f"/desk/tasks/{found.pk}/").content.decode()


def test_after_a_ruling_the_desk_says_that_papers_are_being_made() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    review(shop)
    found = task(shop, "rule")
    chief = official("marketchief")
    answer = chief.post(f"/desk/tasks/{found.pk}/rule/", {"ruling": "grant"})
    said = words(chief.get(answer.headers["Location"]))
    assert "系统正在制作文书、证照；做好后自动进入下一步。" in said
    assert "没有后续任务" not in said


def test_after_a_task_the_desk_names_what_still_goes_on_beside_it() -> None:
    answers = {**LARGE, "drains": "public_sewer"}
    number = accepted(wang(), answers, at=AT - timedelta(hours=1))
    found = task(member(number, "fire_inspection"), "rule")
    chief = official("firechief")
    answer = chief.post(f"/desk/tasks/{found.pk}/rule/", {"ruling": "grant"})
    said = words(chief.get(answer.headers["Location"]))
    assert "同一办件还在办" in said
    assert "联合现场核查（" in said


def test_who_rules_reads_which_way_the_reviewer_advised() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    cases.review_matter(
        task_id=found.pk,
        advises_grant=False,
        opinion="布局不合要求",
        by=on_post("market.reviewer"),
        at=AT,
    )
    page = words(official("marketchief").get(f"/desk/tasks/{task(shop, 'rule').pk}/"))
    assert "建议不予 布局不合要求" in " ".join(page.split())


def test_the_window_says_when_periods_really_begin() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    page = words(official("window").get(f"/desk/tasks/{found.pk}/"))
    assert "要等前一事项办好的，从轮到它时起算" in page
    assert "各部门的期限从今天起算" not in page


def test_a_revoked_licence_says_so_with_its_day_on_the_case_and_at_the_hand_over() -> None:
    _, fire = revoked()
    page = words(official("firechief").get(f"/desk/cases/{fire}/"))
    assert "已撤销 2026-11-23" in " ".join(page.split())
    client = official("fire")
    listed = client.get("/desk/hand-overs/")
    said = " ".join(words(listed).split())
    assert "已撤销 2026-11-23" in said
    assert "证照已失效，无须签收，不再首查。" in said
    assert "首查最迟" not in said
    assert "/receive/" not in listed.content.decode()


def test_only_grounds_that_apply_are_offered() -> None:
    _, fire = granted()
    (licence,) = list_licences_of_case(fire)
    path = f"/desk/licences/{licence.code}/end/"
    chief = official("firechief")
    assert 'value="by_deceit"' in chief.get(path).content.decode()
    by = on_post("fire.chief")
    end_licence(code=licence.code, ground="by_deceit", reasons="虚假材料", by=by, at=AT)
    ended = chief.get(path)
    assert 'value="by_deceit"' not in ended.content.decode()
    assert "注销：" in words(ended)
    assert "撤回：" not in words(ended)


def test_ending_a_licence_is_looked_at_twice() -> None:
    _, fire = granted()
    (licence,) = list_licences_of_case(fire)
    path = f"/desk/licences/{licence.code}/end/"
    chief = official("firechief")
    typed = {"ground": "by_deceit", "reasons": "提交虚假材料"}
    with nothing_changes():
        look = chief.post(path, typed)
    assert look.status_code == 200
    assert "请再看一遍" in words(look)
    assert "提交虚假材料" in words(look)
    with nothing_changes():
        back = chief.post(path, {**typed, "back": "yes"})
    assert 'value="by_deceit" required checked' in back.content.decode()
    assert chief.post(path, {**typed, "confirmed": "yes"}).status_code == 302
    found = get_licence_by_code(licence.code)
    assert found is not None
    assert found.state == "revoked"


@pytest.mark.parametrize(
    ("who", "of_the_bundle", "of_the_matter"),
    [
        ("window", 200, 200),
        ("supervisor", 200, 200),
        ("fire", 200, 200),
        ("firechief", 200, 200),
        ("housing", 200, 404),
        ("housingchief", 200, 404),
        ("agent", 404, 404),
        ("auditor", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_issued_papers_are_open_to_their_department_and_to_who_received_the_bundle(
    who: str, of_the_bundle: int, of_the_matter: int
) -> None:
    number = accepted(wang(), {**LARGE, "drains": "public_sewer"})
    fire = member(number, "fire_inspection")
    rule(fire)
    work_off(AT + timedelta(seconds=2))
    client = official(who)
    receipt = list_documents_of_case(number)[0]
    ruling = list_documents_of_case(fire)[0]
    (licence,) = list_licences_of_case(fire)
    before = (IssuedDocument.objects.count(), Licence.objects.count())
    for path, status in (
        (f"/desk/cases/{number}/documents/{receipt.code}/", of_the_bundle),
        (f"/desk/cases/{fire}/documents/{ruling.code}/", of_the_matter),
        (f"/desk/cases/{fire}/documents/{licence.code}/?kind=licence", of_the_matter),
    ):
        assert client.get(path).status_code == status, path
    assert (IssuedDocument.objects.count(), Licence.objects.count()) == before


def test_a_department_without_part_in_the_bundle_opens_none_of_its_papers() -> None:
    number, fire = granted()
    code = list_documents_of_case(number)[0].code
    housing = official("housingchief")
    assert housing.get(f"/desk/cases/{number}/documents/{code}/").status_code == 404
    (licence,) = list_licences_of_case(fire)
    path = f"/desk/cases/{number}/documents/{licence.code}/?kind=licence"
    assert official("window").get(path).status_code == 404


def test_the_case_links_only_the_papers_that_may_be_opened() -> None:
    number = accepted(wang(), {**LARGE, "drains": "public_sewer"})
    fire, drain = member(number, "fire_inspection"), member(number, "drainage_permit")
    rule(fire)
    work_off(AT + timedelta(seconds=2))
    ruling, receipt = list_documents_of_case(fire)[0], list_documents_of_case(number)[0]
    html = official("housing").get(f"/desk/cases/{drain}/").content.decode()
    assert f"/desk/cases/{fire}/documents/{ruling.code}/" not in html
    assert f"/desk/cases/{number}/documents/{receipt.code}/" in html


def test_the_holder_reads_why_and_where_to_turn_with_a_way_to_the_case() -> None:
    _, fire = revoked()
    work_off(AT + timedelta(seconds=3))
    (told,) = (m for m in list_messages(person=wang().person) if "已被撤销" in m.title)
    assert "理由：虚假材料。依据：" in told.body
    assert "六十日内向衢州市人民政府申请行政复议" in told.body
    assert told.link == f"/my/cases/{fire}/"

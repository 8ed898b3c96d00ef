"""Tasks change hands at the desk: who may is shown how, what could not go is named."""

import re

import pytest
from django.utils import timezone

from shuzheng.support.cases.models import Task
from shuzheng.support.cases.operations import raise_vacant
from shuzheng.support.identity.models import Account
from tests.applications.browsers import browser, citizen, official, words
from tests.support.cases.play import NOODLES, accepted, member, submitted, task, wang
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def account(name: str) -> str:
    return str(Account.objects.get(username=name).public_id)


def holder(pk: int) -> str:
    return Task.objects.get(pk=pk).claimed_by


def test_a_claimed_task_is_passed_to_a_colleague_and_both_are_told_what_became_of_it() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    window, _ = official("window"), official("window2")
    window.post(f"/desk/tasks/{found.pk}/claim/")
    assert "换人办理" in words(window.get(f"/desk/tasks/{found.pk}/"))
    assert "window2（综合窗口）" in words(window.get(f"/desk/tasks/{found.pk}/hand/"))
    typed = {"to": account("window2"), "reasons": "今天下午请假"}
    answer = window.post(f"/desk/tasks/{found.pk}/hand/reassign/", typed)
    assert answer.headers["Location"] == f"/desk/colleagues/?handed={found.pk}"
    assert "现由window2办理" in words(window.get(answer.headers["Location"]))
    assert holder(found.pk) == account("window2")


def test_the_supervisor_gives_back_or_takes_over_what_somebody_absent_holds() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    official("window").post(f"/desk/tasks/{found.pk}/claim/")
    supervisor = browser("supervisor", staff_number="QZ0003")
    page = words(supervisor.get("/desk/colleagues/"))
    assert "window" in page
    assert found.case.number in page
    path = f"/desk/tasks/{found.pk}/hand/"
    assert supervisor.post(f"{path}give-back/", {"reasons": " "}).status_code == 422
    assert supervisor.post(f"{path}give-back/", {"reasons": "病假"}).status_code == 302
    assert holder(found.pk) == ""
    assert "已退回岗位" in words(supervisor.get(f"/desk/colleagues/?handed={found.pk}"))
    assert supervisor.post(f"{path}take-over/", {"reasons": "无人办"}).status_code == 302
    assert holder(found.pk) == account("supervisor")
    assert supervisor.post(f"/desk/tasks/{found.pk}/accept/").status_code == 302
    gone = supervisor.get(path)
    assert gone.headers["Location"] == f"/desk/cases/{found.case.number}/"


def test_all_of_somebodys_tasks_go_at_once_and_what_cannot_is_named() -> None:
    first, second = (task(submitted(wang(), NOODLES), "receive") for _ in range(2))
    window, _, _ = official("window"), official("window2"), official("market")
    for each in (first, second):
        window.post(f"/desk/tasks/{each.pk}/claim/")
    typed = {"holder": account("window"), "to": account("market"), "reasons": "调岗"}
    page = words(window.post("/desk/colleagues/hand-over/", typed))
    assert "已移交 0 件，未能移交 2 件" in page
    assert "没有能办理“收件审查”的岗位" in page
    page = words(window.post("/desk/colleagues/hand-over/", {**typed, "to": account("window2")}))
    assert "已移交 2 件，未能移交 0 件" in page
    assert {holder(each.pk) for each in (first, second)} == {account("window2")}


def test_what_was_handed_in_another_department_is_not_told() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    official("window").post(f"/desk/tasks/{found.pk}/claim/")
    path = f"/desk/colleagues/?handed={found.pk}"
    assert "现由window办理" in words(browser("supervisor", staff_number="QZ0003").get(path))
    page = words(official("marketchief").get(path))
    assert "window" not in page
    assert found.case.number not in page


def test_who_has_no_part_in_a_task_does_not_see_how_it_changes_hands() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    official("window").post(f"/desk/tasks/{found.pk}/claim/")
    paths = [f"/desk/tasks/{found.pk}/hand/{act}" for act in ("", "take-over/", "reassign/")]
    client, _ = citizen()
    others = [official(who) for who in ("window2", "market", "marketchief", "firechief")]
    typed = {"to": "no account at all", "reasons": "看看"}
    with nothing_changes():
        for path in (*paths, "/desk/colleagues/", "/desk/colleagues/hand-over/"):
            assert client.post(path).status_code == 403, path
        for other in others:
            assert other.get(paths[0]).status_code == 404
        for path in paths[1:]:
            assert others[-1].post(path, typed).status_code == 404, path


def test_work_of_a_post_without_anybody_is_marked_at_the_desk_above_and_counted() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    supervisor = official("supervisor")
    assert "本岗位暂无人员" not in words(supervisor.get("/desk/"))
    assert raise_vacant(at=timezone.now()) == 1
    for path in ("/desk/", "/desk/colleagues/", f"/desk/tasks/{found.pk}/"):
        shown = words(supervisor.get(path))
        assert "本岗位暂无人员" in shown, path
        assert "综合窗口" in shown, path
    page = words(supervisor.get("/desk/colleagues/"))
    assert re.search(r"有待办而暂无人员的岗位.*综合窗口\s+1\s+\S+\s+窗口主管", page, re.DOTALL)
    official("window")
    for path in ("/desk/", "/desk/colleagues/", f"/desk/tasks/{found.pk}/"):
        assert "本岗位暂无人员" not in words(supervisor.get(path)), path
    assert "提级" in words(supervisor.get("/desk/"))


def test_who_has_nobody_to_hand_over_to_is_told_why() -> None:
    found = task(member(accepted(wang(), NOODLES), "small_restaurant"), "review")
    market = official("market")
    market.post(f"/desk/tasks/{found.pk}/claim/")
    said = words(market.get("/desk/colleagues/"))
    assert "没有其他有此职责的在岗人员可以移交" in said
    assert "全部移交" not in said

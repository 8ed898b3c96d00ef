"""The administrator sees who may come in and what is in force, and changes it with a trace."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from shuzheng.applications.desk.pages.content import KINDS
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.queries import digest_of, list_applied_rows
from shuzheng.infrastructure.content.rules import Plan, registered_kinds
from shuzheng.site import preparation
from shuzheng.support.cases.operations import raise_vacant
from shuzheng.support.identity.models import OneTimeLink
from shuzheng.support.identity.queries import find_account
from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import NOODLES, submitted, wang
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_accounts_show_posts_and_who_has_none_yet() -> None:
    administrator = official("administrator")
    official("window")
    page = words(administrator.get("/desk/accounts/"))
    assert "综合窗口" in page
    assert "还没有账号的工作人员" in page
    found = words(administrator.get("/desk/accounts/?q=QZ0001"))
    assert "QZ0017" not in found.split("还没有账号")[0]


def test_an_account_is_made_entered_by_a_link_suspended_and_restored() -> None:
    administrator = official("administrator")
    made = administrator.post("/desk/accounts/create/", {"staff_number": "QZ0004"})
    account = find_account("qz0004")
    assert account is not None
    path = f"/desk/accounts/{account.id}/"
    assert made.headers["Location"] == path
    shown = administrator.post(f"{path}link/").content.decode()
    link = re.search(r"http://testserver(/accounts/link/[^/]+/)", shown)
    assert link
    assert link[1] not in administrator.get(path).content.decode()
    assert Client().get(link[1]).status_code == 200
    assert administrator.post(f"{path}suspend/", {"reason": ""}).status_code == 422
    assert administrator.post(f"{path}suspend/", {"reason": "调离"}).status_code == 302
    assert Client().get(link[1]).status_code == 404
    page = words(administrator.get(path))
    assert "已停用" in page
    assert "：调离" in page
    assert administrator.post(f"{path}link/").status_code == 409
    assert administrator.post(f"{path}restore/", {"reason": "返岗"}).status_code == 302
    assert find_account("qz0004").is_active


def test_a_citizen_is_found_by_the_whole_name_and_stays_masked() -> None:
    citizen()
    administrator = official("administrator")
    page = words(administrator.get("/desk/accounts/?q=wang"))
    assert "王小明" not in page
    assert "群众" in page
    account = find_account("wang")
    assert "王小明" not in words(administrator.get(f"/desk/accounts/{account.id}/"))


def test_an_administrator_makes_no_link_to_come_in_as_a_citizen() -> None:
    citizen()
    administrator = official("administrator")
    account = find_account("wang")
    path = f"/desk/accounts/{account.id}/"
    assert "签发一次性登录链接" not in words(administrator.get(path))
    answer = administrator.post(f"{path}link/")
    assert answer.status_code == 403
    assert "一次性登录链接只能签发给工作人员的账号" in words(answer)
    assert not OneTimeLink.objects.exists()


def test_content_shows_its_digest_and_who_applied_it() -> None:
    administrator = official("administrator")
    page = words(administrator.get("/desk/content/"))
    assert digest_of(list_applied_rows()) in page
    row = next(row for row in list_applied_rows() if row.kind == "department")
    items = words(administrator.get("/desk/content/?kind=department"))
    assert row.key in items
    assert row.digest[:12] in items


def test_who_is_no_administrator_finds_neither() -> None:
    clients = {"window": official("window"), "auditor": official("auditor"), "wang": citizen()[0]}
    account = find_account("wang")
    with nothing_changes():
        for name, client in clients.items():
            for path in ("/desk/accounts/", f"/desk/accounts/{account.id}/", "/desk/content/"):
                assert client.get(path).status_code == 403, (name, path)
            for path in ("create/", f"{account.id}/link/", f"{account.id}/suspend/"):
                assert client.post(f"/desk/accounts/{path}").status_code == 403, (name, path)


def test_the_administrator_sees_which_posts_without_anybody_have_work() -> None:
    administrator = official("administrator")
    assert "暂无人员" not in words(administrator.get("/desk/accounts/"))
    submitted(wang(), NOODLES)
    page = words(administrator.get("/desk/accounts/"))
    assert re.search(r"综合窗口\s+1\s+\S+\s+上级岗位也没有人员", page)
    official("supervisor")
    raise_vacant(at=timezone.now())
    page = words(administrator.get("/desk/accounts/"))
    assert re.search(r"综合窗口\s+1\s+\S+\s+窗口主管", page)


def test_every_kind_of_content_is_called_what_people_call_it() -> None:
    assert {kind.name for kind in registered_kinds()} <= set(KINDS)
    page = words(official("administrator").get("/desk/content/"))
    assert "文书模板" in page


def test_what_was_applied_when_the_house_started_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: dict[str, object] = {}

    def keep(**given: object) -> Plan:
        told.update(given)
        return Plan(city="quzhou", changes=())

    monkeypatch.setattr(preparation.content, "apply_city", keep)
    preparation.apply_city(tmp_path)
    by = told["by"]
    assert isinstance(by, Actor)
    assert (by.kind, by.name) == ("system", "系统启动时")


def test_the_desk_is_in_english_down_to_forms_steps_and_posts() -> None:
    number = submitted(wang(), NOODLES)
    window = official("window")
    window.cookies["django_language"] = "en"
    case = " ".join(words(window.get(f"/desk/cases/{number}/")).split())
    assert "What will you sell?" in case
    assert "Check on receipt · " in case
    assert "Taken by" not in case
    inbox = words(window.get("/desk/"))
    assert "Check on receipt" in inbox

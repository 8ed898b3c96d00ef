"""A case that nobody applied for: at the desk of its department, and not in the hall."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from shuzheng.data.collection.operations import collect
from shuzheng.data.collection.queries import BatchRow
from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Task
from shuzheng.support.cases.rules.states import State
from shuzheng.support.matters.queries import list_matters, search_matters
from tests.applications.browsers import citizen, official, words
from tests.support.cases.beginnings import opened
from tests.support.cases.play import AT, TODAY, work_off

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
KEY = "data_correction"
HEADINGS = "公民身份号码,姓名,性别,出生日期,户籍地址,村社代码,更新日期"
GOOD = "330000199001029014,王小明,男,1990-01-02,上街1号,330802001001,2026-11-20"
BAD = "1,,男,,上街2号,,2026-11-20"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def deliver(*rows: str) -> BatchRow:
    """Let the police deliver rows, and the worker do what follows."""
    content = "\n".join((HEADINGS, *rows)).encode()
    batch = collect(
        dataset="police_persons",
        filename="people.csv",
        content=content,
        on=TODAY,
        by=system("tests"),
        at=AT,
    )
    carry()
    return batch


def carry() -> None:
    work_off()
    while cases.carry_messages(at=AT):
        pass
    work_off(AT + timedelta(seconds=1))


def seen(browser: Client, path: str) -> str:
    return words(browser.get(path))


def test_rows_put_aside_open_a_case_of_the_data_steward_once() -> None:
    deliver(GOOD, BAD)
    (number,) = opened(KEY)
    deliver(GOOD, BAD)
    assert opened(KEY) == [number]
    found = Task.objects.get(case__number=number)
    assert (found.element, found.post, found.due_on) == ("verify", "data.steward", None)
    assert Case.objects.get(number=number).department == "data"
    deliver(GOOD.replace("上街", "下街"))
    assert opened(KEY) == [number]


def test_the_desk_shows_it_says_why_and_lets_it_be_closed() -> None:
    deliver(GOOD, BAD)
    (number,) = opened(KEY)
    steward, found = official("steward"), Task.objects.get(case__number=number)
    inbox = seen(steward, "/desk/")
    assert "决定是否要求核实更正" in inbox
    assert "无申请人" in inbox
    page = seen(steward, f"/desk/tasks/{found.pk}/")
    for told in (
        "启动原因",
        "归集了一批部门数据，自动启动。",
        "people.csv",
        "隔离的行",
        "无申请人",
        "会留痕",
        "不需要更正",
    ):
        assert told in page
    for absent in ("申请表", "没有上传材料", "会告知申请人", "显示完整信息"):
        assert absent not in page
    answer = steward.post(f"/desk/tasks/{found.pk}/done/", {"outcome": "needless"})
    assert answer.status_code == 302
    case = Case.objects.get(number=number)
    assert (case.state, case.variables["outcome"]) == (State.CLOSED, "needless")
    for path in (f"/desk/cases/{number}/", f"/desk/cases/{number}/flow/"):
        page = steward.get(path)
        assert page.status_code == 200
        assert "无申请人" in words(page)
    assert "已办结" in seen(steward, "/desk/cases/")
    assert steward.get(f"/desk/cases/{number}/past/").status_code == 200


def test_nobody_else_opens_it_and_nobody_is_told_of_the_reading() -> None:
    deliver(GOOD, BAD)
    (number,) = opened(KEY)
    person, actor = citizen()
    for other in (official("market"), official("window"), person):
        assert other.get(f"/desk/cases/{number}/").status_code in {403, 404}
    assert person.get(f"/my/cases/{number}/").status_code == 404
    assert number not in seen(person, "/my/")
    seen(official("steward"), f"/desk/cases/{number}/")
    seen(official("auditor"), f"/desk/cases/{number}/")
    read = Entry.objects.filter(case=number, kind="case.read")
    assert sorted(read.values_list("actor_post", "person")) == [
        ("audit.auditor", ""),
        ("data.steward", ""),
    ]
    assert not Entry.objects.filter(case=number, person=actor.person).exists()


def test_the_hall_does_not_offer_it() -> None:
    person, _ = citizen()
    assert KEY not in {each.key for each in list_matters(on=TODAY)}
    assert KEY not in {each.key for each in search_matters("公共数据核实更正", on=TODAY)}
    assert person.get(f"/guide/{KEY}/").status_code == 404
    assert f"/guide/{KEY}/" not in person.get("/search/?q=公共数据核实更正").content.decode()
    assert f"/guide/{KEY}/" not in person.get("/matters/").content.decode()
    refusal = person.post(f"/guide/{KEY}/start/")
    assert (refusal.status_code, opened(KEY)) == (422, [])

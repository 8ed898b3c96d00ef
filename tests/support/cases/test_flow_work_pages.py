"""The pages of flows at work: the library, the map of cases, plans and migrations."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, ServiceRequest
from shuzheng.support.cases.pages.durations import say_duration
from shuzheng.support.cases.queries.passages import passage_between, what_becomes_of
from shuzheng.support.workflow.models import FlowDraft
from shuzheng.support.workflow.operations import put_version
from shuzheng.support.workflow.queries import get_flow, get_flow_version
from tests.applications.browsers import citizen, official
from tests.support.cases.flows import BY, begin, complete
from tests.support.cases.play import AT
from tests.support.workflow.flow_drawing import drawing

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
KEY = "at_work"
ENDS = '<startEvent id="s" name="开始"/><endEvent id="e" name="办结"/>'
DAY = timedelta(days=1)
PATHS = (
    "/desk/flows/",
    f"/desk/flows/{KEY}/map/",
    f"/desk/flows/{KEY}/map.csv",
    f"/desk/flows/{KEY}/plan/",
)


def task(key: str, name: str) -> str:
    return f'<userTask id="{key}" name="{name}" shuzheng:duty="supervise:open_restaurant"/>'


ONE = drawing(ENDS + task("a", "=审查") + task("b", "决定"), "s>a a>b b>e")
TWO = drawing(ENDS + task("a", "=审查") + task("c", "会签") + task("b", "决定"), "s>a a>c c>b b>e")
THREE = drawing(ENDS + task("c", "会签") + task("b", "决定"), "s>c c>b b>e")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    get_flow_version.cache_clear()
    passage_between.cache_clear()
    what_becomes_of.cache_clear()
    with time_machine.travel(AT, tick=False):
        yield


def publish(xml: bytes) -> int:
    return put_version(key=KEY, title="工作中的流程", xml=xml, department="market", by=BY, at=AT)


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_library_says_version_owner_and_running_cases_old_ones_apart() -> None:
    begin(publish(ONE))
    begin(publish(TWO))
    text = words(official("market").get("/desk/flows/"))
    for told in ("工作中的流程", "第 2 版", "衢州市市场监督管理局", "其中 1 件在旧版"):
        assert told in text
    assert "画一个新流程" in text


@pytest.mark.parametrize("path", PATHS)
def test_flows_at_work_are_for_officials_who_see_flows(path: str) -> None:
    begin(publish(ONE))
    assert official("agent").get(path).status_code == 403
    assert citizen()[0].get(path).status_code == 403
    assert official("auditor").get(path).status_code == 200


def test_the_map_marks_steps_and_lines_and_the_table_says_the_same() -> None:
    version = publish(ONE)
    number = begin(version)
    begin(version)
    complete(number, "a", at=AT + 2 * DAY)
    text = words(official("market").get(f"/desk/flows/{KEY}/map/"))
    assert 'data-element="a" data-mark="slow" data-note="2 · 2 天"' in text
    assert 'data-element="s_a" data-mark="often-5"' in text
    assert 'data-element="a_b" data-mark="often-3"' in text
    assert 'data-element="b_e" data-mark="never"' in text
    assert "2 件实际办件" in text
    assert "办理人少于 5 人，不单列" in text
    assert "办事员甲" not in text


def test_the_map_of_a_period_without_cases_says_so() -> None:
    begin(publish(ONE))
    page = official("market").get(f"/desk/flows/{KEY}/map/?begin=2030-01-01&sort=nonsense")
    assert "这段时间没有办件走过这个流程" in words(page)
    assert official("auditor").get(f"/desk/flows/{KEY}/map/?begin=x&end=9999-12-31").status_code


def test_the_table_is_handed_out_and_no_name_is_taken_for_a_formula() -> None:
    number = begin(publish(ONE))
    complete(number, "a", at=AT + DAY)
    answer = official("market").get(f"/desk/flows/{KEY}/map.csv?sort=waiting")
    assert answer["Content-Type"] == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == [
        *("element", "name", "kind", "visits", "cases", "returns", "standing"),
        "median_waiting_seconds",
    ]
    assert rows[1] == ["a", "'=审查", "user", "1", "1", "0", "0", "86400"]


def test_a_plan_says_where_each_group_goes_and_why() -> None:
    one = publish(ONE)
    begin(one)
    complete(begin(one), "a")
    publish(THREE)
    text = words(official("marketchief").get(f"/desk/flows/{KEY}/plan/"))
    for told in ("2 件在旧版上办理", "1 件可以迁移", "1 件留在旧版", "新版没有这一步", "步骤未变"):
        assert told in text
    assert "开始迁移" in text
    assert "开始迁移" not in words(official("market").get(f"/desk/flows/{KEY}/plan/"))


def test_who_may_not_migrate_starts_nothing() -> None:
    begin(publish(ONE))
    publish(TWO)
    answer = official("market").post(f"/desk/flows/{KEY}/migrate/", {"reasons": "改进"})
    assert answer.status_code == 403
    assert queries.list_migrations(KEY) == ()


def test_a_migration_starts_with_reasons_and_its_page_tells_how_far_it_is() -> None:
    number = begin(publish(ONE))
    two = publish(TWO)
    chief = official("marketchief")
    refused = chief.post(f"/desk/flows/{KEY}/migrate/", {"reasons": " "})
    assert refused.status_code == 422
    assert "应当说明理由" in words(refused)
    begun = chief.post(f"/desk/flows/{KEY}/migrate/", {"reasons": "加会签"})
    (migration,) = queries.list_migrations(KEY)
    assert begun.headers["Location"] == f"/desk/flows/migrations/{migration.id}/"
    assert "已处理 0/1" in words(chief.get(begun.headers["Location"]))
    while cases.migrate_batch(migration=migration.id, at=AT, limit=10):
        pass
    told = words(chief.get(f"/desk/flows/migrations/{migration.id}/progress/"))
    assert "迁移 1 件，留在旧版 0 件" in told
    assert "hx-get" not in told
    assert Case.objects.get(number=number).flow_id == two


def test_a_case_that_stays_is_placed_by_hand_with_reasons() -> None:
    number = begin(publish(ONE))
    three = publish(THREE)
    chief = official("marketchief")
    chief.post(f"/desk/flows/{KEY}/migrate/", {"reasons": "取消审查"})
    (row,) = queries.list_migrations(KEY)
    while cases.migrate_batch(migration=row.id, at=AT, limit=10):
        pass
    page = f"/desk/flows/migrations/{row.id}/"
    text = words(chief.get(page))
    assert number in text
    assert "转到“会签”" in text
    (staying,) = queries.list_staying(row.id)
    choice = {f"choice-{staying.doubts[0].choose}": "c", "number": number}
    refused = chief.post(f"{page}place/", choice)
    assert refused.status_code == 422
    assert Case.objects.get(number=number).flow_id != three
    assert official("market").post(f"{page}place/", choice | {"reasons": "x"}).status_code == 403
    placed = chief.post(f"{page}place/", choice | {"reasons": "审查已取消"})
    assert placed.status_code == 302
    assert Case.objects.get(number=number).flow_id == three


def test_those_that_stay_are_tried_again_with_reasons() -> None:
    begin(publish(ONE))
    publish(THREE)
    chief = official("marketchief")
    chief.post(f"/desk/flows/{KEY}/migrate/", {"reasons": "取消审查"})
    (row,) = queries.list_migrations(KEY)
    while cases.migrate_batch(migration=row.id, at=AT, limit=10):
        pass
    page = f"/desk/flows/migrations/{row.id}/retry/"
    assert official("market").post(page, {"reasons": "再试"}).status_code == 403
    assert chief.post(page, {}).status_code == 422
    assert chief.post(page, {"reasons": "办件已往前走"}).status_code == 302
    assert queries.get_migration(row.id).waiting == 1


def test_a_migrations_page_names_the_cases_it_moved_that_do_not_go_on() -> None:
    publish(ONE)
    number = begin(get_flow(KEY).id)
    outside = '<serviceTask id="x" shuzheng:operation="external.check"/>'
    publish(drawing(ENDS + outside + task("b", "决定"), "s>x x>b b>e"))
    chief = official("marketchief")
    chief.post(f"/desk/flows/{KEY}/migrate/", {"reasons": "改进"})
    (row,) = queries.list_migrations(KEY)
    while cases.migrate_batch(migration=row.id, at=AT, limit=10):
        pass
    page = f"/desk/flows/migrations/{row.id}/"
    past = {"number": number, "choice-a": "b", "reasons": "改进"}
    refused = chief.post(f"{page}place/", past)
    assert refused.status_code == 422
    assert "转到“决定”就会跳过这件办件还没有办的“服务任务”。" in words(refused)
    assert "有办件停住了" not in words(chief.get(page))
    chief.post(f"{page}place/", {**past, "choice-a": "x"})
    ServiceRequest.objects.filter(case__number=number).update(
        operation="licences.issue", requested_at=AT - DAY
    )
    case = official("supervisor").get(f"/desk/cases/{number}/")
    for said in (words(chief.get(page)), words(case)):
        assert "有办件停住了" in said
        assert f"{number} 测试事项" in said


def test_a_draft_is_published_with_the_migration_by_another_person() -> None:
    begin(publish(ONE))
    drafter, chief = official("market"), official("marketchief")
    drafter.post(f"/desk/flows/{KEY}/draft/")
    draft = FlowDraft.objects.get(key=KEY)
    page = f"/desk/flows/drafts/{draft.pk}/"
    drafter.post(f"{page}save/", {"xml": TWO.decode()})
    drafter.post(f"{page}send/", {"reasons": "加会签"})
    plan = words(chief.get(f"{page}plan/"))
    assert "1 件可以迁移" in plan
    assert "审核通过、发布并迁移" in plan
    assert "审核通过、发布并迁移" not in words(drafter.get(f"{page}plan/"))
    assert drafter.post(f"{page}publish/", {}).status_code == 403
    done = chief.post(f"{page}publish/", {"reasons": "同意"})
    (migration,) = queries.list_migrations(KEY)
    assert done.headers["Location"] == f"/desk/flows/migrations/{migration.id}/"
    assert (migration.version, migration.reasons) == (2, "加会签")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "—"),
        (0, "不到 1 分钟"),
        (59, "1 分钟"),
        (5400, "1.5 小时"),
        (86400, "1 天"),
        (200000, "2.3 天"),
    ],
)
def test_lengths_of_time_are_said_roughly(seconds: float | None, words: str) -> None:
    assert say_duration(seconds) == words


def test_the_map_keeps_the_desks_menu_and_offers_departments_that_had_cases() -> None:
    begin(publish(ONE))
    chief = official("marketchief")
    page = words(chief.get(f"/desk/flows/{KEY}/map/"))
    assert '<a class="sz-side__link" href="/desk/"' in page
    offered = page[page.index('<select class="govuk-select" id="department"') :]
    offered = offered[: offered.index("</select>")]
    assert offered.count("<option") == 2
    assert '<option value="service">' in offered
    for path in (f"/desk/flows/{KEY}/", "/desk/flows/", f"/desk/flows/{KEY}/plan/"):
        assert '<a class="sz-side__link" href="/desk/"' in words(chief.get(path))

"""A task of a drawing leads to a post somebody holds; where it does not, who draws is told."""

import shutil
from functools import partial
from itertools import pairwise

import pytest
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.rules import load_city, registered_kinds
from shuzheng.support.identity.operations import create_account
from shuzheng.support.workflow.models import FlowDraft, FlowVersion
from shuzheng.support.workflow.operations import (
    draft_new_flow,
    publish_draft,
    save_draft,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.pages import designing, drafts
from shuzheng.support.workflow.queries import check_drawing, get_drawing, get_flow
from shuzheng.support.workflow.rules import FlowProblem
from shuzheng.support.workflow.rules.draft_refusals import DraftUnsound
from shuzheng.support.workflow.rules.duties import KnownPost, check_duties
from tests.applications.browsers import words
from tests.cities import QUZHOU
from tests.support.cases.play import AT, on_post
from tests.support.workflow.flow_drawing import drawing, flow_of

CLERK = KnownPost("窗口", {"accept:meal"})
CHIEF = KnownPost("主管", {"accept:meal", "rule:meal"}, is_held=False)
ENDS = '<startEvent id="s"/><endEvent id="e"/>'


def body(*tasks: str) -> str:
    """Tasks one after the other: the attributes of each."""
    return ENDS + "".join(f'<userTask id="t{n}" {each}/>' for n, each in enumerate(tasks))


def duty(text: str) -> str:
    return f'shuzheng:duty="{text}"'


def flows(count: int) -> str:
    steps = ["s", *(f"t{n}" for n in range(count)), "e"]
    return " ".join(f"{a}>{b}" for a, b in pairwise(steps))


def found(*tasks: str, posts: tuple[KnownPost, ...], matters: tuple[str, ...] = ()) -> list[str]:
    flow = flow_of(body(*tasks), flows(len(tasks)))
    problems = check_duties(flow, posts=posts, matters=matters)
    return [f"{each.element} {each.code}" for each in problems]


def test_a_duty_no_post_has_is_an_error_and_one_nobody_holds_a_warning() -> None:
    flow = flow_of(body(duty("rule:meal"), duty("visit:meal"), duty("accept:meal")), flows(3))
    problems = list(check_duties(flow, posts=(CLERK, CHIEF), matters=()))
    assert [(each.element, each.code, each.severity) for each in problems] == [
        ("t0", "post-vacant", "warning"),
        ("t1", "duty-without-post", "error"),
        ("t2", "post-vacant", "warning"),
    ]
    assert problems[0].message == "承担职责“rule:meal”的岗位“主管”目前没有人员。"
    assert problems[1].message == "没有岗位承担职责“visit:meal”，任务无人可办。"


def test_the_matters_under_a_flow_fill_in_its_duties() -> None:
    tasks = (duty("accept:{matter}"), duty("accept:{item}"), 'shuzheng:assignee="applicant"')
    check = partial(found, *tasks, posts=(CLERK,))
    assert check() == []
    assert check(matters=("meal",)) == []
    assert check(matters=("meal", "sleep")) == ["t0 duty-without-post"]


def test_a_task_without_a_duty_is_an_error() -> None:
    flow = flow_of(body("", 'shuzheng:assignee="applicant"', duty("accept:meal")), flows(3))
    (problem,) = check_duties(flow, posts=(CLERK,), matters=())
    assert (problem.element, problem.code, problem.severity) == (
        "t0",
        "task-without-duty",
        "error",
    )
    assert problem.message == "人工任务没有写明由哪项职责办理，会落到不相干的岗位。"


def test_without_posts_nothing_is_said_of_duties() -> None:
    assert found(duty("accept:sleep"), posts=()) == []


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
class TestInACity:
    """Quzhou's posts, and the people who hold them today."""

    DRAWN = body(duty("accept:open_restaurant"), duty("review:food_licence"))
    LOST = drawing(body(duty("review:dreams")), flows(1))
    NOBODYS = drawing(body(""), flows(1))

    def check(self, xml: bytes, key: str = "new") -> list[FlowProblem]:
        return list(check_drawing(xml, key=key, at=AT))

    def test_who_holds_a_post_today_is_known(self) -> None:
        xml = drawing(self.DRAWN, flows(2))
        assert [each.code for each in self.check(xml)] == ["post-vacant"] * 2
        make(staff_number="QZ0001")
        make(staff_number="QZ0004")
        assert self.check(xml) == []

    def test_the_matters_in_force_under_the_flow_are_known(self) -> None:
        xml = get_drawing(get_flow("reviewed_matter").id)
        told = {each.sentence.facts.get("duty") for each in self.check(xml, "reviewed_matter")}
        assert {"review:small_restaurant", "rule:drainage_permit"} <= told
        others = {each.sentence.facts.get("duty") for each in self.check(xml, "another_flow")}
        assert others == {None}

    @pytest.mark.parametrize(
        ("drawn", "code"), [("LOST", "duty-without-post"), ("NOBODYS", "task-without-duty")]
    )
    def test_a_draft_whose_task_no_post_could_do_is_neither_sent_nor_published(
        self, drawn: str, code: str
    ) -> None:
        drafter = on_post("market.reviewer")
        draft = draft_new_flow(key="dreams", title="梦", by=drafter, at=AT)
        save_draft(draft=draft, xml=getattr(self, drawn), by=drafter, at=AT)
        before = FlowVersion.objects.count()
        with pytest.raises(DraftUnsound) as refused:
            send_to_review(draft=draft, reasons="试试", by=drafter, at=AT)
        assert [each.code for each in refused.value.problems] == [code]
        FlowDraft.objects.filter(pk=draft).update(state="waiting")
        with pytest.raises(DraftUnsound):
            publish_draft(draft=draft, by=on_post("market.chief"), at=AT)
        assert FlowVersion.objects.count() == before

    def test_a_draft_that_leads_to_a_vacant_post_is_published_with_a_warning(self) -> None:
        drafter = on_post("market.reviewer")
        draft = draft_new_flow(key="meals", title="餐", by=drafter, at=AT)
        save_draft(draft=draft, xml=drawing(self.DRAWN, flows(2)), by=drafter, at=AT)
        request = RequestFactory().get("/")
        request.actor = drafter
        for page in (designing.design, drafts.show_draft):
            shown = words(page(request, draft=draft))
            assert "岗位“综合窗口”目前没有人员" in shown
            assert "指定代理人" in shown
        send_to_review(draft=draft, reasons="试试", by=drafter, at=AT)
        assert publish_draft(draft=draft, by=on_post("market.chief"), at=AT)

    def test_the_designer_says_it_as_one_draws(self) -> None:
        drafter = on_post("market.reviewer")
        draft = start_draft(key="food_licence_review", by=drafter, at=AT)
        request = RequestFactory().post("/", {"xml": self.LOST.decode()})
        request.actor = drafter
        assert "没有岗位承担职责“review:dreams”" in words(designing.check(request, draft=draft))


def test_a_citys_check_says_when_no_post_has_a_duty(tmp_path) -> None:
    folder = shutil.copytree(QUZHOU, tmp_path / "quzhou")
    path = folder / "flows" / "open_restaurant.bpmn"
    path.write_text(path.read_text().replace("accept:open_restaurant", "accept:dreams"))
    posts = folder / "organisation" / "posts" / "departments.yaml"
    posts.write_text(posts.read_text().replace("- rule:drainage_permit\n", ""))
    problems = load_city(folder, registered_kinds(), ()).problems
    told = {(each.path.name, each.message) for each in problems}
    lost = "没有岗位承担职责“{}”，任务无人可办。(duty-without-post)"
    assert {
        ("open_restaurant.bpmn", lost.format("accept:dreams")),
        ("reviewed_matter.bpmn", lost.format("rule:drainage_permit")),
    } <= told


def make(*, staff_number: str) -> None:
    create_account(
        username=staff_number.lower(),
        display_name=staff_number,
        staff_number=staff_number,
        password="shui-ting-men-1988",
        by=system("tests"),
        at=AT,
    )

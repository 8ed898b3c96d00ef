"""The pages of flows: the library, drafts and their designer, each for those who may."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import translation

from shuzheng.infrastructure.access.rules import VISITOR, Actor, PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.infrastructure.web.operations import NotSignedIn
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.operations import publish_draft, save_draft, start_draft
from shuzheng.support.workflow.operations import send_to_review as send_draft
from shuzheng.support.workflow.pages import designing, drafts, library
from shuzheng.support.workflow.rules.draft_refusals import (
    DrafterMayNotReview,
    FlowOfOtherDepartment,
)
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, PUBLISH_FLOW, REVIEW_FLOW, SEE_FLOWS
from tests.support.workflow.pages.conftest import ONE, Official, see, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(official: Official) -> Actor:
    return official(REVIEW_FLOW, SEE_FLOWS, department="market", account="reviewer", post="")


def test_a_flow_is_shown_with_its_steps_and_its_versions(base: int, reviewer: Actor) -> None:
    text = words(see(library.show_flow, reviewer, key="review"))
    assert f'data-flow="/desk/flows/pictures/{base}.bpmn"' in text
    for told in ("审查流程", "审查", "办结", "人工任务", "第 1 版", "随城市内容发布"):
        assert told in text
    assert 'data-element="a"' in text
    assert "修改这个流程" not in text


def test_a_drawing_has_coordinates_and_is_sandboxed(base: int, reviewer: Actor) -> None:
    answer = see(library.show_picture, reviewer, version=base)
    assert answer.content.count(b"BPMNShape ") == 3
    assert answer["Content-Security-Policy"].startswith("sandbox")
    with pytest.raises(NotSignedIn):
        see(library.show_picture, VISITOR, version=base)


def test_pages_of_flows_are_for_those_who_see_flows(
    base: int, draft: int, official: Official
) -> None:
    for view, arguments in (
        (library.show_flow, {"key": "review"}),
        (library.show_version, {"key": "review", "number": 1}),
        (drafts.show_draft, {"draft": draft}),
        (drafts.show_drawing, {"draft": draft}),
    ):
        with pytest.raises(PostLacksPermission):
            see(view, official(department="market"), **arguments)
        with pytest.raises(NotSignedIn):
            see(view, VISITOR, **arguments)


def test_who_may_not_draft_neither_starts_nor_designs_nor_saves(
    draft: int, reviewer: Actor, official: Official
) -> None:
    before = Entry.objects.count()
    acts = (
        (drafts.start, {"key": "review"}),
        (drafts.send, {"draft": draft}),
        (drafts.drop, {"draft": draft}),
        (designing.save, {"draft": draft}),
        (designing.check, {"draft": draft}),
        (designing.tidy, {"draft": draft}),
    )
    for view, arguments in acts:
        with pytest.raises(PostLacksPermission):
            send(view, reviewer, **arguments)
    with pytest.raises(PostLacksPermission):
        see(designing.design, reviewer, draft=draft)
    with pytest.raises(FlowOfOtherDepartment):
        send(drafts.start, official(DRAFT_FLOW, department="fire"), key="review")
    assert Entry.objects.count() == before


def test_a_draft_shows_what_it_changes_on_the_drawing_and_in_words(
    draft: int, drafter: Actor
) -> None:
    answer = see(drafts.show_draft, drafter, draft=draft)
    text = words(answer)
    assert "style-src-attr" not in answer.headers
    assert "新增了人工任务“复核”" in text
    assert 'data-element="b" data-mark="added"' in text
    assert "送审" in text
    assert "审核通过并发布" not in text


def test_a_draft_goes_from_the_drafter_to_another_who_publishes(
    draft: int, drafter: Actor, reviewer: Actor, at: datetime
) -> None:
    refused = send(drafts.send, drafter, {"reasons": " "}, draft=draft)
    assert refused.status_code == 422
    assert "应当说明理由" in words(refused)
    assert send(drafts.send, drafter, {"reasons": "加复核"}, draft=draft).status_code == 302
    with pytest.raises((PostLacksPermission, DrafterMayNotReview)):
        send(drafts.review, drafter, {"verdict": "publish"}, draft=draft)
    assert "审核通过并发布" in words(see(drafts.show_draft, reviewer, draft=draft))
    done = send(drafts.review, reviewer, {"verdict": "publish", "reasons": "同意"}, draft=draft)
    assert done.headers["Location"] == "/desk/flows/review/2/"
    text = words(see(library.show_version, reviewer, key="review", number=2))
    for told in ("drafter 起草，reviewer 审核发布", "加复核", "同意", "与第 1 版比较"):
        assert told in text


def test_a_draft_is_sent_back_with_reasons(draft: int, drafter: Actor, reviewer: Actor, at) -> None:
    send_draft(draft=draft, reasons="加复核", by=drafter, at=at)
    assert send(drafts.review, reviewer, {}, draft=draft).status_code == 422
    assert send(drafts.review, reviewer, {"reasons": "太繁"}, draft=draft).status_code == 302
    assert queries.get_draft(draft).row.state == "sent_back"
    assert "太繁" in words(see(drafts.show_draft, drafter, draft=draft))


def test_what_a_version_took_away_is_shown_on_the_older_drawing(
    draft: int, drafter: Actor, official: Official, at: datetime
) -> None:
    send_draft(draft=draft, reasons="加复核", by=drafter, at=at)
    publish_draft(draft=draft, by=official(PUBLISH_FLOW), at=at)
    again = start_draft(key="review", by=drafter, at=at)
    save_draft(draft=again, xml=ONE, by=drafter, at=at)
    text = words(see(drafts.show_draft, drafter, draft=again))
    assert "删去了人工任务“复核”" in text
    assert text.count("data-flow=") == 2
    assert "旧版中删去的部分" in text


def test_a_new_flow_needs_a_key_that_can_be_one(drafter: Actor, at: datetime) -> None:
    refused = send(drafts.new, drafter, {"key": "审查", "title": "审查"})
    assert refused.status_code == 422
    assert "不能作流程编码" in words(refused)
    begun = send(drafts.new, drafter, {"key": "inspection", "title": "检查"})
    assert begun.status_code == 302
    (row,) = queries.list_drafts("inspection")
    assert (row.title, row.department) == ("检查", "market")


def test_visitors_are_led_to_sign_in(base: int, client: Client) -> None:
    for path in ("/desk/flows/", "/desk/flows/review/", "/desk/flows/review/map/"):
        assert client.get(path).status_code == 302


def test_a_change_is_said_in_english_and_names_keep_theirs(draft: int, drafter: Actor) -> None:
    with translation.override("en"):
        text = words(see(drafts.show_draft, drafter, draft=draft))
    assert "Added User task “复核”." in text
    assert "Added a line from “审查” to “复核”" in text or "“审查 → 复核”" in text

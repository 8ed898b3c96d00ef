"""The pages of flows: the library, drafts and their designer, each for those who may."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from shuzheng.infrastructure.access.rules import VISITOR, Actor, PostLacksPermission, system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.infrastructure.web.operations import NotSignedIn
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.models import FlowDraft
from shuzheng.support.workflow.operations import (
    publish_draft,
    publish_flow,
    save_draft,
    start_draft,
)
from shuzheng.support.workflow.operations import send_to_review as send_draft
from shuzheng.support.workflow.pages import designing, drafts, library
from shuzheng.support.workflow.rules import FlowInvalid
from shuzheng.support.workflow.rules.draft_refusals import (
    DrafterMayNotReview,
    DraftSavedMeanwhile,
    FlowOfOtherDepartment,
)
from shuzheng.support.workflow.rules.entries import (
    DRAFT_FLOW,
    PUBLISH_FLOW,
    REVIEW_FLOW,
    SEE_FLOWS,
)
from shuzheng.support.workflow.rules.reading.xml import MAX_BYTES
from tests.support.workflow.flow_drawing import drawing

pytestmark = pytest.mark.django_db
Official = Callable[..., Actor]
NAMED = '<startEvent id="s"/><userTask id="a" name="审查"/>{more}<endEvent id="e" name="办结"/>'
ONE = drawing(NAMED.format(more=""), "s>a a>e")
TWO = drawing(NAMED.format(more='<userTask id="b" name="复核"/>'), "s>a a>b b>e")
UNSOUND = drawing('<startEvent id="s"/><complexGateway id="g" name="乱"/>', "s>g")


def see(view: Callable[..., Any], actor: Actor, **arguments: Any) -> HttpResponse:
    return _answer(view, RequestFactory().get("/"), actor, arguments)


def send(
    view: Callable[..., Any], actor: Actor, data: Any = None, **arguments: Any
) -> HttpResponse:
    return _answer(view, RequestFactory().post("/", data or {}), actor, arguments)


def _answer(
    view: Callable[..., Any], request: Any, actor: Actor, arguments: dict[str, Any]
) -> HttpResponse:
    request.actor = actor
    answer: HttpResponse = view(request, **arguments)
    return answer


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.fixture
def drafter(official: Official) -> Actor:
    return official(DRAFT_FLOW, SEE_FLOWS, department="market", account="drafter", post="")


@pytest.fixture
def reviewer(official: Official) -> Actor:
    return official(REVIEW_FLOW, SEE_FLOWS, department="market", account="reviewer", post="")


@pytest.fixture
def base(at: datetime) -> int:
    return publish_flow(
        key="review", title="审查流程", xml=ONE, department="market", by=system("tests"), at=at
    )


@pytest.fixture
def draft(base: int, drafter: Actor, at: datetime) -> int:
    number = start_draft(key="review", by=drafter, at=at)
    save_draft(draft=number, xml=TWO, by=drafter, at=at)
    return number


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


def test_the_designer_offers_the_duties_and_services_there_are(draft: int, drafter: Actor) -> None:
    answer = see(designing.design, drafter, draft=draft)
    text = words(answer)
    assert f'data-designer="/desk/flows/drafts/{draft}/drawing.bpmn"' in text
    assert 'name="revision" value="1"' in text
    assert "没有发现问题" in text


def test_a_drawing_is_checked_as_it_stands_and_nothing_is_kept(draft: int, drafter: Actor) -> None:
    before = FlowDraft.objects.get(pk=draft).xml
    text = words(send(designing.check, drafter, {"xml": UNSOUND.decode()}, draft=draft))
    assert 'data-element="g" data-mark="problem"' in text
    assert "乱" in text
    assert "本系统不执行复杂网关" in text
    assert bytes(FlowDraft.objects.get(pk=draft).xml) == bytes(before)


def test_what_is_no_drawing_at_all_is_said_in_words(draft: int, drafter: Actor) -> None:
    answer = send(designing.check, drafter, {"xml": "<!DOCTYPE x><x/>"}, draft=draft)
    assert answer.status_code == 200
    assert "文件含有文档类型声明" in words(answer)


def test_saving_answers_how_often_and_refuses_an_older_window(draft: int, drafter: Actor) -> None:
    request = RequestFactory().post(
        "/", {"xml": ONE.decode(), "revision": "1"}, headers={"X-Designer": "1"}
    )
    assert words(_answer(designing.save, request, drafter, {"draft": draft})) == '{"revision": 2}'
    with pytest.raises(DraftSavedMeanwhile):
        send(designing.save, drafter, {"xml": TWO.decode(), "revision": "1"}, draft=draft)
    assert b'id="b"' not in queries.get_draft(draft).xml


def test_a_file_drawn_elsewhere_replaces_the_draft_and_gets_coordinates(
    draft: int, drafter: Actor
) -> None:
    file = SimpleUploadedFile("mine.bpmn", ONE)
    assert send(designing.save, drafter, {"file": file}, draft=draft).status_code == 302
    assert queries.get_draft(draft).xml.count(b"BPMNShape ") == 3


def test_what_is_no_drawing_is_not_kept(draft: int, drafter: Actor) -> None:
    for data in ({}, {"xml": "draw me"}):
        with pytest.raises(FlowInvalid):
            send(designing.save, drafter, data, draft=draft)
    assert queries.get_draft(draft).xml == TWO


@pytest.mark.parametrize(
    ("content", "why", "english"),
    [
        (b"<x/>", "文件不是 BPMN 2.0 流程图。", "The file is not a BPMN 2.0 drawing."),
        (
            b"<a>\n<b attribute></b></a>",
            "文件从第 2 行第 13 个字符起读不下去",
            "The file cannot be read from line 2, character 13 on",
        ),
        (b"x" * (MAX_BYTES + 1), "5 MB", "5 MB"),
    ],
)
def test_an_uploaded_file_that_is_no_drawing_is_refused_beside_the_upload(
    draft: int, drafter: Actor, content: bytes, why: str, english: str
) -> None:
    for language, said in (("zh-hans", why), ("en", english)):
        file = SimpleUploadedFile("mine.bpmn", content)
        with translation.override(language):
            answer = send(designing.save, drafter, {"file": file}, draft=draft)
        text = words(answer)
        assert answer.status_code == 422
        assert said in text[text.index('id="file-error"') :]
        assert "Specification mandates" not in text
        assert 'data-designer="' in text
    assert queries.get_draft(draft).xml == TWO


def test_the_designer_offers_the_duties_of_posts_and_what_is_published(
    draft: int, drafter: Actor
) -> None:
    text = words(see(designing.design, drafter, draft=draft))
    assert '<option value="review">审查流程</option>' in text
    assert 'id="p-form"' not in text
    assert 'list="duties"' not in text


def test_a_drawing_is_placed_anew_without_being_kept(draft: int, drafter: Actor) -> None:
    answer = send(designing.tidy, drafter, {"xml": TWO.decode()}, draft=draft)
    assert answer.content.count(b"BPMNShape ") == 4
    assert queries.get_draft(draft).row.revision == 1


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

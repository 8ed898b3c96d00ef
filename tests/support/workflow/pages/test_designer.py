"""The designer: what it offers, what it checks, what it keeps."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.models import FlowDraft
from shuzheng.support.workflow.pages import designing
from shuzheng.support.workflow.rules import FlowInvalid
from shuzheng.support.workflow.rules.draft_refusals import DraftSavedMeanwhile
from shuzheng.support.workflow.rules.reading.xml import MAX_BYTES
from tests.support.workflow.flow_drawing import drawing
from tests.support.workflow.pages.conftest import ONE, TWO, _answer, see, send, words

pytestmark = pytest.mark.django_db


UNSOUND = drawing('<startEvent id="s"/><complexGateway id="g" name="乱"/>', "s>g")


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

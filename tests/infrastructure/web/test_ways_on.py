"""After a refusal: where to go on, and what was typed under its labels."""

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.access.rules import VISITOR
from shuzheng.infrastructure.web.operations import public
from shuzheng.infrastructure.web.pages.errors import failure
from shuzheng.infrastructure.web.pages.refusals import answer_error
from shuzheng.infrastructure.web.pages.ways import ways_on
from shuzheng.policy.refusals import Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
BROWSER = {"Accept": "text/html,application/xhtml+xml"}
LABELS = {
    "advice": {"label": "审查意见", "words": {"grant": "建议准予"}},
    "opinion": {"label": "意见", "words": {}},
}
TYPED = {"advice": "grant", "opinion": "材料<齐全>", "run": "12", "reasons": "没有标签"}


@public("a test")
def show(_: HttpRequest, number: str) -> HttpResponse:
    return HttpResponse(f"办件 {number}")


@public("a test")
@require_POST
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    raise Conflict


urlpatterns = [
    path("desk/cases/<str:number>/", show),
    path("desk/cases/<str:number>/review/", refuse),
    path("", include("shuzheng.infrastructure.web.pages")),
    path("", include("shuzheng.support.identity.pages")),
]


def send(labels: Any = None, **headers: Any) -> Any:
    fields = {**TYPED, **({"form-labels": json.dumps(labels)} if labels is not None else {})}
    return Client().post("/desk/cases/QZ-1/review/", fields, headers={**BROWSER, **headers})


def test_a_refusal_leads_back_to_its_form_to_the_case_and_to_the_inbox() -> None:
    html = send(Referer="http://testserver/desk/cases/QZ-1/?text=a").content.decode()
    for link in (
        '<a class="govuk-link" href="/desk/cases/QZ-1/?text=a">回到刚才的页面</a>',
        '<a class="govuk-link" href="/desk/cases/QZ-1/">查看最新情况</a>',
        '<a class="govuk-link" href="/desk/">回到待办</a>',
        '<a class="govuk-link" href="/">回到首页</a>',
    ):
        assert link in html


@pytest.mark.parametrize(
    "referer", ["https://evil.example/desk/cases/QZ-1/", "http://testserver/nowhere/", "", "://"]
)
def test_it_leads_to_no_page_that_is_not_ours(referer: str) -> None:
    html = send(Referer=referer).content.decode()
    assert "回到刚才的页面" not in html
    assert "查看最新情况" in html


def test_what_was_typed_stands_under_its_labels_in_the_words_of_the_form() -> None:
    html = send(LABELS).content.decode()
    assert '<dt class="govuk-summary-list__key">审查意见</dt>' in html
    assert '<dd class="govuk-summary-list__value">建议准予</dd>' in html
    assert "材料&lt;齐全&gt;" in html
    assert "没有标签" in html
    assert ">grant<" not in html
    assert ">12<" not in html


@pytest.mark.parametrize("labels", [None, [], "x", {"advice": 1}, {"advice": {"label": "a"}}])
def test_without_labels_the_words_are_there_and_the_codes_are_not(labels: Any) -> None:
    html = send(labels).content.decode()
    assert "没有标签" in html
    assert ">grant<" not in html


def test_a_failure_shows_what_was_typed_and_the_way_back_without_the_database(
    django_db_blocker: Any,
) -> None:
    fields = {**TYPED, "password": "secret", "form-labels": json.dumps(LABELS)}
    referer = {"Referer": "http://testserver/desk/cases/QZ-1/"}
    request = RequestFactory().post("/desk/cases/QZ-1/review/", fields, headers=referer)
    with django_db_blocker.block():
        answer = failure(request)
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "建议准予" in html
    assert "没有标签" in html
    assert "secret" not in html
    assert 'href="/desk/cases/QZ-1/"' in html


def test_the_title_of_an_error_is_its_heading() -> None:
    assert "<title>状态已经变了 –" in send().content.decode()


def test_the_address_of_an_act_leads_a_reader_to_its_page() -> None:
    answer = Client().get("/desk/cases/QZ-1/review/", headers=BROWSER)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/cases/QZ-1/")
    program = Client().get("/desk/cases/QZ-1/review/", headers={"Accept": "application/json"})
    assert program.status_code == 405


MARKED = '<span lang="zh-Hans">办件</span> QZ-1'


def test_changing_the_language_after_a_refusal_ends_on_a_page() -> None:
    client = Client()
    refused = "/desk/cases/QZ-1/review/"
    answer = client.post(
        "/language/", {"next": refused, "language": "en"}, headers=BROWSER, follow=True
    )
    assert (answer.status_code, answer.content.decode()) == (200, MARKED)


def test_a_page_that_is_not_found_offers_no_page_above() -> None:
    request = RequestFactory().get("/desk/cases/QZ-1/nothing/")
    assert [link.href for link in ways_on(request)] == ["/desk/", "/"]


def test_each_way_is_named_once_the_page_one_came_from_first() -> None:
    referer = {"Referer": "http://testserver/desk/cases/QZ-1/"}
    request = RequestFactory().post("/desk/cases/QZ-1/review/", headers=referer)
    ways = [(link.text, link.href) for link in ways_on(request)]
    assert ways == [
        ("查看最新情况", "/desk/cases/QZ-1/"),
        ("回到待办", "/desk/"),
        ("回到首页", "/"),
    ]


def test_a_form_sent_to_what_is_not_there_shows_what_was_typed() -> None:
    request = RequestFactory().post("/desk/cases/QZ-1/nothing/", TYPED)
    request.actor = VISITOR  # type: ignore[attr-defined]
    assert "没有标签" in answer_error(request, 404).content.decode()

"""What PostgreSQL cannot keep never reaches a page: a clear answer, not a failure."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from shuzheng.infrastructure.web.operations import public

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@public("a test")
def repeat(request: HttpRequest, what: str = "") -> HttpResponse:
    return HttpResponse("reached")


urlpatterns = [
    path("repeat/", repeat),
    path("repeat/<str:what>/", repeat),
    path("", include("shuzheng.infrastructure.web.pages")),
    path("", include("shuzheng.support.identity.pages")),
]


@pytest.mark.parametrize("fields", [{"name": "面\0馆"}, {"na\0me": "面馆"}])
def test_a_posted_nul_is_refused_in_words_and_what_was_typed_is_shown(
    fields: dict[str, str],
) -> None:
    answer = Client().post("/repeat/", {**fields, "place": "水亭街 18 号"})
    assert answer.status_code == 422
    assert "内容里有看不见的控制字符，不能保存。" in answer.content.decode()
    assert "水亭街 18 号" in answer.content.decode()


def test_a_nul_in_a_question_is_refused() -> None:
    assert Client().get("/repeat/", {"q": "\0"}).status_code == 422


def test_no_address_has_a_nul() -> None:
    assert Client().get("/repeat/QZ-2026-000001%00/").status_code == 404


def test_other_characters_pass() -> None:
    answer = Client().post("/repeat/", {"name": "𠮷野家\t\u202e \x7f 😀"})
    assert answer.content == b"reached"

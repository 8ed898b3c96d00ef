"""Who gets in, and what those are told who do not."""

import json
from collections.abc import Callable
from typing import Any, cast

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from shuzheng.infrastructure.access.rules import (
    VISITOR,
    Actor,
    PostLacksPermission,
    declare_permission,
)
from shuzheng.infrastructure.web.models import RequestCount
from shuzheng.infrastructure.web.operations import (
    NotSignedIn,
    TooManyRequests,
    actor_of,
    attachment,
    public,
    requires,
    say,
    signed_in,
)
from shuzheng.infrastructure.web.pages.errors import failure
from shuzheng.infrastructure.web.pages.refusals import (
    RefusalMiddleware,
    answer_refusal,
    status_of,
)
from shuzheng.infrastructure.web.rules import Access, access_of
from shuzheng.policy.refusals import Conflict, Invalid, NotFound, NotPermitted, Refusal

SWEEP = declare_permission("web_test.sweep", "打扫")


class StreetIsClosed(Conflict):
    code = "street-is-closed"
    template = "{street}已经封闭。"
    remedy = "请走{other}。"


def request_of(actor: Actor = VISITOR, path: str = "/a/", **headers: Any) -> HttpRequest:
    request = RequestFactory(SERVER_NAME="127.0.0.1").get(path, headers=headers)
    request.actor = actor  # type: ignore[attr-defined]
    request.session = {}  # type: ignore[assignment]
    return request


def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse(actor_of(request).name)


def test_a_public_view_lets_a_visitor_in_and_says_why() -> None:
    view = public("a test")(show)
    assert view(request_of()).status_code == 200
    assert access_of(view) == Access("public", "a test")


def test_a_public_view_without_a_reason_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="why it is public"):
        public(" ")


def test_a_view_declares_its_access_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        signed_in(public("a test")(show))


def test_who_is_not_signed_in_does_not_get_in(citizen: Actor) -> None:
    view = signed_in(show)
    with pytest.raises(NotSignedIn):
        view(request_of())
    assert view(request_of(citizen)).content.decode() == "王小明"


def test_a_post_without_the_permission_does_not_get_in(official: Callable[..., Actor]) -> None:
    view = requires(SWEEP)(show)
    assert access_of(view) == Access("permission", "web_test.sweep")
    with pytest.raises(NotPermitted, match="您当前的岗位不能打扫。"):
        view(request_of(official()))
    with pytest.raises(NotSignedIn):
        view(request_of())
    assert view(request_of(official(SWEEP))).status_code == 200


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Invalid(), 422),
        (NotPermitted(), 403),
        (NotFound(), 404),
        (StreetIsClosed(street="坊门街", other="上街"), 409),
        (NotSignedIn(), 401),
        (TooManyRequests(seconds=3), 429),
        (Refusal(), 400),
    ],
)
def test_each_family_of_refusal_has_its_status(refusal: Refusal, status: int) -> None:
    assert status_of(refusal) == status


def test_a_program_is_refused_in_json() -> None:
    refusal = StreetIsClosed(street="坊门街", other="上街", field="street")
    answer = answer_refusal(request_of(path="/api/streets"), refusal)
    assert answer.status_code == 409
    assert json.loads(answer.content) == {  # type: ignore[attr-defined]
        "error": {
            "code": "street-is-closed",
            "field": "street",
            "message": "坊门街已经封闭。",
            "remedy": "请走上街。",
        }
    }


def test_a_program_asked_too_often_is_told_when_to_come_back() -> None:
    answer = answer_refusal(request_of(Accept="application/json"), TooManyRequests(seconds=42))
    assert (answer.status_code, answer["Retry-After"]) == (429, "42")


@pytest.mark.django_db
def test_a_reader_is_refused_on_a_page_with_the_way_out() -> None:
    refusal = StreetIsClosed(street="<坊门街>", other="上街")
    answer = answer_refusal(request_of(), refusal)
    html = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 409
    assert "&lt;坊门街&gt;已经封闭。" in html
    assert "请走上街。" in html
    assert "<坊门街>" not in html


@pytest.mark.django_db
def test_a_part_of_a_page_is_refused_with_a_part() -> None:
    answer = answer_refusal(request_of(**{"HX-Request": "true"}), NotFound())
    html = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 404
    assert "没有找到您要的内容。" in html
    assert "<html" not in html


def test_a_visitor_is_led_to_sign_in_and_back() -> None:
    answer = answer_refusal(request_of(path="/mine/?year=2026"), NotSignedIn())
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=%2Fmine%2F%3Fyear%3D2026"


def answered(failing: Callable[[], object]) -> HttpResponse | None:
    """Return how a view is answered that does this, nothing if it is a numbered failure."""
    request = request_of(path="/api/a/")
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        failing()
    middleware = RefusalMiddleware(lambda _: HttpResponse())
    return cast("HttpResponse | None", middleware.process_exception(request, caught.value))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "status", "code"),
    [
        ([{"key": "x" * 65, "window": 1}], 422, "text-too-long"),
        ([{"key": "one", "window": 1}] * 2, 409, "done-meanwhile"),
    ],
)
def test_what_the_database_refuses_is_said_in_the_users_words(
    rows: list[dict[str, Any]], status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = answered(lambda: [RequestCount.objects.create(**each) for each in rows])
    assert answer is not None
    assert (answer.status_code, json.loads(answer.content)["error"]["code"]) == (status, code)
    constraint = "web_one_count" if code == "done-meanwhile" else ""
    assert caplog.messages == [f"{code} {constraint} at /api/a/"]


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [{"count": -1}, {"count": None}, {"window": 2**63}])
def test_another_failure_of_the_database_stays_a_fault_of_ours(
    fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    facts = {"key": "one", "window": 1, **fault}
    assert answered(lambda: RequestCount.objects.create(**facts)) is None
    assert [each.levelname for each in caplog.records] == ["ERROR"]


def test_a_failure_has_a_number_to_quote_and_needs_no_database() -> None:
    request = request_of()
    answer = failure(request)
    assert answer.status_code == 500
    assert "系统出了问题" in answer.content.decode()
    assert request.reference in answer.content.decode()  # type: ignore[attr-defined]


def test_a_failure_of_the_failure_page_is_still_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> str:
        raise RuntimeError

    monkeypatch.setattr("shuzheng.infrastructure.web.pages.errors.render_to_string", broken)
    answer = failure(request_of())
    assert answer.status_code == 500
    assert "请过几分钟再试" in answer.content.decode()


def test_a_file_is_kept_not_run() -> None:
    answer = attachment(request_of(), b"<script>", "证照.pdf", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_refusal_is_said_in_english_with_its_facts() -> None:
    refusal = PostLacksPermission(sentence="轮换密钥")
    with override("en"):
        answer = cast("HttpResponse", answer_refusal(request_of(path="/api/a/"), refusal))
    assert json.loads(answer.content)["error"] == {
        "code": PostLacksPermission.code,
        "field": "",
        "message": "Your current post does not have this permission: Rotate keys.",
        "remedy": "Switch to a post with this duty, or contact an administrator.",
    }


def test_a_refusal_on_one_line_is_spaced_as_its_language_is() -> None:
    refusal = NotSignedIn()
    with override("en"):
        assert say(refusal) == (
            "Please sign in first. You will come back to this page after signing in."
        )
    with override("zh-hans"):
        assert say(refusal) == "请先登录。登录后会回到这一页。"

"""The style pages in a real browser: accessible, small, and useful without scripts."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = Path("/usr/bin/chromium")
FRONTEND = settings.PROJECT_FOLDER / "src/shuzheng/infrastructure/web/frontend"
BUILT = FRONTEND.parent / "static/built/manifest.json"
AXE = FRONTEND / "node_modules/axe-core/axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PAGES = ("/components/", "/components/form/", "/components/desk/", "/accessibility/", "/nothing/")
LARGEST_PAGE = 100_000
MOST_REQUESTS = 20

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser: install chromium"),
    pytest.mark.skipif(
        not BUILT.exists(), reason="the front end is not built: run ./up --no-serve"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the pages run in the live server's.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def served(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    # The style pages write nothing, so one server does for all and no table is emptied after each.
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@pytest.fixture
def visit(browser: Browser, served: str, settings: Any) -> Iterator[Callable[..., Page]]:
    settings.DEMONSTRATION = True
    contexts = []

    def open_page(address: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.on("console", lambda said: page.complaints.append(said.text))  # type: ignore[attr-defined]
        page.goto(served + address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_serious(visit: Callable[..., Page], address: str, width: int) -> None:
    page = visit(address, width, bypass_csp=True)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run(document)")
    serious = [
        (each["id"], [node["html"] for node in each["nodes"]])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_a_small_phone(visit: Callable[..., Page], address: str) -> None:
    page = visit(address, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_browser_has_nothing_to_complain_of(visit: Callable[..., Page]) -> None:
    page = visit("/components/")
    page.wait_for_selector(".sz-scripted")
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_page_is_small(visit: Callable[..., Page]) -> None:
    page = visit("/components/")
    names = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    built = json.loads(BUILT.read_text("utf-8"))["src/site.js"]
    files = [BUILT.parent / name for name in (built["file"], *built["css"])]
    compressed = sum(len(gzip.compress(file.read_bytes())) for file in files)
    compressed += len(gzip.compress(page.content().encode()))
    assert len(names) + 1 <= MOST_REQUESTS
    assert compressed <= LARGEST_PAGE


def test_wrong_answers_lead_to_their_fields_and_stay_without_scripts(
    visit: Callable[..., Page],
) -> None:
    page = visit("/components/form/", java_script_enabled=False)
    page.fill("[name=area]", "很大")
    page.fill("[name=opens_on-year]", "2026")
    page.get_by_role("button", name="检查").click()
    summary = page.locator(".govuk-error-summary")
    assert "使用面积应当是数字" in summary.inner_text()
    assert page.locator("#field-area").input_value() == "很大"
    assert page.locator("#field-opens_on").input_value() == "2026"
    assert "仅当「是否有专用烟道」为「是」时填写" in page.content()
    summary.get_by_text("使用面积").click()
    assert page.url.endswith("#field-area")


def test_a_question_appears_with_the_answer_that_asks_it(visit: Callable[..., Page]) -> None:
    page = visit("/components/form/")
    height = page.get_by_label("烟道高度")
    assert not height.is_visible()
    page.get_by_label("是", exact=True).check()
    assert height.is_visible()
    page.get_by_label("否", exact=True).check()
    assert not height.is_visible()


def test_the_summary_takes_the_keyboard_to_the_field(visit: Callable[..., Page]) -> None:
    page = visit("/components/form/")
    page.fill("[name=name]", "")
    page.get_by_role("button", name="检查").click()
    page.wait_for_selector(".govuk-error-summary")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "field-name"


def test_a_draft_is_saved_as_you_go(visit: Callable[..., Page]) -> None:
    page = visit("/components/form/")
    sent: list[str] = []

    def answer(route: Any) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(json={"saved": "10:32"})

    page.route("**/components/form/save/", answer)
    page.fill("[name=name]", "李四")
    page.get_by_text("已保存 10:32").wait_for()
    assert len(sent) == 1
    assert "李四" in sent[0]


def test_a_save_that_fails_says_so_and_loses_nothing(visit: Callable[..., Page]) -> None:
    page = visit("/components/form/")
    page.route("**/components/form/save/", lambda route: route.abort())
    page.fill("[name=name]", "李四")
    page.wait_for_selector(".sz-saved--failed")
    assert "没有保存成功" in page.locator("[data-saved]").inner_text()
    assert page.input_value("[name=name]") == "李四"


def test_a_form_on_its_way_is_not_sent_twice(visit: Callable[..., Page]) -> None:
    page = visit("/components/form/")
    sent: list[str] = []

    def hold(route: Any) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
        route.continue_()

    page.route("**/components/form/", hold)
    page.evaluate(
        "() => { const form = document.querySelector('.sz-form');"
        " form.requestSubmit(); form.requestSubmit(); }"
    )
    page.wait_for_selector(".govuk-error-summary")
    assert len(sent) == 1


def test_a_form_tells_its_labels_and_the_words_of_what_was_chosen(
    visit: Callable[..., Page],
) -> None:
    page = visit("/components/form/")
    label = page.evaluate("document.querySelector('[name=name]').labels[0].textContent.trim()")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.evaluate("document.querySelector('.sz-form').requestSubmit()")
    body = sent.value.post_data_buffer or b""
    assert b'name="form-labels"' in body
    assert f'"name":{{"label":"{label}"'.encode() in body


def test_the_skip_link_is_first(visit: Callable[..., Page]) -> None:
    page = visit("/components/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

"""The drawing of a model in a real browser: what is changed there, and what must survive it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.test import RequestFactory
from lxml import etree
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.pages.editing import draw_decision
from shuzheng.support.decisions.pages.library import show_decision
from shuzheng.support.decisions.pages.pictures import show_drawing
from shuzheng.support.decisions.rules import (
    Change,
    Publication,
    compare_models,
    examine,
    read_model,
    says_the_same,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION
from tests.support.decisions.models_of_rules import decision, literal, table_model

CHROMIUM = Path("/usr/bin/chromium")
BUILT = settings.PROJECT_FOLDER / "src/shuzheng/infrastructure/web/static/built/manifest.json"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
VENDOR = """<extensionElements><v:owner xmlns:v="https://vendor.example/" name="张三"><v:note>请
勿丢失</v:note></v:owner></extensionElements>"""
RULES = (("<= 50", '"small"'), ("> 50", '"large"'))
CELL = ".dmn-decision-table-container tbody tr:nth-child({row}) td:nth-child({place})"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser: install chromium"),
    pytest.mark.skipif(
        not BUILT.exists(), reason="the front end is not built: run ./up --no-serve"
    ),
]


def lawful(*more: str) -> bytes:
    text = table_model(("area",), RULES, types=("number",), laws=("甲法第一条", "甲法第二条"))
    found = text.decode().replace('<rule id="rule-1">', f'<rule id="rule-1">{VENDOR}')
    return found.replace("</definitions>", "".join(more) + "</definitions>").encode()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def show(browser: Browser, official: Any, at: Any) -> Iterator[Callable[..., Page]]:
    """Open a page of the room with the house's policy; scripts and styles come from the house."""
    server = LiveServer("127.0.0.1")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda said: page.complaints.append(said.text))  # type: ignore[attr-defined]

    def answer(view: Callable[..., Any], **parts: Any) -> Callable[..., None]:
        def view_of(request: Any) -> Any:
            request.actor = official(DRAFT_DECISION, post="")
            return view(request, **parts)

        made = CSPMiddleware(view_of)(RequestFactory().get("/desk/decisions/area/"))
        return lambda route: route.fulfill(
            body=made.content, headers={name: str(text) for name, text in made.items()}
        )

    def open_page(xml: bytes, view: Callable[..., Any]) -> Page:
        publish_decision(
            Publication(
                key="area", title="面积分级", department="service", decision="decision", xml=xml
            ),
            by=system("t"),
            at=at,
        )
        page.route("**/desk/decisions/area/", answer(view, key="area"))
        page.route("**/drawing.dmn", answer(show_drawing, key="area", number=1))
        page.route("**/check/", lambda route: route.fulfill(body="<p>checked</p>"))
        page.goto(f"{server.url}/desk/decisions/area/")
        return page

    yield open_page
    context.close()
    server.stop()


def edited(page: Page, words: str) -> bytes:
    """Return the model in the form once it holds the words."""
    field = "document.querySelector('main [name=model]')"
    page.wait_for_function(f"words => {field}.value.includes(words)", arg=words)
    return page.input_value("main [name=model]").encode()


def write(page: Page, row: int, place: int, text: str) -> None:
    page.click(CELL.format(row=row, place=place))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def open_editor(show: Callable[..., Page], xml: bytes) -> Page:
    page = show(xml, draw_decision)
    page.wait_for_selector("[data-decision-editor][data-drawn]")
    return page


def test_clauses_and_what_vendors_wrote_survive_a_changed_cell(show: Callable[..., Page]) -> None:
    page = open_editor(show, lawful())
    write(page, 1, 2, "<= 60")
    xml = edited(page, "&lt;= 60")
    assert compare_models(read_model(lawful()), read_model(xml)) == (
        Change("cell", "decision", 1, "area", "<= 50", "<= 60"),
    )
    text = xml.decode()
    assert "https://www.omg.org/spec/DMN/20230324/MODEL/" in text
    assert re.search(r'<v:owner [^>]*name="张三"', text)
    assert "请\n勿丢失</v:note>" in text


def test_what_was_only_opened_is_no_change(show: Callable[..., Page]) -> None:
    page = open_editor(show, lawful())
    assert says_the_same(page.input_value("main [name=model]").encode(), lawful())
    write(page, 1, 2, "<= 60")
    assert not says_the_same(edited(page, "&lt;= 60"), lawful())


def test_a_change_is_undone_and_done_again(show: Callable[..., Page]) -> None:
    page = open_editor(show, lawful())
    write(page, 2, 4, "乙法第九条")
    edited(page, "乙法第九条")
    page.click("[data-editor-act=undo]")
    assert "乙法第九条" not in edited(page, "甲法第二条").decode()
    page.click("[data-editor-act=redo]")
    edited(page, "乙法第九条")


def test_what_was_typed_a_moment_ago_is_sent(show: Callable[..., Page]) -> None:
    page = open_editor(show, lawful())
    sent: list[str] = []
    page.route("**/draw/", lambda route: (sent.append(route.request.post_data), route.abort()))
    write(page, 1, 2, "<= 77")
    page.click("button[name=save]")
    page.wait_for_timeout(1500)
    assert ["%3C%3D+77" in each or "%26lt%3B%3D+77" in each for each in sent] == [True]


def test_the_clause_stands_beside_its_rule_and_is_changed_there(show: Callable[..., Page]) -> None:
    page = open_editor(show, lawful())
    assert page.inner_text(".dmn-decision-table-container th.annotation") == "law"
    assert page.inner_text(CELL.format(row=2, place=4)).strip() == "甲法第二条"
    write(page, 2, 4, "乙法第九条")
    found = read_model(edited(page, "乙法第九条")).table_of("decision")
    assert found is not None
    assert [rule.annotations for rule in found.rules] == [
        {"law": "甲法第一条"},
        {"law": "乙法第九条"},
    ]


def test_a_rule_added_without_a_clause_is_named(show: Callable[..., Page]) -> None:
    page = open_editor(show, lawful())
    sent: list[str] = []
    page.route("**/draw/", lambda route: (sent.append(route.request.url), route.abort()))
    page.click(".add-rule-add button")
    write(page, 3, 2, "-")
    write(page, 3, 3, '"any"')
    xml = edited(page, '"any"')
    found = examine(before=read_model(lawful()), xml=xml, decision="decision", cases="")
    assert "第 3 条规则没有写依据" in [each.message for each in found.findings]
    assert sent == []


def test_the_policy_of_the_house_holds_and_the_mark_of_the_editor_stays(
    show: Callable[..., Page],
) -> None:
    page = open_editor(show, lawful())
    page.click(CELL.format(row=1, place=2))
    page.click("[data-editor-tabs] button >> nth=0")
    assert page.is_visible(".dmn-drd-container .bjs-powered-by")
    assert [each for each in page.complaints if "Content Security" in each] == []  # type: ignore[attr-defined]
    create = ".djs-palette [data-action='create.input-data']"
    assert page.get_attribute(create, "aria-label") == "新建输入"


PARTS = "".join(f"<{part}>{literal('true')}</{part}>" for part in ("if", "then", "else"))


@pytest.mark.parametrize(
    "xml",
    [
        lawful(decision("fee", f'<conditional id="c">{PARTS}</conditional>')),
        lawful().replace(b' name="\xe5\xbc\xa0', b' v:name="\xe5\xbc\xa0'),
    ],
    ids=["an expression of a later edition", "an attribute it writes otherwise"],
)
def test_a_model_the_editor_would_not_keep_whole_is_left_to_the_table(
    show: Callable[..., Page], xml: bytes
) -> None:
    page = show(xml, draw_decision)
    page.wait_for_selector("[data-undrawable]")
    assert not page.is_visible("[data-decision-editor]")
    assert elements_of(page.input_value("main [name=model]")) == elements_of(xml.decode())
    assert page.is_visible("button[name=as_table]")


def elements_of(text: str) -> str:
    """Return a model's elements without its drawing and without white space between them."""
    root = etree.fromstring(text.encode())
    for drawing in root.findall("{*}DMNDI"):
        root.remove(drawing)
    for requirement in root.iter("{*}informationRequirement"):
        requirement.attrib.pop("id", None)
    return etree.canonicalize(etree.tostring(root, encoding="unicode"), strip_text=True)


def test_a_decision_leads_from_the_drawing_to_its_table(show: Callable[..., Page]) -> None:
    page = show(lawful(), show_decision)
    page.wait_for_selector("[data-decision][data-drawn]")
    page.click("[data-element-id=decision]")
    assert page.evaluate("document.activeElement.id") == "table-decision"
    assert page.complaints == []  # type: ignore[attr-defined]
    assert page.is_visible(".bjs-powered-by")

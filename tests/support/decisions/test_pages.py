from datetime import timedelta

import pytest
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.infrastructure.web.operations import NotSignedIn
from shuzheng.support.decisions.operations import (
    decide,
    publish_decision,
    save_draft,
    send_to_review,
    set_aside,
)
from shuzheng.support.decisions.pages.drafts import show_draft
from shuzheng.support.decisions.pages.drawing import clause_links, draw_cell, say
from shuzheng.support.decisions.pages.pictures import show_drawing_of_draft
from shuzheng.support.decisions.pages.runs import show_run
from shuzheng.support.decisions.queries import get_model_text
from shuzheng.support.decisions.rules import Publication
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    REVIEW_DECISION,
    SEE_DECISIONS,
    SET_ASIDE_DECISION,
)
from tests.support.decisions.models_of_rules import table_model

pytestmark = pytest.mark.django_db

CLAUSE = "《行政许可法》(2019-04-23)第三十四条"
RULES = (("< 50", "-", '"small"'), (">= 50", "true", '"large"'))
OPTIONS = {"types": ("number", "boolean"), "laws": (CLAUSE, "乙法第二条")}


@pytest.fixture
def area(at):
    xml = table_model(("area", "flue"), RULES, **OPTIONS)
    return publish_decision(
        Publication(key="area", title="面积分级", department="service", xml=xml),
        by=system("tests"),
        at=at,
    )


def open_draft(draft, actor):
    request = RequestFactory().get(f"/desk/decisions/drafts/{draft}/")
    request.actor = actor
    return show_draft(request, draft=draft)


def open_page(run, actor, **query):
    request = RequestFactory().get(f"/desk/decisions/runs/{run}/", query)
    request.actor = actor
    return show_run(request, run=run)


def test_anyone_reads_the_rules_with_their_clauses(area, client):
    assert "面积分级" in client.get("/desk/decisions/").content.decode()
    text = client.get("/desk/decisions/area/").content.decode()
    assert "&lt; 50" in text
    assert CLAUSE in text
    assert "/laws/" in text
    assert "没有规则适用于 area = 50，flue = false" in text


def test_what_a_decision_rests_on_is_drawn_and_said_in_words(area, client):
    page = client.get("/desk/decisions/area/")
    assert "style-src-attr 'unsafe-inline'" in page["Content-Security-Policy"]
    text = page.content.decode()
    assert 'data-decision="/desk/decisions/area/1/drawing.dmn"' in text
    assert 'id="table-decision"' in text
    assert "由什么判断" in text
    assert "决策表，2 条规则" in text
    drawing = client.get("/desk/decisions/area/1/drawing.dmn")
    assert drawing["Content-Security-Policy"].startswith("sandbox")
    assert drawing.content.count(b"DMNShape ") == 3
    assert 'name="面积分级"' in drawing.content.decode()
    assert client.get("/desk/decisions/area/2/drawing.dmn").status_code == 404


def test_the_drawing_of_a_draft_is_for_those_who_see_decisions(area, official, at):
    drafter = official(DRAFT_DECISION, post="", account="drafter")
    rules = (("< 60", "-", '"small"'), (">= 60", "true", '"large"'))
    changed = table_model(("area", "flue"), rules, **OPTIONS)
    draft = save_draft(base=area, xml=changed, cases="", reasons="新标准", by=drafter, at=at)
    send_to_review(draft=draft, by=drafter, at=at)
    request = RequestFactory().get(f"/desk/decisions/drafts/{draft}/drawing.dmn")
    request.actor = official(SEE_DECISIONS, post="")
    answer = show_drawing_of_draft(request, draft=draft)
    assert answer.content.count(b"DMNShape ") == 3
    assert "&lt; 60" in answer.content.decode()
    request.actor = official(post="")
    with pytest.raises(PostLacksPermission):
        show_drawing_of_draft(request, draft=draft)


def test_anyone_tries_a_case_and_nothing_is_kept(area, client):
    answer = client.post("/desk/decisions/area/", {"area": "80", "flue": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "large" in text
    assert "2 ✓" in text
    assert not Entry.objects.filter(kind="decision.made").exists()


def test_what_cannot_be_read_is_said_and_stays_in_the_form(area, client):
    answer = client.post("/desk/decisions/area/", {"area": "eighty", "flue": "true"})
    assert answer.status_code == 422
    assert "eighty" in answer.content.decode()


def test_a_version_says_what_it_changed(area, client, at):
    changed = table_model(("area", "flue"), (("< 60", "-", '"small"'), RULES[1]), **OPTIONS)
    publish_decision(
        Publication(key="area", title="面积分级", xml=changed), by=system("tests"), at=at
    )
    text = client.get("/desk/decisions/area/2/").content.decode()
    assert "第 1 条规则，area" in text
    assert "&lt; 60" in text
    assert client.get("/desk/decisions/area/1/").status_code == 200
    assert client.get("/desk/decisions/area/3/").status_code == 404
    assert client.get("/desk/decisions/nothing/").status_code == 404


def test_a_run_says_why(area, citizen, official, at):
    run = decide(decision="area", inputs={"area": 80, "flue": True}, case="QZ-1", by=citizen, at=at)
    chief = official(SET_ASIDE_DECISION, SEE_DECISIONS, post="")
    text = open_page(run.id, chief).content.decode()
    assert "乙法第二条" in text
    assert "结果一致" in text
    assert Entry.objects.get(kind="decision.read").case == "QZ-1"
    set_aside(run=run.id, value="small", reasons="现场核查所见", by=chief, at=at)
    assert "现场核查所见" in open_page(run.id, chief).content.decode()


def test_a_run_is_decided_again_by_the_rules_of_another_day(area, citizen, official, at):
    run = decide(decision="area", inputs={"area": 80, "flue": True}, by=citizen, at=at)
    changed = table_model(("area", "flue"), (("-", "-", '"any"'),), **OPTIONS | {"laws": ("",)})
    publish_decision(
        Publication(key="area", title="面积分级", xml=changed),
        by=system("tests"),
        at=at + timedelta(days=1),
    )
    chief = official(SEE_DECISIONS, post="")
    same = open_page(run.id, chief, day="2026-11-23").content.decode()
    assert "那一天施行第 1 版" in same
    assert "结果与当时相同" in same
    other = open_page(run.id, chief, day="2026-11-24").content.decode()
    assert "那一天施行第 2 版" in other
    assert "结果与当时不同" in other
    assert "没有决策“area”的这一版本" in open_page(run.id, chief, day="2026-11-22").content.decode()
    assert "不是日期" in open_page(run.id, chief, day="昨天").content.decode()


def test_the_version_of_a_day_is_found_and_its_model_handed_out(area, client):
    answer = client.get("/desk/decisions/area/on/?day=2026-11-23")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/decisions/area/1/")
    assert client.get("/desk/decisions/area/on/?day=2026-11-22").status_code == 404
    assert client.get("/desk/decisions/area/on/?day=never").status_code == 422
    given = client.get("/desk/decisions/area/1/model.dmn")
    assert given.content == get_model_text(area)
    assert given["Content-Disposition"] == 'attachment; filename="area-1.dmn"'


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ((DRAFT_DECISION,), []),
        ((REVIEW_DECISION,), ["审核通过", "退回修改"]),
    ],
)
def test_a_draft_offers_what_its_reader_may_do(area, official, at, held, words):
    drafter = official(DRAFT_DECISION, post="", account="drafter")
    rules = (("< 60", "-", '"small"'), (">= 60", "true", '"large"'))
    changed = table_model(("area", "flue"), rules, **OPTIONS)
    draft = save_draft(base=area, xml=changed, cases="", reasons="新标准", by=drafter, at=at)
    send_to_review(draft=draft, by=drafter, at=at)
    text = open_draft(draft, official(SEE_DECISIONS, *held, post="")).content.decode()
    assert [
        each for each in ("修改草稿", "审核通过", "退回修改", "发布新版本") if each in text
    ] == words
    assert "新标准" in text
    with pytest.raises(PostLacksPermission):
        open_draft(draft, official(*held, post=""))


def test_only_a_post_that_may_opens_a_run(area, citizen, official, at):
    run = decide(decision="area", inputs={"area": 80, "flue": True}, by=citizen, at=at)
    with pytest.raises(PostLacksPermission):
        open_page(run.id, official())
    with pytest.raises(PostLacksPermission):
        open_page(run.id, citizen)
    with pytest.raises(NotSignedIn):
        open_page(run.id, VISITOR)
    assert not Entry.objects.filter(kind="decision.read").exists()


def test_every_clause_of_an_annotation_is_found():
    text = f"{CLAUSE}第二款；《大气污染防治法》(2018-10-26)第八十一条第二款；某通知第三条"
    assert [link.text for link in clause_links(text)] == [
        CLAUSE,
        "《大气污染防治法》(2018-10-26)第八十一条",
    ]


def test_values_are_said_in_words():
    assert say({"a": [True, None], "b": 1.5}, {"b": "面积"}, {}) == "a：是、（无），面积：1.5"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("true", "是"),
        ('"住宅"', "住宅"),
        ('"住宅", "商住"', "住宅、商住"),
        ("-", "任意"),
        (">= 60", ">= 60"),
        ('list contains(?, "raw")', 'list contains(?, "raw")'),
        ('"a" + "b"', '"a" + "b"'),
    ],
)
def test_a_plain_value_in_a_cell_is_said_as_people_say_it(written: str, said: str) -> None:
    assert draw_cell(written, {}) == said


def test_a_value_is_said_in_the_words_for_its_conclusion_and_else_as_it_is() -> None:
    words = {"verdict": {"allowed": "可以开办"}}
    said = say({"verdict": ["allowed", "new"], "other": "allowed"}, {"verdict": "结论"}, words)
    assert said == "结论：可以开办、new，other：allowed"
    assert draw_cell('"allowed", "new"', words["verdict"]) == "可以开办、new"

"""The table and the drawing hold one draft; what is no table is changed on the drawing."""

import pytest
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.pages.editing import draw_decision, edit_decision
from shuzheng.support.decisions.queries import get_draft, list_open_drafts
from shuzheng.support.decisions.rules import Publication, write_cases
from tests.support.decisions.editing.conftest import AREA, CASES, fields, look, send, whole
from tests.support.decisions.models_of_rules import decision, literal, model


@pytest.mark.django_db
def test_both_editors_hold_one_draft(area, steward):
    wider = AREA.decode().replace("&lt;= 50", "&lt;= 60").replace("&gt; 50", "&gt; 60")
    written = {"version": area, "model": wider, "cases": write_cases(CASES), "reasons": "调整"}
    text = send(steward, draw_decision, **written, as_table="1").content.decode()
    assert 'name="cell-0-0"' in text
    assert "&lt;= 60" in text
    answer = send(steward, draw_decision, **written, save="1")
    draft = list_open_drafts("area")[0].id
    assert answer["Location"] == f"/desk/decisions/area/draw/?draft={draft}#examined"
    text = look(steward, f"?draft={draft}", draw_decision)
    assert "data-decision-editor" in text
    assert "DMNShape" in text
    assert "&amp;lt;= 60" in text
    assert "“decision”" not in text
    changed = fields(*whole(70), version=area, draft=draft, revision=1, model=wider, send="1")
    assert send(steward, **changed)["Location"] == f"/desk/decisions/drafts/{draft}/"
    assert b"&lt;= 70" in get_draft(draft).xml


@pytest.mark.django_db
def test_the_table_leaves_a_model_without_a_drawing_without_one(area, steward):
    assert "DMNShape" not in look(steward)
    assert "DMNShape" in look(steward, view=draw_decision)
    answer = send(
        steward,
        **fields(
            *whole(50)[:1],
            ("rule-2", "> 50", '"large"', "甲法第二条"),
            version=area,
            send="1",
            model=AREA.decode(),
        ),
    )
    assert answer.status_code == 422
    assert "与“面积分级”的现行版本相同" in answer.content.decode()


@pytest.mark.django_db
def test_a_model_that_is_no_table_any_more_stays_on_the_drawing(area, steward):
    written = {"version": area, "model": "<definitions", "cases": "", "as_table": "1"}
    answer = send(steward, draw_decision, **written)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "data-decision-editor" in text
    assert "不能显示为表格" in text
    assert "&lt;definitions" in text


@pytest.mark.django_db
def test_a_decision_without_a_table_is_changed_on_the_drawing(at, steward):
    model_of_text = model(decision("fee", literal("1 + 1")))
    publish_decision(
        Publication(key="fee", title="费", department="service", xml=model_of_text),
        by=system("t"),
        at=at,
    )
    request = RequestFactory().get("/desk/decisions/fee/edit/")
    request.actor = steward
    answer = edit_decision(request, key="fee")
    assert answer["Location"].startswith("/desk/decisions/fee/draw/")

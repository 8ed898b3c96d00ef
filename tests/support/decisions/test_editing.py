"""An official changes a rule in the browser, sees its examples fail or pass, and drafts it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.web.operations import NotSignedIn
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.pages.editing import (
    check_decision,
    draw_decision,
    edit_decision,
)
from shuzheng.support.decisions.pages.examined import draw_examination
from shuzheng.support.decisions.pages.rows import draw_rows
from shuzheng.support.decisions.queries import get_decision, get_draft, list_open_drafts
from shuzheng.support.decisions.rules import (
    Case,
    DecisionOfOtherDepartment,
    DecisionUnknown,
    EditedRule,
    examine,
    read_cases,
    read_model,
    rewrite_rules,
    write_cases,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION, PUBLISH_DECISION
from tests.support.decisions.models_of_rules import decision, literal, model, table_model

RULES = (("<= 50", '"small"'), ("> 50", '"large"'))
AREA = table_model(("area",), RULES, types=("number",), laws=("甲法第一条", "甲法第二条"))
CASES = (Case(name="五十平方米是小的", given={"area": 50}, expect="small"),)


@pytest.fixture
def area(at):
    return publish_decision(
        key="area",
        title="面积分级",
        department="service",
        xml=AREA,
        cases=CASES,
        by=system("tests"),
        at=at,
    )


@pytest.fixture
def steward(official):
    return official(DRAFT_DECISION, post="")


def send(actor, view=edit_decision, **fields):
    request = RequestFactory().post("/desk/decisions/area/edit/", fields)
    request.actor = actor
    return view(request, key="area")


def look(actor, query="", view=edit_decision):
    request = RequestFactory().get(f"/desk/decisions/area/edit/{query}")
    request.actor = actor
    return view(request, key="area").content.decode()


def fields(*rows, version, **more):
    found = {"version": version, "cases": write_cases(CASES), "reasons": "标准调整", **more}
    for number, (rule, *cells) in enumerate(rows):
        found[f"rule-{number}"] = rule
        found |= {f"cell-{number}-{place}": text for place, text in enumerate(cells)}
    return found


def whole(bound):
    return (
        ("rule-1", f"<= {bound}", '"small"', "甲法第一条"),
        ("rule-2", f"> {bound}", '"large"', "乙法第九条"),
    )


@pytest.mark.django_db
def test_a_sound_change_is_kept_and_sent_and_publishes_nothing(area, steward):
    answer = send(steward, **fields(*whole(60), version=area, send="1"))
    draft = list_open_drafts("area")[0]
    assert answer["Location"] == f"/desk/decisions/drafts/{draft.id}/"
    assert (draft.state, draft.reasons, draft.drafted_by) == (
        "waiting",
        "标准调整",
        steward.account,
    )
    assert get_draft(draft.id).cases_text == write_cases(CASES)
    assert get_decision("area").number == 1
    assert "&lt;= 60" in look(steward, f"?draft={draft.id}")


@pytest.mark.django_db
def test_what_is_not_sound_is_kept_too_and_opened_again(area, steward):
    answer = send(steward, **fields(*whole(40), version=area, reasons="", save="1"))
    draft = list_open_drafts("area")[0]
    assert answer["Location"] == f"/desk/decisions/area/edit/?draft={draft.id}#examined"
    assert draft.state == "drafting"
    text = look(steward, f"?draft={draft.id}")
    assert "应得 small，实得 large" in text
    answer = send(steward, **fields(*whole(55), version=area, draft=draft.id, revision=1, save="1"))
    assert answer.status_code == 302
    assert [each.id for each in list_open_drafts("area")] == [draft.id]
    assert "&lt;= 55" in look(steward, f"?draft={draft.id}")


@pytest.mark.django_db
def test_a_change_whose_example_fails_is_kept_but_not_sent(area, steward):
    answer = send(steward, **fields(*whole(40), version=area, send="1"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "未通过" in text
    assert "应得 small，实得 large" in text
    assert "第 1 条规则，area" in text
    assert "&lt;= 40" in text
    draft = list_open_drafts()[0]
    assert draft.state == "drafting"
    assert f'name="draft" value="{draft.id}"' in text


@pytest.mark.django_db
def test_a_draft_without_reasons_stays_in_the_fields(area, steward):
    answer = send(steward, **fields(*whole(60), version=area, send="1", reasons=""))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "说明修改理由" in text
    assert "&lt;= 60" in text
    assert [each.state for each in list_open_drafts()] == ["drafting"]


@pytest.mark.django_db
def test_another_window_overwrites_nothing(area, steward):
    send(steward, **fields(*whole(60), version=area, save="1"))
    draft = list_open_drafts("area")[0].id
    answer = send(steward, **fields(*whole(70), version=area, draft=draft, revision=0, save="1"))
    assert answer.status_code == 422
    assert "另一个窗口" in answer.content.decode()
    assert "&lt;= 60" in look(steward, f"?draft={draft}")


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
        key="fee", title="费", department="service", xml=model_of_text, by=system("t"), at=at
    )
    request = RequestFactory().get("/desk/decisions/fee/edit/")
    request.actor = steward
    answer = edit_decision(request, key="fee")
    assert answer["Location"].startswith("/desk/decisions/fee/draw/")


@pytest.mark.django_db
def test_only_the_department_that_owns_a_rule_opens_its_editor(area, official):
    other = replace(official(DRAFT_DECISION, post=""), department="fire")
    for view in (edit_decision, draw_decision, check_decision):
        with pytest.raises(DecisionOfOtherDepartment):
            send(other, view, **fields(*whole(60), version=area, save="1"))
    for view in (edit_decision, draw_decision):
        with pytest.raises(DecisionOfOtherDepartment):
            look(other, view=view)
    assert list_open_drafts() == ()


@pytest.mark.django_db
def test_the_table_is_checked_as_one_types(area, steward):
    text = send(steward, check_decision, **fields(*whole(40), version=area)).content.decode()
    assert "未通过" in text
    assert "<html" not in text
    text = send(steward, check_decision, **fields(*whole(50), version=area)).content.decode()
    assert "1/1 通过" in text
    assert 'hx-post="/desk/decisions/area/check/"' in look(steward)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cases", "words", "kept"),
    [
        ("name: 不是列表", "用例", ["drafting"]),
        ("- &a {name: 甲, given: {x: 1}}\n- *a", "别名", ["drafting"]),
        ("x" * 100_001, "100000", []),
    ],
)
def test_examples_that_cannot_be_read_are_said_and_not_sent(area, steward, cases, words, kept):
    answer = send(steward, **fields(*whole(60), version=area, send="1", cases=cases))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert [each.state for each in list_open_drafts()] == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("rule-1", "<= 50", '"small"', ""), ("", ">= 50", '"large"', "")), "同时适用"),
        ((("rule-1", "<= <=", '"small"', ""),), "处写的是"),
        ((("rule-1", "<= limit", '"small"', ""),), "未知的名称“limit”"),
    ],
)
def test_an_unsound_change_is_not_sent_and_stays_in_the_fields(area, steward, rows, words):
    answer = send(steward, **fields(*rows, version=area, send="1"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "rule-0" in text
    assert [each.state for each in list_open_drafts()] == ["drafting"]


@pytest.mark.django_db
def test_checking_saves_nothing_and_adding_offers_a_row(area, steward):
    answer = send(steward, **fields(*whole(55), version=area, add="1"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="rule-2"' in text
    assert "1/1 通过" in text
    assert list_open_drafts() == ()


@pytest.mark.django_db
def test_who_changes_an_outdated_version_is_told_and_keeps_the_draft(area, steward, at):
    changed = table_model(("area",), (("-", '"any"'),), types=("number",))
    publish_decision(key="area", title="面积分级", xml=changed, by=system("tests"), at=at)
    answer = send(steward, **fields(*whole(60), version=area, send="1"))
    assert answer.status_code == 422
    assert "已发布第 2 版" in answer.content.decode()
    assert [(each.state, each.base_number) for each in list_open_drafts()] == [("drafting", 1)]
    assert get_decision("area").number == 2


@pytest.mark.django_db
def test_only_a_post_that_may_draft_changes_a_table(area, official, citizen):
    for view in (edit_decision, draw_decision, check_decision):
        for actor in (official(PUBLISH_DECISION), citizen):
            with pytest.raises(PostLacksPermission):
                send(actor, view, **fields(*whole(60), version=area, save="1"))
        with pytest.raises(NotSignedIn):
            send(VISITOR, view, **fields(*whole(60), version=area, save="1"))
    assert list_open_drafts() == ()


def test_an_example_that_fails_is_said_with_what_people_call_things(at):
    rules = (("<= 50", '"small"', "1"), ("> 50", '"large"', "2"))
    xml = table_model(("area",), rules, outputs=("size", "fee")).replace(
        b'name="size"', 'name="size" label="规模"'.encode()
    )
    version = SimpleNamespace(
        model=read_model(xml), decision="decision", title="面积分级", words={}
    )
    cases = "- {name: 小, given: {area: 60}, expect: {size: small}}"
    found = examine(before=version.model, xml=xml, decision="decision", cases=cases)
    assert draw_examination(found, version)["outcomes"] == [
        (False, "小", "应得 规模：small，实得 规模：large，fee：2")
    ]


def test_rewriting_keeps_what_it_does_not_change():
    rules = (
        EditedRule("rule-2", ("> 80",), ('"large"',), ("甲法第二条",)),
        EditedRule("", ("<= 80",), ('"small"',), ("丙法第三条",)),
    )
    found = read_model(rewrite_rules(AREA, "decision", rules))
    box = found.table_of("decision")
    assert [(rule.id, rule.inputs) for rule in box.rules] == [
        ("rule-2", ("> 80",)),
        ("decision_rule_1", ("<= 80",)),
    ]
    assert box.rules[1].annotations == {"law": "丙法第三条"}
    assert [field.name for field in found.inputs_of("decision")] == ["area"]


def test_notes_stay_in_their_columns_whichever_are_empty():
    text = AREA.decode().replace(
        '<annotation name="law"/>', '<annotation name="why"/><annotation/>'
    )
    text = text.replace("<annotationEntry><text>", "<annotationEntry/><annotationEntry><text>", 1)
    box = read_model(text.encode()).table_of("decision")
    assert box.notes == ("why", "annotation 2")
    drawn = draw_rows(box)
    assert [row["cells"][2:] for row in drawn["rows"]] == [
        [("why", ""), ("annotation 2", "甲法第一条")],
        [("why", "甲法第二条"), ("annotation 2", "")],
    ]


def test_a_table_that_is_not_there_cannot_be_rewritten():
    with pytest.raises(DecisionUnknown):
        rewrite_rules(AREA, "area", ())


def test_examples_keep_their_days():
    text = "- {name: 日, given: {day: 2026-11-22}, expect: true, rules: [1, 2]}"
    assert read_cases(write_cases(read_cases(text))) == read_cases(text)
    assert write_cases(()) == ""


@pytest.mark.django_db
def test_lines_of_a_field_end_as_they_did_in_the_model(area, steward):
    rows = (("rule-1", "<= 60", '"small"', "甲法\r\n第一条"), whole(60)[1])
    send(steward, **fields(*rows, version=area, save="1"))
    draft = get_draft(list_open_drafts("area")[0].id)
    assert read_model(draft.xml).table_of("decision").rules[0].annotations["law"] == "甲法\n第一条"

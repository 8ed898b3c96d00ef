"""An official changes a rule in the browser, sees its examples fail or pass, and drafts it."""

import pytest
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.web.operations import NotSignedIn
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.pages.editing import check_decision, edit_decision
from shuzheng.support.decisions.pages.rows import draw_rows
from shuzheng.support.decisions.queries import get_decision, get_draft, list_open_drafts
from shuzheng.support.decisions.rules import (
    Case,
    DecisionUnknown,
    EditedRule,
    VersionOutdated,
    read_cases,
    read_model,
    rewrite_rules,
    write_cases,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION, PUBLISH_DECISION
from tests.support.decisions.models_of_rules import table_model

RULES = (("<= 50", '"small"'), ("> 50", '"large"'))
AREA = table_model(("area",), RULES, types=("number",), laws=("甲法第一条", "甲法第二条"))
CASES = (Case(name="五十平方米是小的", given={"area": 50}, expect="small"),)


@pytest.fixture
def area(at):
    return publish_decision(
        key="area", title="面积分级", xml=AREA, cases=CASES, by=system("tests"), at=at
    )


@pytest.fixture
def steward(official):
    return official(DRAFT_DECISION, post="")


def send(actor, view=edit_decision, **fields):
    request = RequestFactory().post("/desk/decisions/area/edit/", fields)
    request.actor = actor
    return view(request, key="area")


def look(actor, query=""):
    request = RequestFactory().get(f"/desk/decisions/area/edit/{query}")
    request.actor = actor
    return edit_decision(request, key="area").content.decode()


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
def test_a_sound_change_is_saved_as_a_draft_and_publishes_nothing(area, steward):
    answer = send(steward, **fields(*whole(60), version=area, save="1"))
    draft = list_open_drafts("area")[0]
    assert answer["Location"] == f"/desk/decisions/drafts/{draft.id}/"
    assert (draft.state, draft.reasons, draft.drafted_by) == (
        "waiting",
        "标准调整",
        steward.account,
    )
    assert get_draft(draft.id).cases == CASES
    assert get_decision("area").number == 1
    assert "&lt;= 60" in look(steward, f"?draft={draft.id}")


@pytest.mark.django_db
def test_a_change_whose_example_fails_is_not_saved(area, steward):
    answer = send(steward, **fields(*whole(40), version=area, save="1"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "未通过" in text
    assert "应得 small，实得 large" in text
    assert "第 1 条规则，area" in text
    assert "&lt;= 40" in text
    assert list_open_drafts() == ()


@pytest.mark.django_db
def test_a_draft_without_reasons_stays_in_the_fields(area, steward):
    answer = send(steward, **fields(*whole(60), version=area, save="1", reasons=""))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "说明理由" in text
    assert "&lt;= 60" in text
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
    ("cases", "words"),
    [
        ("name: 不是列表", "用例不能读取"),
        ("- &a {name: 甲, given: {x: 1}}\n- *a", "不能使用 YAML 别名"),
        ("x" * 100_001, "用例太长"),
    ],
)
def test_examples_that_cannot_be_read_are_said_and_not_saved(area, steward, cases, words):
    answer = send(steward, **fields(*whole(60), version=area, save="1", cases=cases))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert list_open_drafts() == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("rule-1", "<= 50", '"small"', ""), ("", ">= 50", '"large"', "")), "同时适用"),
        ((("rule-1", "<= <=", '"small"', ""),), "处写的是"),
        ((("rule-1", "<= limit", '"small"', ""),), "未知的名称“limit”"),
    ],
)
def test_an_unsound_change_is_not_saved_and_stays_in_the_fields(area, steward, rows, words):
    answer = send(steward, **fields(*rows, version=area, save="1"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "rule-0" in text
    assert list_open_drafts() == ()


@pytest.mark.django_db
def test_checking_saves_nothing_and_adding_offers_a_row(area, steward):
    answer = send(steward, **fields(*whole(55), version=area, add="1"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="rule-2"' in text
    assert "1/1 通过" in text
    assert list_open_drafts() == ()


@pytest.mark.django_db
def test_who_changes_an_outdated_version_is_told(area, steward, at):
    changed = table_model(("area",), (("-", '"any"'),), types=("number",))
    publish_decision(key="area", title="面积分级", xml=changed, by=system("tests"), at=at)
    with pytest.raises(VersionOutdated):
        send(steward, **fields(*whole(60), version=area, save="1"))
    assert get_decision("area").number == 2


@pytest.mark.django_db
def test_only_a_post_that_may_draft_changes_a_table(area, official, citizen):
    for view in (edit_decision, check_decision):
        for actor in (official(PUBLISH_DECISION), citizen):
            with pytest.raises(PostLacksPermission):
                send(actor, view, **fields(*whole(60), version=area, save="1"))
        with pytest.raises(NotSignedIn):
            send(VISITOR, view, **fields(*whole(60), version=area, save="1"))
    assert list_open_drafts() == ()


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

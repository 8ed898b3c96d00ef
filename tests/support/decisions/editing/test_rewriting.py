"""Rewriting a table keeps what it does not change."""

from types import SimpleNamespace

import pytest

from shuzheng.support.decisions.pages.examined import draw_examination
from shuzheng.support.decisions.pages.rows import draw_rows
from shuzheng.support.decisions.queries import get_draft, list_open_drafts
from shuzheng.support.decisions.rules import (
    DecisionUnknown,
    EditedRule,
    examine,
    read_cases,
    read_model,
    rewrite_rules,
    write_cases,
)
from tests.support.decisions.editing.conftest import AREA, fields, send, whole
from tests.support.decisions.models_of_rules import table_model


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

"""An official changes a rule in the browser, sees its examples fail or pass, and drafts it."""

from dataclasses import replace

import pytest

from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.web.operations import NotSignedIn
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.pages.editing import check_decision, draw_decision, edit_decision
from shuzheng.support.decisions.queries import get_decision, get_draft, list_open_drafts
from shuzheng.support.decisions.rules import (
    DecisionOfOtherDepartment,
    DraftUnknown,
    Publication,
    write_cases,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION, PUBLISH_DECISION
from tests.support.decisions.editing.conftest import CASES, fields, look, send, whole
from tests.support.decisions.models_of_rules import table_model


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
    publish_decision(
        Publication(key="area", title="面积分级", xml=changed), by=system("tests"), at=at
    )
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


@pytest.mark.django_db
def test_a_draft_whose_number_is_longer_than_any_is_not_there(area, steward):
    with pytest.raises(DraftUnknown):
        look(steward, f"?draft={'9' * 5000}")

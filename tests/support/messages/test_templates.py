"""Which template speaks about an entry, to whom, in which words."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from shuzheng.infrastructure.content.rules import load_city, registered_kinds
from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.support.messages.content import check
from shuzheng.support.messages.rules import (
    MessageTemplate,
    fill,
    fits,
    names_in,
    recipients,
    sentences_of,
    translated,
)
from tests.cities import QUZHOU


def entry(kind="case.accepted", person="p-1", **facts):
    return Entry(
        number=1,
        id=uuid4(),
        kind=kind,
        subject="case:QZ-1",
        actor_kind="official",
        actor_account="a",
        actor_name="周晓岚",
        actor_post="service.window",
        at=datetime(2026, 11, 23, tzinfo=UTC),
        facts=facts,
        purpose="",
        case="QZ-1",
        person=person,
    )


def template(**changes):
    basis = {"key": "k", "on": "case.accepted", "to": "applicant", "title": "t", "body": "b"}
    return MessageTemplate(**(basis | changes))


def test_facts_are_filled_in_and_days_are_written_out():
    filled = fill(
        "办件 {number}：{matter}，{promised_on}前", entry(matter="开饭店", promised_on="2026-12-03")
    )
    assert filled == "办件 QZ-1：开饭店，2026年12月3日前"


def test_a_fact_the_entry_does_not_have_stays_empty():
    assert fill("{reason}。", entry(reason=None)) == "。"


def test_a_fact_cannot_reach_into_objects():
    assert fill("{matter}", entry(matter="{entry}")) == "{entry}"


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ({}, {}, True),
        ({"is_granted": True}, {"is_granted": True}, True),
        ({"is_granted": True}, {"is_granted": False}, False),
        ({"is_granted": True}, {}, False),
    ],
)
def test_a_template_speaks_when_the_facts_are_so(when, facts, expected):
    assert fits(template(when=when), entry(**facts)) is expected


def test_a_template_speaks_about_its_kind_alone():
    assert not fits(template(on="case.ruled"), entry())


def test_the_applicant_a_post_or_the_post_in_a_fact_is_told():
    assert recipients(template(), entry()) == (("p-1", ""),)
    assert recipients(template(to="post:data.steward"), entry()) == (("", "data.steward"),)
    assert recipients(template(to="fact:post"), entry(post="fire.chief")) == (("", "fire.chief"),)
    both = entry(post=["fire.chief", "", "market.chief"])
    assert recipients(template(to="fact:post"), both) == (("", "fire.chief"), ("", "market.chief"))
    assert recipients(template(to="fact:post"), entry()) == ()


def test_what_is_to_be_translated_is_the_title_and_each_line():
    said = template(title="{title}已注销", body="理由：{reasons}。\n{remedies}\n")
    assert tuple(sentences_of(said)) == ("{title}已注销", "理由：{reasons}。")


def test_half_a_translation_is_none():
    english = {"甲。": "A."}
    assert translated("甲。\n{remedies}\n", english) == "A.\n{remedies}"
    assert translated("甲。\n乙。", english) == ""


def test_a_reason_in_chinese_keeps_its_stop_in_an_english_sentence():
    assert fill("Reasons: {reasons}.", entry(reasons="冒用身份。")) == "Reasons: 冒用身份。"


def test_names_in_a_text_are_found():
    assert names_in("{a} 和 {b}") == ("a", "b")


def test_the_templates_of_quzhou_have_no_fault():
    library = load_city(QUZHOU, registered_kinds(), ()).library
    items = library.list("message")
    assert len(items) >= 20
    assert [problem for item in items for problem in check(item, library)] == []


def problems(tmp_path, text):
    folder = tmp_path / "messages"
    folder.mkdir()
    (folder / "m.yaml").write_text(text, encoding="utf-8")
    library = load_city(tmp_path, registered_kinds(), ()).library
    return [str(each) for item in library.list("message") for each in check(item, library)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("on: case.dreamt\nto: applicant\ntitle: t\nbody: b", "不能就“case.dreamt”发消息"),
        ("on: case.accepted\nto: nobody\ntitle: t\nbody: b", "收件人应是"),
        ("on: case.accepted\nto: post:x\ntitle: t\nbody: b", "没有岗位“x”"),
        ("on: case.accepted\nto: applicant\ntitle: t\nbody: '{colour}'", "没有内容“colour”"),
    ],
)
def test_a_template_that_cannot_speak_is_found_before_it_is_applied(tmp_path, line, says):
    (problem,) = problems(tmp_path, f"key: k\n{line}\n")
    assert says in problem


def test_a_reason_that_ends_with_a_stop_keeps_one_stop():
    said = fill(
        "理由：{reasons}。依据：{clause}。", entry(reasons="冒用身份。", clause="第六十九条")
    )
    assert said == "理由：冒用身份。依据：第六十九条。"


def test_a_template_says_nothing_where_another_message_does():
    quiet = template(unless={"procedure": "听证"})
    assert not fits(quiet, entry(procedure="听证"))
    assert fits(quiet, entry(procedure="检测"))

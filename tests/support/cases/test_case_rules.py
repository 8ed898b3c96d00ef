from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.cases.rules import (
    CaseStateForbids,
    Edit,
    FormData,
    Provenance,
    State,
    case_number,
    faults_of,
    light,
    masked_name,
    relevant_schema,
    shown_schema,
    text_value,
    typed_value,
)
from shuzheng.support.cases.rules.states import ENDS, FOLLOWS, follow, label

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def weekday(day: date) -> bool:
    return day.weekday() < 5


def test_the_light_is_yellow_on_the_last_day_and_the_one_before() -> None:
    monday = date(2026, 11, 23)
    colours = [
        light(due_on=monday + timedelta(days=n), today=monday, is_working_day=weekday).colour
        for n in range(4)
    ]
    assert colours == ["yellow", "yellow", "green", "green"]


def test_the_light_is_red_after_the_due_day_and_counts_the_working_days_over() -> None:
    shown = light(due_on=date(2026, 11, 20), today=date(2026, 11, 24), is_working_day=weekday)
    assert (shown.colour, shown.word, shown.working_days_left) == ("red", "已超期", -2)


def test_without_a_limit_there_is_no_light() -> None:
    assert light(due_on=None, today=NOW.date(), is_working_day=weekday).colour == "none"


@given(st.sampled_from(State), st.sampled_from(State))
def test_a_case_follows_only_the_drawn_ways(before: State, after: State) -> None:
    if after in FOLLOWS[before]:
        assert follow(number="QZ-1", state=before, to=after) == after
    else:
        with pytest.raises(CaseStateForbids, match=label(before)):
            follow(number="QZ-1", state=before, to=after)


def test_the_ends_are_ends() -> None:
    assert {
        State.CLOSED,
        State.NOT_ACCEPTED,
        State.WITHDRAWN,
        State.DEEMED_WITHDRAWN,
        State.ACCEPTANCE_REVOKED,
        State.CANCELLED,
    } == ENDS


SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"title": "姓名", "type": "string", "minLength": 2},
        "trap": {"title": "隔油池", "type": "number", "x-matters": ["drainage"]},
        "code": {"title": "代码", "type": "string", "x-unless-matters": ["registration"]},
        "mixed": {"title": "商住", "type": "boolean"},
        "flue": {"title": "烟道", "type": "boolean", "x-shown-when": {"mixed": True}},
    },
    "required": ["name", "trap", "code", "mixed", "flue"],
}


def test_a_form_asks_only_what_concerns_the_matters() -> None:
    asked = relevant_schema(SCHEMA, ["registration"])
    assert list(asked["properties"]) == ["name", "mixed", "flue"]
    assert asked["required"] == ["name", "mixed", "flue"]
    assert list(relevant_schema(SCHEMA, ["drainage"])["properties"]) == [
        "name",
        "trap",
        "code",
        "mixed",
        "flue",
    ]


def test_a_question_that_is_not_asked_is_not_missing() -> None:
    asked = relevant_schema(SCHEMA, ["registration"])
    assert faults_of(asked, {"name": "王小明", "mixed": False}) == ()
    faults = faults_of(asked, {"name": "王小明", "mixed": True})
    assert [(fault.field, fault.rule) for fault in faults] == [("flue", "required")]


def test_faults_come_in_the_order_of_the_form_with_their_titles() -> None:
    faults = faults_of(shown_schema(SCHEMA, {}), {"name": "王", "trap": "很大"})
    assert [(fault.field, fault.title, fault.rule) for fault in faults][:2] == [
        ("name", "姓名", "minLength"),
        ("trap", "隔油池", "type"),
    ]


def test_the_applicants_word_differs_only_where_he_changed_it() -> None:
    source = Provenance("housing", "房屋场所库", "2026-11-20", "商住")
    form = FormData(
        answers={"building_use": "商业"},
        values={"name": "王小明"},
        sources={"building_use": source, "name": Provenance("p", "人口库", "2026-01-01", "王小明")},
    )
    assert form.differences() == {"building_use": "商业"}


@given(st.booleans() | st.integers(-(10**6), 10**6))
def test_a_value_written_for_a_register_reads_back_the_same(value: bool | int) -> None:
    kind = "boolean" if isinstance(value, bool) else "integer"
    assert typed_value({"type": kind}, text_value(value)) == value


def test_what_does_not_fit_the_field_stays_text_for_the_applicant_to_mend() -> None:
    assert typed_value({"type": "number"}, "约五十") == "约五十"
    assert typed_value({"type": "boolean"}, "不详") == "不详"


def test_numbers_and_names_as_people_see_them() -> None:
    assert case_number(prefix="QZ", year=2026, serial=1234567) == "QZ-2026-1234567"
    assert [masked_name(name) for name in ("欧阳小明", "王", "")] == ["欧***", "王", ""]


VALUES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2))


@given(VALUES, VALUES, VALUES)
def test_a_page_never_overwrites_unseen_what_another_page_changed(
    before: dict[str, int], first: dict[str, int], second: dict[str, int]
) -> None:
    saved = FormData(values=before).changed(first, Edit(1, "one"))
    unseen = {name for name in first if first[name] != before.get(name)}
    differing = {name for name in second if second[name] != saved.values.get(name)}
    assert set(saved.overwritten(second, Edit(0, "two"))) == unseen & differing
    assert saved.overwritten(second, Edit(0, "one")) == ()
    assert saved.overwritten(second, Edit(1, "two")) == ()

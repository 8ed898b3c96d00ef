"""What is said of a table before it is ever run, each with an example that shows it."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.decisions.rules import check_model, examine, read_model
from tests.support.decisions.models_of_rules import decision, input_data, model, table, table_model


def findings(*arguments, **options):
    return check_model(read_model(table_model(*arguments, **options)))


def codes(*arguments, **options):
    return [(each.code, each.rules) for each in findings(*arguments, **options)]


AREA = ("area",)


def test_a_whole_table_has_nothing_to_say():
    assert codes(AREA, (("<= 50", "1"), ("> 50", "2")), types=("number",)) == []


def test_an_overlap_comes_with_an_area_that_both_rules_take():
    (found,) = findings(AREA, (("<= 50", "1"), (">= 50", "2")), types=("number",))
    assert (found.code, found.severity, found.rules) == ("table-overlap", "error", (1, 2))
    assert found.example == {"area": 50}
    assert found.message == "第 1 条与第 2 条规则同时适用，而表要求唯一（UNIQUE），例如 area = 50"


def test_a_gap_comes_with_an_area_that_no_rule_takes():
    (found,) = findings(AREA, (("< 50", "1"), ("> 50", "2")), types=("number",))
    assert (found.code, found.severity, found.example) == ("table-gap", "warning", {"area": 50})


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER"])
def test_a_collecting_table_may_overlap_and_have_gaps(policy):
    assert codes(AREA, (("< 50", "1"), ("< 20", "2")), policy=policy, types=("number",)) == []


def test_rules_that_never_decide_are_named():
    hidden = (("< 50", "1"), ("< 20", "2"), ("-", "3"))
    assert codes(AREA, hidden, policy="FIRST", types=("number",)) == [("table-unreachable", (2,))]
    empty = (("<= 50", "1"), ("> 50", "2"), ("[9..1]", "3"))
    assert codes(AREA, empty, types=("number",)) == [("table-unreachable", (3,))]


def test_rules_that_may_agree_must_agree():
    agree = (("< 50", "1"), ("< 20", "1.0"), (">= 50", "2"))
    assert codes(AREA, agree, policy="ANY", types=("number",)) == []
    differ = (("< 50", "1"), ("< 20", "2"), (">= 50", "2"))
    assert codes(AREA, differ, policy="ANY", types=("number",)) == [("table-conflict", (1, 2))]


def test_columns_are_looked_at_together():
    rules = (
        ("< 50", "true", "1"),
        (">= 50", "true", "2"),
        ("< 10", "false", "3"),
        ("[10..50]", "false", "4"),
    )
    (found,) = findings(("area", "flue"), rules, types=("number", "boolean"))
    assert (found.code, found.example) == ("table-gap", {"area": 51, "flue": False})


def test_allowed_values_close_a_gap():
    rules = (('"住宅"', "1"), ('"商业"', "2"))
    assert [code for code, _ in codes(("use",), rules, types=("string",))] == ["table-gap"]
    closed = codes(("use",), rules, types=("string",), input_values=('"住宅", "商业"',))
    assert closed == []


def test_days_have_nothing_between_them():
    rules = (('<= @"2026-01-01"', "1"), ('>= @"2026-01-02"', "2"))
    assert codes(("day",), rules, types=("date",)) == []


def test_a_cell_of_another_type_is_named():
    (found,) = [
        each
        for each in findings(
            AREA, (('"fifty"', "1"), ("-", "2")), policy="FIRST", types=("number",)
        )
        if each.code == "table-type"
    ]
    assert found.message == '第 1 条规则的“area”写了 "fifty"（string），该列是 number'


def test_a_conclusion_that_is_not_among_the_values_is_named():
    rules = (("< 50", '"low"'), (">= 50", '"hihg"'))
    (found,) = findings(AREA, rules, types=("number",), output_values='"low", "high"')
    assert (found.code, found.rules) == ("table-value", (2,))


def test_an_unknown_name_is_named_wherever_it_stands():
    xml = model(
        input_data("area", "number"),
        decision("d", table(("aera",), (("< limit", "area + other"),)), needs=("area",)),
    )
    found = [each.message for each in check_model(read_model(xml)) if "未知" in each.message]
    assert [message.rpartition("未知的名称")[2] for message in found] == [
        "“limit”",
        "“other”",
        "“aera”",
    ]


def test_names_that_a_text_introduces_are_known():
    cell = "some each in ? satisfies each.size > 1 and count(?[size > 2]) = 0"
    assert codes(("rooms",), ((cell, "1"),), policy="COLLECT") == []


def test_a_cell_that_depends_on_more_is_never_accused():
    rules = (("? > other", "1"), ("<= 50", "2"))
    xml = model(
        input_data("area", "number"),
        input_data("other", "number"),
        decision("d", table(AREA, rules), needs=("area", "other")),
    )
    assert check_model(read_model(xml)) == ()


BOUNDS = st.lists(st.integers(min_value=0, max_value=20), min_size=1, max_size=6, unique=True)


@given(BOUNDS)
def test_a_table_cut_at_any_bounds_is_whole(bounds):
    edges = sorted(bounds)
    rules = [(f"< {edges[0]}", "0"), (f">= {edges[-1]}", "1")]
    rules += [(f"[{low}..{high})", "2") for low, high in pairwise(edges)]
    assert codes(AREA, tuple(rules), types=("number",)) == []


INTERVALS = st.tuples(
    st.integers(min_value=0, max_value=9), st.integers(min_value=0, max_value=9)
).map(sorted)


@given(st.lists(INTERVALS, min_size=1, max_size=5))
def test_every_example_shows_what_it_says(intervals):
    rules = tuple((f"[{low}..{high}]", "1") for low, high in intervals)
    xml = table_model(AREA, rules, types=("number",), policy="UNIQUE")
    ready = read_model(xml)
    for found in check_model(ready):
        if not found.example:
            continue
        result = ready.decide("decision", {"area": Decimal(str(found.example["area"]))})
        numbers = {rule.number for rule in result.matched}
        assert numbers >= set(found.rules)
        assert (found.code == "table-gap") == (not numbers)


def test_a_rule_without_a_clause_is_named_where_rules_have_one():
    rules = (("< 50", '"small"'), (">= 50", '"large"'))
    lawful = table_model(("area",), rules, types=("number",), laws=("甲法第一条", " "))
    found = [each for each in check_model(read_model(lawful)) if each.code == "table-no-clause"]
    assert [(each.severity, each.rules, each.message) for each in found] == [
        ("error", (2,), "第 2 条规则没有写依据")
    ]
    without = table_model(("area",), rules, types=("number",))
    assert check_model(read_model(without)) == ()


def test_a_table_added_without_clauses_beside_one_that_has_them_is_named():
    box = table(("area",), (("-", '"any"'),)).replace('id="table"', 'id="other"')
    box = box.replace('id="rule-1"', 'id="other-1"')
    lawful = table_model(("area",), (("-", '"any"'),), types=("number",), laws=("甲法第一条",))
    beside = lawful.replace(
        b"</definitions>", decision("fee", box, needs=("area",)).encode() + b"</definitions>"
    )
    found = [each for each in check_model(read_model(beside)) if each.code == "table-no-clause"]
    assert [(each.table, each.rules, each.message) for each in found] == [
        ("fee", (1,), "所有规则都没有写依据")
    ]


def test_an_input_that_callers_do_not_give_yet_is_named():
    rules = (("-", '"any"'),)
    before = read_model(table_model(("area",), rules))
    wider = table_model(("area", "flue"), (("-", "-", '"any"'),))
    found = examine(before=before, xml=wider, decision="decision", cases="")
    assert [(each.code, each.column, each.severity) for each in found.findings] == [
        ("input-new", "flue", "warning")
    ]
    assert found.is_sound

"""Hit policies and the ways a model may be asked."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from shuzheng.support.decisions.rules import MatchedRule, read_model, to_json
from shuzheng.support.decisions.rules.temporal import Date
from tests.support.decisions.models_of_rules import (
    decision,
    input_data,
    literal,
    model,
    table,
    table_model,
)

RULES = (("< 50", '"a"'), ("< 80", '"b"'), ("> 90", '"c"'), ("< 20", '"a"'))


@pytest.mark.parametrize(
    ("policy", "area", "value", "numbers"),
    [
        ("UNIQUE", 95, "c", [3]),
        ("UNIQUE", 60, "b", [2]),
        ("UNIQUE", 10, None, [1, 2, 4]),
        ("UNIQUE", 85, None, []),
        ("ANY", 60, "b", [2]),
        ("ANY", 10, None, [1, 2, 4]),
        ("FIRST", 10, "a", [1]),
        ("PRIORITY", 10, "b", [1, 2, 4]),
        ("COLLECT", 10, ["a", "b", "a"], [1, 2, 4]),
        ("RULE ORDER", 30, ["a", "b"], [1, 2]),
        ("OUTPUT ORDER", 10, ["b", "a", "a"], [1, 2, 4]),
        ("COLLECT", 85, None, []),
    ],
)
def test_hit_policies(policy, area, value, numbers):
    xml = table_model(("area",), RULES, policy=policy, output_values='"c", "b", "a"')
    result = read_model(xml).decide("decision", {"area": area})
    assert result.value == value
    assert [rule.number for rule in result.matched] == numbers


@pytest.mark.parametrize(
    ("aggregation", "value"),
    [("SUM", Decimal(12)), ("COUNT", Decimal(3)), ("MIN", Decimal(2)), ("MAX", Decimal(7))],
)
def test_aggregations(aggregation, value):
    rules = (("< 50", "2"), ("< 80", "3"), ("-", "7"), ("> 90", "100"))
    xml = table_model(("area",), rules, policy="COLLECT", aggregation=aggregation)
    assert read_model(xml).decide("decision", {"area": 10}).value == value


def test_several_outputs_make_a_context_and_a_rule_carries_its_clause():
    rules = (("< 50", '"small"', "1"), (">= 50", '"large"', "2"))
    xml = table_model(
        ("area",), rules, outputs=("size", "fee"), laws=("《甲法》第一条", "《甲法》第二条")
    )
    result = read_model(xml).decide("decision", {"area": 80})
    assert to_json(result.value) == {"size": "large", "fee": 2}
    assert result.matched == (MatchedRule("decision", "rule-2", 2, {"law": "《甲法》第二条"}),)
    assert result.matched[0].clause == "《甲法》第二条"


def test_a_decision_asks_those_it_requires_once_and_tells_all_their_rules():
    xml = model(
        input_data("area", "number"),
        decision(
            "size",
            table(("area",), (("< 50", '"s"'), ("-", '"l"')), policy="FIRST"),
            needs=("area",),
        ),
        '<decision id="top" name="top"><informationRequirement><requiredDecision href="#size"/>'
        f"</informationRequirement>{literal('size + size')}</decision>",
    )
    ready = read_model(xml)
    result = ready.decide("top", {"area": 10})
    assert (result.value, [rule.table for rule in result.matched]) == ("ss", ["size"])
    assert [field.name for field in ready.inputs_of("top")] == ["area"]


def test_inputs_a_model_does_not_declare_can_be_read():
    xml = model(decision("d", table(("area",), (("< 50", '"s"'), (">= 50", '"l"')))))
    assert read_model(xml).decide("d", {"area": 80}).value == "l"


def test_names_may_hold_spaces_and_chinese():
    xml = model(
        input_data("floor area"),
        input_data("经营面积"),
        decision("适用 程序", literal("floor  area + 经营面积"), needs=("floor area", "经营面积")),
    )
    assert read_model(xml).decide("适用 程序", {"floor area": 1, "经营面积": 2}).value == 3


def test_python_days_and_moments_are_understood():
    xml = table_model(
        ("day",), (('>= date("2026-11-22")', '"now"'), ("-", '"before"')), policy="FIRST"
    )
    ready = read_model(xml)
    assert ready.decide("decision", {"day": date(2026, 11, 22)}).value == "now"
    assert ready.decide("decision", {"day": date(2026, 11, 21)}).value == "before"
    at = datetime(2026, 11, 22, 10, tzinfo=UTC)
    now = read_model(model(decision("d", literal("today()"))))
    assert now.decide("d", {}, at=at).value == Date(2026, 11, 22)


def test_a_value_of_another_type_becomes_null_with_a_note():
    xml = table_model(("area",), (("-", '"any"'),), types=("number",))
    result = read_model(xml).decide("decision", {"area": "many"})
    assert [note.code for note in result.notes] == ["feel-type-of-input"]


def test_a_default_stands_where_no_rule_does():
    text = table(("area",), (("< 50", '"s"'),)).replace(
        '<output name="result">',
        '<output name="result"><defaultOutputEntry><text>"?"</text></defaultOutputEntry>',
    )
    xml = model(input_data("area"), decision("d", text, needs=("area",)))
    result = read_model(xml).decide("d", {"area": 80})
    assert (result.value, result.matched, result.notes) == ("?", (), ())

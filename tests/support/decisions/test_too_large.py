"""Models, expressions and tables too large or too deep to follow: stopped quickly, and said."""

import random
import time

import pytest

from shuzheng.support.decisions.rules import (
    EvaluationTooLong,
    ExpressionInvalid,
    ExpressionTooLarge,
    Limits,
    ModelHostile,
    check_model,
    compile_expression,
    examine,
    read_model,
)
from tests.support.decisions.models_of_rules import (
    decision,
    input_data,
    literal,
    model,
    table_model,
)


@pytest.mark.parametrize(
    "text",
    ["(" * 500 + "1" + ")" * 500, "[" * 5000, "-" * 15_000 + "a", "1" + "+1" * 9_000, "1" * 20_001],
)
def test_an_expression_too_deep_or_long_is_refused(text):
    with pytest.raises((ExpressionTooLarge, ExpressionInvalid, EvaluationTooLong)):
        compile_expression(text).evaluate({})


@pytest.mark.parametrize(
    "text",
    [
        "for a in 1..10000, b in 1..10000 return a * b",
        "count(for a in 1..1000000000 return a)",
        "some a in 1..1000000000 satisfies a < 0",
        "{f: function(n) f(n + 1), r: f(0)}.r",
        "{f: function(n) f(n - 1) + f(n - 2), r: f(50)}.r",
        '(for i in 1..60 return if i = 1 then "x" else partial[-1] + partial[-1])[60]',
        "(for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))[60]",
        "(for i in 1..100000 return sort(partial))[1]",
        "count(distinct values(for i in 1..30000 return [i]))",
        "{l: for i in 1..50000 return i, r: for i in 1..9000 return list contains(l, -1)}.r",
        "{l: for i in 1..50000 return i, r: for i in 1..9000 return l = l}.r",
    ],
)
def test_an_expression_that_explodes_is_stopped(text):
    started = time.perf_counter()
    expression = compile_expression(text, limits=Limits(steps=300_000))
    try:
        expression.evaluate({})
    except EvaluationTooLong as refused:
        assert refused.code == "feel-budget"  # noqa: PT017
    assert time.perf_counter() - started < 8


def chained(count, *, backwards):
    parts = [decision("d0", literal("1"))]
    for number in range(1, count):
        needs = f'<requiredDecision href="#d{number - 1}"/></informationRequirement>'
        part = decision(f"d{number}", literal(f"d{number - 1} + 1"), needs=("?",))
        parts.append(part.replace('<requiredInput href="#?"/></informationRequirement>', needs))
    return model(*(reversed(parts) if backwards else parts))


def typed(count):
    items = (f'<itemDefinition name="t{n}"><typeRef>t{n + 1}</typeRef>' for n in range(count))
    return model(*(f"{each}</itemDefinition>" for each in items), input_data("x", "t0"))


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (chained(1_500, backwards=True), "dmn-entangled"),
        (typed(1_500), "dmn-entangled"),
        (table_model(("a",), tuple((f"< {n}", "1") for n in range(6_000))), "dmn-too-many-texts"),
    ],
)
def test_a_model_too_large_to_follow_is_refused_quickly(xml, code):
    started = time.perf_counter()
    with pytest.raises(ModelHostile) as refused:
        read_model(xml)
    assert refused.value.facts["problem"].code == code
    assert time.perf_counter() - started < 8


def test_decisions_that_require_one_another_without_end_are_stopped():
    found = read_model(chained(1_500, backwards=False))
    assert found.decide("d50", {}).value == 51
    with pytest.raises(EvaluationTooLong):
        found.decide("d1499", {})


def test_a_table_too_wide_or_too_entangled_is_checked_in_part_and_says_so():
    started = time.perf_counter()
    columns = tuple(f"c{number}" for number in range(1_200))
    wide = read_model(table_model(columns, (("1",) * 1_200 + ('"x"',),)))
    assert [each.code for each in check_model(wide)] == ["table-too-large"]
    chance = random.Random(7)
    rules = tuple(
        (*(f"[{chance.randrange(500)}..{chance.randrange(500, 999)}]" for _ in "abcd"), '"x"')
        for _ in range(150)
    )
    found = check_model(read_model(table_model(tuple("abcd"), rules, types=("number",) * 4)))
    assert "table-too-large" in {each.code for each in found}
    assert sum(each.code == "table-overlap" for each in found) == 100
    assert time.perf_counter() - started < 20


def test_examples_share_one_budget():
    before = read_model(model(decision("d", literal("1"))))
    endless = model(decision("d", literal("count(for a in 1..100000000 return a)")))
    cases = "- {name: a, given: {}}\n" * 100
    started = time.perf_counter()
    found = examine(before=before, xml=endless, decision="d", cases=cases)
    assert {each.why.code for each in found.outcomes} == {"feel-budget"}
    assert len(found.problems) == 100
    assert time.perf_counter() - started < 12


def test_a_pattern_that_explodes_is_stopped():
    expression = compile_expression('matches(text, "^(a|aa|b)*c?(a|aa)*$")')
    with pytest.raises(EvaluationTooLong, match="正则匹配秒数"):
        expression.evaluate({"text": "a" * 60 + "!"})


def test_a_knowledge_model_that_calls_itself_for_ever_is_stopped():
    text = (
        '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="n"/>'
        f"{literal('g(g, n)')}</encapsulatedLogic></businessKnowledgeModel>"
    )
    found = read_model(model(text.replace("g(g, n)", "(function(g, n) g(g, n + 1))(n, 1)")))
    endless = compile_expression("{h: function(g, n) g(g, n + 1), r: h(h, 1)}.r")
    with pytest.raises(EvaluationTooLong):
        endless.evaluate({})
    assert found.decide("f", {"n": 1}).value is None

"""What must hold for every value: texts read back, order agrees with equality, index with scan."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shuzheng.support.decisions.rules import (
    DecisionRefusal,
    EditedRule,
    EvaluationTooLong,
    Limits,
    compile_expression,
    compile_unary_tests,
    examine,
    read_cases,
    read_model,
    rewrite_rules,
    to_json,
)
from shuzheng.support.decisions.rules.comparison import equal, less
from shuzheng.support.decisions.rules.merging import merge_rules
from shuzheng.support.decisions.rules.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from shuzheng.support.decisions.rules.temporal_text import format_temporal, parse_temporal
from shuzheng.support.decisions.rules.text import text_of
from tests.support.decisions.models_of_rules import model, table_model

NUMBERS = st.decimals(
    min_value=Decimal(-(10**9)), max_value=Decimal(10**9), places=3, allow_nan=False
)
DAYS = st.integers(min_value=-(10**10), max_value=10**10).map(Date.from_ordinal)
OFFSETS = st.none() | st.integers(min_value=-14 * 60, max_value=14 * 60).map(lambda n: n * 60)
TIMES = st.builds(Time, st.integers(min_value=0, max_value=86_400 * 10**9 - 1), OFFSETS)
MOMENTS = st.builds(DateTime, DAYS, TIMES)
DURATIONS = st.builds(DaysDuration, st.integers(min_value=-(10**18), max_value=10**18))
MONTHS = st.builds(MonthsDuration, st.integers(min_value=-(10**6), max_value=10**6))
TEMPORAL = DAYS | TIMES | MOMENTS | DURATIONS | MONTHS
TEXTS = st.text(max_size=20)
PLAIN = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=10,
)


settings.register_profile("decisions", deadline=None)
settings.load_profile("decisions")


def refusal_of(deed):
    """Return the code a deed is refused with, or ``none``; any other error goes through."""
    try:
        deed()
    except DecisionRefusal as refusal:
        return refusal.code
    return "none"


@given(st.dates(), st.integers(min_value=-3000, max_value=3000))
def test_days_agree_with_pythons(day, shift):
    here = Date(day.year, day.month, day.day)
    assert Date.from_ordinal(here.ordinal) == here
    assert here.weekday == day.isoweekday()
    try:
        there = day + timedelta(days=shift)
    except OverflowError:
        return
    assert here.add_days(shift) == Date(there.year, there.month, there.day)


@given(DAYS)
def test_days_far_beyond_pythons_count_on(day):
    assert Date.from_ordinal(day.ordinal) == day
    assert day.add_days(1).ordinal == day.ordinal + 1
    assert day < day.add_days(1)


@given(TEMPORAL)
def test_a_temporal_value_reads_back_from_its_text(value):
    assert parse_temporal(format_temporal(value)) == value


@given(VALUES)
def test_a_value_reads_back_from_its_feel_text(value):
    shown = text_of(value) if not isinstance(value, str) else text_of([value])[1:-1]
    assert equal(compile_expression(shown).evaluate({}), value) is True or value is None


@given(VALUES)
def test_json_keeps_numbers_texts_and_shape(value):
    found = to_json(compile_expression("given").evaluate({"given": value}))
    assert equal(compile_expression("given").evaluate({"given": found}), value) is True


@given(TEMPORAL | NUMBERS | TEXTS, TEMPORAL | NUMBERS | TEXTS)
def test_order_agrees_with_equality(one, other):
    before, after = less(one, other), less(other, one)
    assert (before is None) == (after is None)
    if before is None:
        assert equal(one, other) in {None, False}
    else:
        assert [before, after, equal(one, other)].count(True) == 1


@given(NUMBERS, NUMBERS)
def test_addition_is_exact(one, other):
    total = compile_expression("a + b - b = a").evaluate({"a": one, "b": other})
    assert total is True


@given(st.datetimes(), st.timedeltas(timedelta(-9999), timedelta(9999)))
def test_moments_move_as_pythons_do(moment, shift):
    try:
        there = moment + shift
    except OverflowError:
        return
    given_values = {"moment": moment, "shift": shift, "there": there}
    assert compile_expression("moment + shift = there").evaluate(given_values) is True
    assert compile_expression("there - moment = shift").evaluate(given_values) is True


@given(st.sampled_from([True, False, None]), st.sampled_from([True, False, None]))
def test_three_valued_logic_obeys_de_morgan(one, other):
    text = "[not(a and b), not(a) or not(b)]"
    left, right = compile_expression(text).evaluate({"a": one, "b": other})
    assert left is right


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    assert refusal_of(lambda: compile_expression(text)).startswith(("feel-", "none"))
    assert refusal_of(lambda: compile_unary_tests(text)).startswith(("feel-", "none"))


PIECES = st.sampled_from(
    [
        *("a", "b", "?", "1", "2.5", '"x"', '@"2026-01-01"', "true", "null", "+", "-", "*", "/"),
        *("**", "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "<", "<=", "=", "!=", "and"),
        *("or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies"),
        *("between", "instance of", "function", "sum(", "count(", "matches(", "sort(", "range("),
        *("string(", "date(", "[1..3]", "[1,2,3]", "{a:1}"),
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, min_size=1, max_size=14))
def test_any_row_of_tokens_is_refused_or_has_a_value_within_limits(pieces):
    text = " ".join(pieces)
    try:
        expression = compile_expression(text, limits=Limits(steps=20_000))
    except DecisionRefusal:
        return
    try:
        expression.evaluate({"a": 1, "b": [1, "x", None]})
    except EvaluationTooLong:
        return


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_a_model(xml):
    assert refusal_of(lambda: read_model(xml)) in {"dmn-hostile", "dmn-invalid"}


@settings(max_examples=100)
@given(st.data())
def test_a_damaged_model_is_refused_or_still_a_model(data):
    whole = table_model(("a", "b"), (("< 1", '"x"', "1"), ("[1..2]", "-", "2")))
    place = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    byte = data.draw(st.binary(min_size=0, max_size=3))
    damaged = whole[:place] + byte + whole[place + 1 :]
    assert refusal_of(lambda: read_model(damaged)) in {"dmn-hostile", "dmn-invalid", "none"}


SMALL = st.integers(min_value=0, max_value=6)
SCALARS = SMALL.map(str) | st.sampled_from(['"a"', '"b"', "true", "false", "null", '@"2026-01-01"'])
CELLS = st.one_of(
    st.just("-"),
    SCALARS,
    st.tuples(SCALARS, SCALARS).map(", ".join),
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), SCALARS).map(" ".join),
    st.tuples(st.sampled_from("[(]"), SMALL, SMALL, st.sampled_from("])[")).map(
        lambda each: f"{each[0]}{each[1]}..{each[2]}{each[3]}"
    ),
    SCALARS.map(lambda each: f"not({each})"),
    st.tuples(SMALL, SMALL).map(lambda each: f"< {each[0]}, > {each[1]}"),
    st.just("? = other"),
)
GIVEN = SMALL | st.sampled_from(["a", "b", True, False, None, date(2026, 1, 1), [1, 2], 2.5])


@settings(max_examples=150)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12),
    st.lists(GIVEN, min_size=2, max_size=2),
)
def test_the_index_finds_what_a_scan_finds(cells, values):
    rules = tuple((*pair, str(number)) for number, pair in enumerate(cells))
    found = read_model(table_model(("x", "y"), rules, policy="RULE ORDER"))
    given_values = {"x": values[0], "y": values[1], "other": values[1]}
    matched = [rule.number for rule in found.decide("decision", given_values).matched]
    scanned = [
        number
        for number, pair in enumerate(cells, 1)
        if all(
            cell == "-" or compile_unary_tests(cell).passes(value, given_values)
            for cell, value in zip(pair, values, strict=True)
        )
    ]
    assert matched == scanned


@given(st.datetimes(timezones=st.timezones()))
def test_moments_with_zones_keep_their_instant(moment):
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return
    plain = datetime.fromisoformat(moment.isoformat())
    assert compile_expression("a = b").evaluate({"a": plain, "b": plain}) is True


def test_an_empty_model_has_no_decisions():
    assert read_model(model()).decisions == ()


ROWS = st.lists(
    st.tuples(st.sampled_from(["r1", "r2", "r3", ""]), st.text(max_size=12), st.text(max_size=12)),
    max_size=5,
    unique_by=lambda row: row[0] or id(row),
)


def edited(rows):
    return tuple(EditedRule(name, (one,), (other,), ()) for name, one, other in rows)


@given(rows=ROWS)
def test_whatever_is_typed_into_a_table_can_be_kept_and_read_back_or_refused(rows):
    xml = table_model(("a",), (("1", "2"),))
    kept = rewrite_rules(xml, "decision", edited(rows))
    assert refusal_of(lambda: read_model(kept)) in {"dmn-invalid", "dmn-hostile", "none"}
    before = read_model(xml)
    found = examine(before=before, xml=kept, decision="decision", cases="")
    assert all(problem.code and str(problem) for problem in found.problems)


@given(rows=ROWS, text=st.text(max_size=60))
def test_a_change_of_a_version_nobody_changed_is_carried_over_whole(rows, text):
    base = edited([("r1", "1", "a"), ("r2", "2", "b"), ("r3", text, "c")])
    own = edited(rows)
    merged = merge_rules(base, base, own)
    known = {rule.id for rule in base}
    assert [(r.inputs, r.outputs) for r in merged] == [(r.inputs, r.outputs) for r in own]
    assert all(rule.id in known or not rule.id for rule in merged)


@given(rows=ROWS)
def test_a_draft_that_changes_nothing_becomes_the_newer_version(rows):
    base = edited([("r1", "1", "a"), ("r2", "2", "b"), ("r3", "3", "c")])
    newer = tuple(rule for rule in edited(rows) if rule.id)
    merged = {rule.id: rule for rule in merge_rules(base, newer, base)}
    assert merged == {rule.id: rule for rule in newer}


@given(text=st.text(max_size=200))
def test_whatever_stands_in_a_case_file_is_examples_or_a_coded_refusal(text):
    assert refusal_of(lambda: read_cases(text)) in {"cases-invalid", "none"}

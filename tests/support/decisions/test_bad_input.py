"""Hostile and broken texts: a coded refusal, quickly, and nothing half done."""

import pytest

from shuzheng.support.decisions.rules import (
    CasesInvalid,
    DecisionUnknown,
    EditedRule,
    ExpressionInvalid,
    InputNotUsable,
    ModelHostile,
    ModelInvalid,
    compile_expression,
    compile_unary_tests,
    read_cases,
    read_model,
    rewrite_rules,
)
from tests.support.decisions.models_of_rules import (
    NAMESPACE,
    decision,
    input_data,
    literal,
    model,
    table_model,
)

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><definitions>&c;</definitions>"""
FILE = b"""<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions>&x;</definitions>"""


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"", "不是合格的 XML"),
        (b"<definitions", "不是合格的 XML"),
        (b"\xff\xfe\x00<", "不是合格的 XML"),
        (LAUGHS, "DOCTYPE"),
        (FILE, "DOCTYPE"),
        (LAUGHS.decode().encode("utf-16"), "不"),
        (b"<a>" * 150 + b"</a>" * 150, "嵌套超过"),
        (b"<a>" * 5000 + b"</a>" * 5000, "不是合格的 XML"),
        (b" " * 5_000_001, "字节"),
    ],
)
def test_hostile_xml_is_not_read(xml, words):
    with pytest.raises(ModelHostile, match=words) as refused:
        read_model(xml)
    assert refused.value.code == "dmn-hostile"
    assert "root:" not in str(refused.value)


CIRCLE = (
    '<decision id="a" name="a"><informationRequirement><requiredDecision href="#b"/>'
    "</informationRequirement><literalExpression><text>1</text></literalExpression></decision>"
    '<decision id="b" name="b"><informationRequirement><requiredDecision href="#a"/>'
    "</informationRequirement><literalExpression><text>1</text></literalExpression></decision>"
)


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"<definitions/>", "根元素"),
        (b"<html/>", "根元素"),
        (model(decision("a", literal("1 +"))), "第 1 行第 4 字"),
        (model(decision("a", literal("1"), needs=("nobody",))), "依赖的 nobody 不存在"),
        (model(decision("a", literal("1")), decision("a", literal("2"))), "id 缺失或重复"),
        (model(CIRCLE), "循环依赖：a → b"),
        (model(input_data("x", "tNothing")), "没有类型“tNothing”"),
        (table_model(("a",), (("1",),)), "1 个条件、0 个结论"),
        (table_model(("a",), (("1", "2"),), policy="LAST"), "未知的命中策略"),
        (table_model(("a",), (("1", "2"),), policy="PRIORITY"), "优先次序"),
        (
            table_model(
                ("a",), (("1", "2", "3"),), outputs=("x", "y"), policy="COLLECT", aggregation="SUM"
            ),
            "只能用于一个输出列",
        ),
        (
            model('<import name="other" namespace="urn:x" importType="DMN"/>'),
            "没有提供被导入的模型",
        ),
        (
            model('<itemDefinition name="tA"><typeRef>tA</typeRef></itemDefinition>'),
            "循环引用",
        ),
        (model('<decision id="a" name="a"><conditional/></decision>'), "缺少 if"),
    ],
)
def test_an_unsound_model_is_refused_with_its_element(xml, words):
    with pytest.raises(ModelInvalid, match=words) as refused:
        read_model(xml)
    assert refused.value.code == "dmn-invalid"
    assert refused.value.facts["element"] is not None


def test_a_model_read_leniently_keeps_what_is_broken_as_null_and_names_it():
    found = read_model(
        model(decision("a", literal("1 +")), decision("b", literal("2"))), lenient=True
    )
    assert [(each.element, each.code) for each in found.problems] == [("a", "feel-syntax")]
    assert found.decide("b", {}).value == 2
    assert found.decide("a", {}).value is None


@pytest.mark.parametrize(
    ("text", "line", "column", "found"),
    [
        ("", 1, 1, "结尾"),
        ("1 +", 1, 4, "结尾"),
        ("(1", 1, 3, "结尾"),
        ("a b", 1, 3, "“b”"),
        ("1 +\n  * 2", 2, 3, "“*”"),
        ("if a then b", 1, 12, "结尾"),
        ("a # b", 1, 3, "#"),
        ("{a: }", 1, 5, "“}”"),
        ('"open', 1, 1, '"'),
        ("for x in [1] retur x", 1, 14, "“retur”"),
    ],
)
def test_a_syntax_error_says_where_and_what_was_expected(text, line, column, found):
    with pytest.raises(ExpressionInvalid) as refused:
        compile_expression(text)
    facts = refused.value.facts
    assert (facts["line"], facts["column"], facts["found"]) == (line, column, found)
    assert facts["expected"]
    assert refused.value.code == "feel-syntax"


def test_what_xml_cannot_hold_is_left_out_of_a_cell():
    xml = table_model(("a",), (("1", '"x"'),))
    rows = (EditedRule("rule-1", ("1\x00",), ('"\x01\ud800y\ufffe"',), ()),)
    box = read_model(rewrite_rules(xml, "decision", rows)).table_of("decision")
    assert (box.rules[0].inputs, box.rules[0].outputs) == (("1",), ('"y"',))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nothing", "feel-unknown-name"),
        ("nothing(1)", "feel-not-a-function"),
        ('1 + "a"', "feel-operator"),
        ("1 / 0", "feel-arithmetic"),
        ("10 ** 100000", "feel-arithmetic"),
        ('date("2026-02-30")', "feel-no-result"),
        ("substring(1, 2)", "feel-arguments"),
        ("[1, 2][3]", "feel-index"),
        ("{a: 1}.b", "feel-unknown-entry"),
        ("1 instance of tNothing", "feel-unknown-type"),
        ("now()", "feel-no-clock"),
        ('matches("a", "(")', "feel-pattern"),
        ('[1.."b"]', "feel-range-kinds"),
        ("function(a) external {java: {class: 1}}", "feel-external"),
    ],
)
def test_what_is_undefined_is_null_and_says_why(text, code):
    found = compile_expression(text).explain({})
    assert found.value is None
    assert code in [note.code for note in found.notes]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), b"bytes", 1j])
def test_an_input_that_feel_has_no_value_for_is_refused(value):
    with pytest.raises(InputNotUsable):
        compile_expression("a").evaluate({"a": value})


def test_an_input_nested_without_end_is_refused():
    circle: list = []
    circle.append(circle)
    with pytest.raises(InputNotUsable):
        compile_expression("a").evaluate({"a": circle})


def test_an_unknown_decision_is_refused():
    found = read_model(table_model(("a",), (("1", "2"),)))
    for name in ("nothing", "a"):
        with pytest.raises(DecisionUnknown):
            found.decide(name, {})


@pytest.mark.parametrize("text", ["< <", "1,", "not(", "..", "[1..", "- 1 -"])
def test_a_broken_cell_is_refused(text):
    with pytest.raises(ExpressionInvalid):
        compile_unary_tests(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[", "cases-no-yaml"),
        ("- {name: a}", "cases-field-missing"),
        ("- {name: a, given: {}, rules: x}", "cases-field-wrong"),
        ("- {name: a, given: {}, then: 1}", "cases-field-unknown"),
        ("- {name: a, given: {x: .nan}}", "cases-value-unusable"),
        ("a: 1", "cases-no-list"),
        ("- a", "cases-no-list"),
        ("- &a {name: a, given: {}}\n- *a", "cases-alias"),
        ("[" * 3_000 + "]" * 3_000, "cases-too-deep"),
        ("- {name: a, given: {x: !!binary x}}", "cases-no-yaml"),
        ("x" * 100_001, "cases-too-long"),
        ("- {name: \x00}", "cases-no-yaml"),
        (b"\xc3\x28", "cases-no-yaml"),
    ],
)
def test_a_broken_case_file_is_refused_with_its_code(text, code):
    with pytest.raises(CasesInvalid) as refused:
        read_cases(text)
    assert refused.value.facts["problem"].code == code


def test_old_namespaces_of_dmn_are_read_too():
    xml = table_model(("a",), (("1", "2"),)).replace(
        NAMESPACE.encode(), b"http://www.omg.org/spec/DMN/20180521/MODEL/"
    )
    assert read_model(xml).decide("decision", {"a": 1}).value == 2


@pytest.mark.parametrize("text", ["1e999999999", "-1e999999999", "[1e6145]", "1e6145 + 1"])
def test_a_number_that_no_decimal_holds_is_null_and_no_failure(text: str) -> None:
    value = compile_expression(text).evaluate({})
    assert value in (None, [None])

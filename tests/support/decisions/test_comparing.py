"""What changed between two models, said thing by thing."""

import pytest

from shuzheng.support.decisions.pages.drawing import draw_changes
from shuzheng.support.decisions.rules import Change, compare_models, read_model
from tests.support.decisions.models_of_rules import decision, input_data, literal, model, table

RULES = (("< 50", '"small"'), (">= 50", '"large"'))


def whole(*more, rules=RULES, inputs=("area",), needs=("area",), **options):
    box = table(inputs, rules, **options)
    return model(input_data("area", "number"), decision("size", box, needs=needs), *more)


def changes(before, after):
    return compare_models(read_model(before), read_model(after))


def test_the_same_model_changes_nothing_even_if_drawn_otherwise():
    spaced = whole().replace(b"<rule ", b"\n  <rule ")
    assert changes(whole(), spaced) == ()


def test_a_new_input_is_said_with_the_column_and_the_requirement_it_brings():
    wider = whole(
        input_data("flue", "boolean"),
        rules=(("< 50", "-", '"small"'), (">= 50", "true", '"large"')),
        inputs=("area", "flue"),
        needs=("area", "flue"),
    )
    assert changes(whole(), wider) == (
        Change("requirement", "size", before="area", after="area\nflue"),
        Change("input-added", "size", column="flue", after="flue"),
        Change("element-added", "flue", column="inputData"),
    )
    assert changes(wider, whole()) == (
        Change("requirement", "size", before="area\nflue", after="area"),
        Change("input-removed", "size", column="flue", before="flue"),
        Change("element-removed", "flue", column="inputData"),
    )


def test_a_new_conclusion_and_another_policy_are_said():
    wider = whole(
        rules=(("< 50", '"small"', "1"), (">= 50", '"large"', "2")),
        outputs=("result", "fee"),
        policy="FIRST",
    )
    assert changes(whole(), wider) == (
        Change("policy", "size", before="UNIQUE", after="FIRST"),
        Change("output-added", "size", column="→ fee"),
    )
    counted = whole(policy="COLLECT", aggregation="COUNT")
    assert changes(whole(policy="COLLECT"), counted) == (
        Change("policy", "size", before="COLLECT", after="COLLECT/COUNT"),
    )


def test_a_column_of_another_type_is_said():
    typed = whole(types=("number",))
    assert changes(whole(), typed) == (
        Change("column", "size", column="area", before="area area", after="area area number"),
    )


def test_a_clause_that_goes_is_named_with_its_rule():
    lawful = whole(laws=("甲法第一条", ""))
    assert changes(lawful, whole()) == (
        Change("note-removed", "size", column="law"),
        Change("cell", "size", 1, "law", before="甲法第一条"),
    )


def test_an_expression_and_a_table_that_takes_its_place_are_said():
    before = whole(decision("fee", literal("1 + 1")))
    assert changes(before, whole(decision("fee", literal("2 + 1")))) == (
        Change("logic", "fee", before="1 + 1", after="2 + 1"),
    )
    assert changes(before, whole(decision("fee", table(("area",), RULES), needs=("area",)))) == (
        Change("requirement", "fee", after="area"),
        Change("table-added", "fee"),
        Change("logic", "fee", before="1 + 1"),
    )


def test_another_name_is_a_change_of_name():
    renamed = whole().replace(b'id="size" name="size"', b'id="size" name="scale"')
    assert changes(whole(), renamed) == (Change("renamed", "scale", before="size", after="scale"),)


def test_a_law_that_a_decision_draws_on_is_said():
    law = '<knowledgeSource id="law" name="行政许可法"/>'
    drawn = '<authorityRequirement><requiredAuthority href="#law"/></authorityRequirement><variable'
    after = whole(law).replace(b'name="size"><variable', f'name="size">{drawn}'.encode())
    assert changes(whole(), after) == (
        Change("element-added", "行政许可法", column="knowledgeSource"),
        Change("requirement", "size", before="area", after="area\n行政许可法"),
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change("requirement", "size", before="area", after="area\nflue"),
            ("“面积分级”取决于", "使用面积", "使用面积、flue"),
        ),
        (
            Change("policy", "size", before="UNIQUE", after="COLLECT/SUM"),
            (
                "“面积分级”的命中策略",
                "唯一：至多一条规则适用",
                "汇总：收集所有适用规则的结论 SUM",
            ),
        ),
        (Change("element-added", "flue", column="inputData"), ("新增输入“flue”", "—", "—")),
        (
            Change("input-removed", "size", column="烟道", before="flue"),
            ("“面积分级”删除条件“烟道”", "flue", "—"),
        ),
    ],
)
def test_a_change_is_said_with_what_people_call_things(change, words):
    table = draw_changes((change,), {"size": "面积分级", "area": "使用面积"})
    assert tuple(table.rows[0]) == words

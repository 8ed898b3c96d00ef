"""Fuzz FEEL and DMN with coverage: whatever comes in is a value or a coded refusal.

uv run --isolated --with atheris python benchmarks/fuzz/decisions.py -max_total_time=60
"""

import sys

import atheris

with atheris.instrument_imports(include=["shuzheng.support.decisions"]):
    from shuzheng.support.decisions.rules import (
        DecisionRefusal,
        EditedRule,
        Limits,
        carry_over,
        check_model,
        compile_expression,
        compile_unary_tests,
        examine,
        from_python,
        note_from_json,
        note_to_json,
        read_cases,
        read_model,
        rewrite_rules,
        write_cases,
    )

LIMITS = Limits(steps=5_000, expression_length=2_000)
CONTEXT = {"a": 1, "b": [1, "x", None], "c": {"d": True}}
TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
 namespace="u">
<inputData id="a" name="a"><variable name="a" typeRef="number"/></inputData>
<decision id="d" name="d"><variable name="d"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<decisionTable id="t"><input><inputExpression><text>a</text></inputExpression></input><output/>
<annotation name="law"/>
<rule id="r1"><inputEntry><text>&lt; 5</text></inputEntry>
<outputEntry><text>"x"</text></outputEntry>
<annotationEntry><text/></annotationEntry></rule>
<rule id="r2"><inputEntry><text>[5..9]</text></inputEntry><outputEntry><text>2</text></outputEntry>
<annotationEntry><text/></annotationEntry></rule></decisionTable></decision></definitions>"""
BASE = read_model(TABLE)


def ask_expression(provider: atheris.FuzzedDataProvider) -> None:
    """Evaluate a text; every note can be kept and said again."""
    text = provider.ConsumeUnicodeNoSurrogates(400)
    found = compile_expression(text, limits=LIMITS).explain(CONTEXT)
    for note in found.notes:
        assert str(note_from_json(note_to_json(note))) == str(note)


def ask_cell(provider: atheris.FuzzedDataProvider) -> None:
    """Try a cell."""
    text = provider.ConsumeUnicodeNoSurrogates(200)
    compile_unary_tests(text, limits=LIMITS).passes(1, CONTEXT)


def ask_model(provider: atheris.FuzzedDataProvider) -> None:
    """Read, check and ask a model."""
    model = read_model(provider.ConsumeBytes(2_000), limits=LIMITS)
    check_model(model)
    for name in model.decisions:
        model.decide(name, CONTEXT)


def ask_cases(provider: atheris.FuzzedDataProvider) -> None:
    """Read examples; what was read can be written and read again."""
    cases = read_cases(provider.ConsumeUnicodeNoSurrogates(600))
    again = read_cases(write_cases(cases))
    assert from_python([each.given for each in again]) == from_python(
        [each.given for each in cases]
    )


def ask_editing(provider: atheris.FuzzedDataProvider) -> None:
    """Change a table with any texts, examine it, and carry it over to another change of it."""
    rows = tuple(
        EditedRule(name, *((provider.ConsumeUnicodeNoSurrogates(30),) for _ in range(3)))
        for name in ("r1", "r2", "")
    )
    draft = rewrite_rules(TABLE, "d", rows)
    examine(before=BASE, xml=draft, decision="d", cases=provider.ConsumeUnicodeNoSurrogates(80))
    newer = rewrite_rules(TABLE, "d", rows[1:])
    carry_over(base=TABLE, newer=newer, draft=draft, decision="d")


ASKED = (ask_expression, ask_cell, ask_model, ask_cases, ask_editing)


def ask(data: bytes) -> None:
    """Give the bytes to one of the ways in; anything but a refusal is a fault."""
    provider = atheris.FuzzedDataProvider(data)
    try:
        ASKED[provider.ConsumeIntInRange(0, len(ASKED) - 1)](provider)
    except DecisionRefusal:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, ask)
    atheris.Fuzz()

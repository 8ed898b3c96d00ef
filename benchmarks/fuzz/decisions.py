"""Fuzz FEEL and DMN with coverage: whatever comes in is a value or a coded refusal.

uv run --isolated --with atheris python benchmarks/fuzz/decisions.py -max_total_time=60
"""

import sys

import atheris

with atheris.instrument_imports(include=["shuzheng.support.decisions"]):
    from shuzheng.support.decisions.rules import (
        DecisionRefusal,
        Limits,
        check_model,
        compile_expression,
        compile_unary_tests,
        read_model,
    )

LIMITS = Limits(steps=5_000, expression_length=2_000)
CONTEXT = {"a": 1, "b": [1, "x", None], "c": {"d": True}}


def ask(data: bytes) -> None:
    """Read the bytes as an expression, a cell or a model; anything but a refusal is a fault."""
    provider = atheris.FuzzedDataProvider(data)
    kind = provider.ConsumeIntInRange(0, 2)
    try:
        if kind == 0:
            text = provider.ConsumeUnicodeNoSurrogates(400)
            compile_expression(text, limits=LIMITS).evaluate(CONTEXT)
        elif kind == 1:
            text = provider.ConsumeUnicodeNoSurrogates(200)
            compile_unary_tests(text, limits=LIMITS).passes(1, CONTEXT)
        else:
            model = read_model(provider.ConsumeBytes(2_000), limits=LIMITS)
            check_model(model)
            for name in model.decisions:
                model.decide(name, CONTEXT)
    except DecisionRefusal:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, ask)
    atheris.Fuzz()

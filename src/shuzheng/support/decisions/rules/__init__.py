"""A DMN 1.5 and FEEL engine without Django, clock or network: the door of the house's decisions."""

from shuzheng.support.decisions.rules.expression import (
    Expression,
    UnaryTest,
    compile_expression,
    compile_unary_tests,
)
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits, Note

__all__ = [
    "DEFAULT_LIMITS",
    "Expression",
    "Limits",
    "Note",
    "UnaryTest",
    "compile_expression",
    "compile_unary_tests",
    "to_json",
]

"""A DMN 1.5 and FEEL engine without Django, clock or network: the door of the house's decisions."""

from shuzheng.support.decisions.rules.errors import (
    DecisionRefusal,
    DecisionUnknown,
    EvaluationTooLong,
    ExpressionInvalid,
    ExpressionTooLarge,
    InputMissing,
    InputNotUsable,
    InputOfWrongType,
    ModelHostile,
    ModelInvalid,
    NoRuleMatches,
    RulesConflict,
)
from shuzheng.support.decisions.rules.expression import (
    Evaluation,
    Expression,
    UnaryTest,
    compile_expression,
    compile_unary_tests,
)
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits, Note
from shuzheng.support.decisions.rules.model import InputField, Model, ModelProblem, Result
from shuzheng.support.decisions.rules.model_builder import read_model
from shuzheng.support.decisions.rules.tables import MatchedRule
from shuzheng.support.decisions.rules.values import from_python

__all__ = [
    "DEFAULT_LIMITS",
    "DecisionRefusal",
    "DecisionUnknown",
    "Evaluation",
    "EvaluationTooLong",
    "Expression",
    "ExpressionInvalid",
    "ExpressionTooLarge",
    "InputField",
    "InputMissing",
    "InputNotUsable",
    "InputOfWrongType",
    "Limits",
    "MatchedRule",
    "Model",
    "ModelHostile",
    "ModelInvalid",
    "ModelProblem",
    "NoRuleMatches",
    "Note",
    "Result",
    "RulesConflict",
    "UnaryTest",
    "compile_expression",
    "compile_unary_tests",
    "from_python",
    "read_model",
    "to_json",
]

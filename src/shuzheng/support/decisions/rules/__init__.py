"""A DMN 1.5 and FEEL engine without Django, clock or network: the door of the house's decisions."""

from shuzheng.support.decisions.rules.casefile import (
    Case,
    CaseOutcome,
    read_cases,
    run_cases,
    write_cases,
)
from shuzheng.support.decisions.rules.checks import Finding, check_model
from shuzheng.support.decisions.rules.comparing import compare_tables
from shuzheng.support.decisions.rules.editing import EditedRule, rewrite_rules
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
    ReasonsMissing,
    RulesConflict,
    RunSetAsideAlready,
    RunUnknown,
    VersionOutdated,
    VersionUnknown,
    VisitorMayNotDecide,
)
from shuzheng.support.decisions.rules.expression import (
    Evaluation,
    Expression,
    UnaryTest,
    compile_expression,
    compile_unary_tests,
)
from shuzheng.support.decisions.rules.inputs import require_outcome, select_inputs
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits, Note
from shuzheng.support.decisions.rules.model import InputField, Model, ModelProblem, Result
from shuzheng.support.decisions.rules.model_builder import read_model
from shuzheng.support.decisions.rules.tables import MatchedRule
from shuzheng.support.decisions.rules.values import from_python

__all__ = [
    "DEFAULT_LIMITS",
    "Case",
    "CaseOutcome",
    "DecisionRefusal",
    "DecisionUnknown",
    "EditedRule",
    "Evaluation",
    "EvaluationTooLong",
    "Expression",
    "ExpressionInvalid",
    "ExpressionTooLarge",
    "Finding",
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
    "ReasonsMissing",
    "Result",
    "RulesConflict",
    "RunSetAsideAlready",
    "RunUnknown",
    "UnaryTest",
    "VersionOutdated",
    "VersionUnknown",
    "VisitorMayNotDecide",
    "check_model",
    "compare_tables",
    "compile_expression",
    "compile_unary_tests",
    "from_python",
    "read_cases",
    "read_model",
    "require_outcome",
    "rewrite_rules",
    "run_cases",
    "select_inputs",
    "to_json",
    "write_cases",
]

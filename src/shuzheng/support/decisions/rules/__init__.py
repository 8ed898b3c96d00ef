"""A DMN 1.5 and FEEL engine without Django, clock or network: the door of the house's decisions."""

from shuzheng.support.decisions.rules.casefile import (
    Case,
    CaseOutcome,
    read_cases,
    run_cases,
    write_cases,
)
from shuzheng.support.decisions.rules.checks import Finding, check_model
from shuzheng.support.decisions.rules.comparing import Change, compare_tables
from shuzheng.support.decisions.rules.editing import EditedRule, rewrite_rules
from shuzheng.support.decisions.rules.errors import (
    DayUnknown,
    DecisionRefusal,
    DecisionUnknown,
    DraftBelongsToAnother,
    DraftChangesNothing,
    DrafterMayNotReview,
    DraftInOtherState,
    DraftUnknown,
    DraftUnsound,
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
    SendingBackNeedsReasons,
    VersionOutdated,
    VersionUnknown,
    VisitorMayNotDecide,
)
from shuzheng.support.decisions.rules.examining import Examination, examine
from shuzheng.support.decisions.rules.expression import (
    Evaluation,
    Expression,
    UnaryTest,
    compile_expression,
    compile_unary_tests,
)
from shuzheng.support.decisions.rules.inputs import require_outcome, select_inputs
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.labels import labels_of, with_labels
from shuzheng.support.decisions.rules.layout import with_drawing
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits, Note
from shuzheng.support.decisions.rules.model import InputField, Model, ModelProblem, Result
from shuzheng.support.decisions.rules.model_builder import read_model
from shuzheng.support.decisions.rules.tables import MatchedRule
from shuzheng.support.decisions.rules.values import from_python

__all__ = [
    "DEFAULT_LIMITS",
    "Case",
    "CaseOutcome",
    "Change",
    "DayUnknown",
    "DecisionRefusal",
    "DecisionUnknown",
    "DraftBelongsToAnother",
    "DraftChangesNothing",
    "DraftInOtherState",
    "DraftUnknown",
    "DraftUnsound",
    "DrafterMayNotReview",
    "EditedRule",
    "Evaluation",
    "EvaluationTooLong",
    "Examination",
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
    "SendingBackNeedsReasons",
    "UnaryTest",
    "VersionOutdated",
    "VersionUnknown",
    "VisitorMayNotDecide",
    "check_model",
    "compare_tables",
    "compile_expression",
    "compile_unary_tests",
    "examine",
    "from_python",
    "labels_of",
    "read_cases",
    "read_model",
    "require_outcome",
    "rewrite_rules",
    "run_cases",
    "select_inputs",
    "to_json",
    "with_drawing",
    "with_labels",
    "write_cases",
]

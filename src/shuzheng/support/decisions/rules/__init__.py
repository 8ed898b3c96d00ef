"""A DMN 1.5 and FEEL engine without Django, clock or network: the door of the house's decisions."""

from shuzheng.support.decisions.rules.casefile import (
    Case,
    CaseOutcome,
    read_cases,
    run_cases,
    write_cases,
)
from shuzheng.support.decisions.rules.changes import Change
from shuzheng.support.decisions.rules.checks import Finding, check_model
from shuzheng.support.decisions.rules.comparing import compare_models
from shuzheng.support.decisions.rules.draft_refusals import (
    ChangeNeedsReasons,
    DecisionOfOtherDepartment,
    DraftBelongsToAnother,
    DraftChangesNothing,
    DrafterMayNotReview,
    DraftInOtherState,
    DraftNotOutdated,
    DraftSavedMeanwhile,
    DraftTooLarge,
    DraftUnknown,
    DraftUnsound,
    SendingBackNeedsReasons,
    VersionOutdated,
)
from shuzheng.support.decisions.rules.editing import EditedRule, rewrite_rules
from shuzheng.support.decisions.rules.errors import (
    CasesInvalid,
    DayUnknown,
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
from shuzheng.support.decisions.rules.faults import declared_faults
from shuzheng.support.decisions.rules.inputs import require_outcome, select_inputs
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.labels import (
    NO_WORDS,
    Wording,
    labels_of,
    names_of_values,
    with_labels,
    word_of,
)
from shuzheng.support.decisions.rules.layout import with_drawing
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.merging import carry_over
from shuzheng.support.decisions.rules.model import InputField, Model, ModelProblem, Result
from shuzheng.support.decisions.rules.model_builder import read_model
from shuzheng.support.decisions.rules.notes import Note, note_from_json, note_to_json
from shuzheng.support.decisions.rules.ownership import owns, require_owner
from shuzheng.support.decisions.rules.publication import Publication
from shuzheng.support.decisions.rules.sameness import says_the_same
from shuzheng.support.decisions.rules.tables import MatchedRule
from shuzheng.support.decisions.rules.values import from_python
from shuzheng.support.decisions.rules.xml_reader import as_text

__all__ = [
    "DEFAULT_LIMITS",
    "NO_WORDS",
    "Case",
    "CaseOutcome",
    "CasesInvalid",
    "Change",
    "ChangeNeedsReasons",
    "DayUnknown",
    "DecisionOfOtherDepartment",
    "DecisionRefusal",
    "DecisionUnknown",
    "DraftBelongsToAnother",
    "DraftChangesNothing",
    "DraftInOtherState",
    "DraftNotOutdated",
    "DraftSavedMeanwhile",
    "DraftTooLarge",
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
    "Publication",
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
    "Wording",
    "as_text",
    "carry_over",
    "check_model",
    "compare_models",
    "compile_expression",
    "compile_unary_tests",
    "declared_faults",
    "examine",
    "from_python",
    "labels_of",
    "names_of_values",
    "note_from_json",
    "note_to_json",
    "owns",
    "read_cases",
    "read_model",
    "require_outcome",
    "require_owner",
    "rewrite_rules",
    "run_cases",
    "says_the_same",
    "select_inputs",
    "to_json",
    "with_drawing",
    "with_labels",
    "word_of",
    "write_cases",
]

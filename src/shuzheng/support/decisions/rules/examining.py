"""What a changed model would mean: its faults, how its examples come out, what it changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules.casefile import Case, CaseOutcome, read_cases, run_cases
from shuzheng.support.decisions.rules.changes import Change
from shuzheng.support.decisions.rules.checks import Finding, check_callers, check_model
from shuzheng.support.decisions.rules.comparing import compare_models
from shuzheng.support.decisions.rules.errors import DecisionRefusal, DecisionUnknown
from shuzheng.support.decisions.rules.faults.cases import FAILED, FOUND
from shuzheng.support.decisions.rules.model import Model
from shuzheng.support.decisions.rules.model_builder import read_model


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found of a changed model and its examples.

    Attributes:
        refusal: why the model cannot be read at all; then it is neither checked nor tried.
        case_refusal: why the examples cannot be read; then none is tried.
        cases: the examples as read.
    """

    refusal: DecisionRefusal | None = None
    case_refusal: DecisionRefusal | None = None
    cases: tuple[Case, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[CaseOutcome, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def problems(self) -> tuple[Sentence, ...]:
        """What stands between the draft and its review, each in a sentence."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Sentence]:
        for refusal in (self.refusal, self.case_refusal):
            if refusal is not None:
                yield refusal.sentence()
        for finding in self.findings:
            if finding.severity == "error":
                yield FOUND(table=finding.table, found=finding.sentence)
        for outcome in self.outcomes:
            if outcome.why is not None:
                yield FAILED(name=outcome.name, why=outcome.why)

    @property
    def is_sound(self) -> bool:
        """It has no error, and every example comes out."""
        return not self.problems


def examine(*, before: Model, xml: bytes, decision: str, cases: str) -> Examination:
    """Examine a changed model and the text of its examples against the one in force."""
    found, case_refusal = _read_cases(cases)
    try:
        model = read_model(xml)
        if decision not in model.decisions:
            raise DecisionUnknown(name=decision)
    except DecisionRefusal as refusal:
        return Examination(refusal, case_refusal, found)
    return Examination(
        case_refusal=case_refusal,
        cases=found,
        findings=(*check_model(model), *check_callers(before, model, decision)),
        outcomes=tuple(run_cases(model, decision, found)),
        changes=compare_models(before, model),
    )


def _read_cases(text: str) -> tuple[tuple[Case, ...], DecisionRefusal | None]:
    try:
        return read_cases(text), None
    except DecisionRefusal as refusal:
        return (), refusal

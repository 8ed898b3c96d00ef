"""What a changed model would mean: its faults, how its examples come out, what it changes."""

from dataclasses import dataclass

from shuzheng.support.decisions.rules.casefile import Case, CaseOutcome, run_cases
from shuzheng.support.decisions.rules.checks import Finding, check_model
from shuzheng.support.decisions.rules.comparing import Change, compare_tables
from shuzheng.support.decisions.rules.errors import DecisionRefusal
from shuzheng.support.decisions.rules.model import Model
from shuzheng.support.decisions.rules.model_builder import read_model


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found of a changed model.

    Attributes:
        refusal: why it cannot be read at all; then the rest is empty.
    """

    refusal: DecisionRefusal | None = None
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[CaseOutcome, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def is_sound(self) -> bool:
        """It has no error, and every example comes out."""
        return (
            self.refusal is None
            and all(each.severity != "error" for each in self.findings)
            and all(each.passed for each in self.outcomes)
        )


def examine(*, before: Model, xml: bytes, decision: str, cases: tuple[Case, ...]) -> Examination:
    """Examine a changed model against the one in force."""
    try:
        model = read_model(xml)
        outcomes = tuple(run_cases(model, decision, cases))
    except DecisionRefusal as refusal:
        return Examination(refusal=refusal)
    return Examination(None, check_model(model), outcomes, compare_tables(before, model))

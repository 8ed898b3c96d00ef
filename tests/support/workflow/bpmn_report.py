"""The BPMN part of docs/conformance.md, written from a run: ``python -m …bpmn_report``."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from shuzheng.support.workflow.rules import check_flow
from tests.support.workflow.bpmn_suite import CHECKOUT, SUITE, SuiteLanguage, cases, passes, play

DOCUMENT = CHECKOUT / "docs" / "conformance.md"
BEGIN, END = "<!-- bpmn:begin -->", "<!-- bpmn:end -->"
REASONS: Mapping[str, str] = {
    "AdHocSubProcess_Parallel": "`unsupported-ad-hoc`: refused by name until somebody needs it",
    "AdHocSubProcess_Sequential": "`unsupported-ad-hoc`: refused by name until somebody needs it",
    "Compensation_TriggeredByCancel": "`unsupported-transaction`, `unsupported-cancel`: refused",
    "Transaction": "`unsupported-transaction`: refused by name until somebody needs it",
    "WCP20_CancelCaseCancel": "`unsupported-transaction`, `unsupported-cancel`: refused",
    "WCP06_MultiChoice_ComplexGateway": "`unsupported-complex-gateway`: refused by name",
    "WCP09_Structured_Discriminator_ComplexGateway": "`unsupported-complex-gateway`: refused",
    "MultiInstance_ComplexBehavior": (
        "expects the normal way out after an interrupting boundary event took the activity away"
    ),
    "EXT128": (
        "`operation-missing` is a warning only: modellers draw message events without an operation,"
        " and messages go by name here"
    ),
    "EXT134": "`timer-by-variable` is a warning only: the text could be a variable of the case",
}


@dataclass(frozen=True)
class Score:
    """How many of a group passed, and which did not."""

    passed: int
    total: int
    failed: tuple[str, ...]

    @property
    def rate(self) -> float:
        return 100 * self.passed / self.total


def execution_scores() -> dict[str, Score]:
    """Play every case; score by group."""
    results: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for model, about in cases().items():
        for case in about["cases"]:
            outcome = play(model, test=case["input"], number=case["integerVariable"])
            results[about["group"]].append((model, passes(outcome, case["expected"])))
    return {group: _score(marked) for group, marked in sorted(results.items())}


def _score(marked: list[tuple[str, bool]]) -> Score:
    failed = tuple(dict.fromkeys(name for name, passed in marked if not passed))
    return Score(sum(passed for _, passed in marked), len(marked), failed)


def refused_codes(path_name: str) -> tuple[str, ...]:
    """Return the codes a rule-breaking model is refused with."""
    xml = (SUITE / "invalid" / path_name).read_bytes()
    problems = check_flow(xml, evaluator=SuiteLanguage())
    return tuple(dict.fromkeys(one.code for one in problems if one.severity == "error"))


def invalid_score() -> Score:
    """Check every rule-breaking model."""
    names = sorted(path.name for path in (SUITE / "invalid").glob("*.bpmn"))
    return _score([(name, bool(refused_codes(name)) != ("success" in name)) for name in names])


def reason(name: str) -> str:
    """Return why a case is not passed."""
    return REASONS.get(name) or REASONS[name.split("_", maxsplit=1)[0]]


def report() -> str:
    """Return the section as it stands in the document."""
    groups = execution_scores()
    total = Score(
        sum(score.passed for score in groups.values()),
        sum(score.total for score in groups.values()),
        tuple(name for score in groups.values() for name in score.failed),
    )
    models = len(cases())
    invalid = invalid_score()
    lines = [
        BEGIN,
        "| group | passed | of | % |",
        "|---|---|---|---|",
        *(_row(group, score) for group, score in groups.items()),
        _row("**all cases**", total),
        _row("**all models**", Score(models - len(total.failed), models, ())),
        _row("**rule-breaking models refused**", invalid),
        "",
        "| not passed | reason |",
        "|---|---|",
        *(f"| {name} | {reason(name)} |" for name in (*total.failed, *invalid.failed)),
        END,
    ]
    return "\n".join(lines)


def _row(name: str, score: Score) -> str:
    return f"| {name} | {score.passed} | {score.total} | {score.rate:.1f} |"


def section() -> str:
    """Return the section now in the document."""
    text = DOCUMENT.read_text()
    return text[text.index(BEGIN) : text.index(END) + len(END)]


if __name__ == "__main__":
    DOCUMENT.write_text(DOCUMENT.read_text().replace(section(), report()))

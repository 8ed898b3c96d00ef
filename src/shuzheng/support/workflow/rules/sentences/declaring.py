"""What a kind of problem is."""

from dataclasses import dataclass

from shuzheng.support.workflow.rules.refusals import Severity


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A stable code, the Chinese sentence and what to do, with their facts in braces."""

    code: str
    template: str
    remedy: str
    severity: Severity = "error"

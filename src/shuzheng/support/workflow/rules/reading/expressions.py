"""Reading the expressions of a drawing, noting those that cannot be read."""

from lxml import etree

from shuzheng.policy.refusals import Refusal
from shuzheng.support.workflow.rules.expressions import Evaluator, Expression
from shuzheng.support.workflow.rules.reading.xml import Element, line_of, name_of
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.sentences import describe

UNREADABLE = (Refusal, ValueError, etree.LxmlError)


class ExpressionReader:
    """Compiles expressions with one evaluator and keeps the problems met."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.problems: list[FlowProblem] = []

    def read(self, owner: Element, written: str) -> Expression | None:
        """Return the expression written in an element; an empty one is none."""
        if not written:
            return None
        body = written.removeprefix("=").strip()
        try:
            return Expression(name_of(owner), body, self.evaluator.compile(body))
        except UNREADABLE as error:
            self.problems.append(
                describe(
                    "expression-unreadable",
                    name_of(owner),
                    line_of(owner),
                    text=body,
                    error=error.sentence() if isinstance(error, Refusal) else str(error),
                )
            )
            return None

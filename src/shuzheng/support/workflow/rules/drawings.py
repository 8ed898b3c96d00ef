"""Drawings in: XML to a compiled flow, or to its problems."""

from shuzheng.support.workflow.rules.analysis import analyse
from shuzheng.support.workflow.rules.expressions import FEEL, Evaluator
from shuzheng.support.workflow.rules.graph import Flow
from shuzheng.support.workflow.rules.reading.compiler import compile_flow
from shuzheng.support.workflow.rules.reading.expressions import ExpressionReader
from shuzheng.support.workflow.rules.reading.xml import Element, Source, children, flag, read_source
from shuzheng.support.workflow.rules.refusals import FlowInvalid, FlowProblem
from shuzheng.support.workflow.rules.sentences import describe
from shuzheng.support.workflow.rules.validation import validate


def read_flow(xml: bytes, *, process: str = "", evaluator: Evaluator = FEEL) -> Flow:
    """Read a BPMN 2.0 drawing into a flow; without a name the first executable process is taken.

    Raises:
        FlowInvalid: it breaks a rule of BPMN or uses what we do not run; each reason is named.
    """
    flow, problems = _examine(xml, process, evaluator, deeply=False)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if errors or flow is None:
        raise FlowInvalid(errors)
    return flow


def check_flow(
    xml: bytes, *, process: str = "", evaluator: Evaluator = FEEL
) -> tuple[FlowProblem, ...]:
    """Return all that is wrong with a drawing or worth a second look."""
    try:
        return _examine(xml, process, evaluator, deeply=True)[1]
    except FlowInvalid as refusal:
        return refusal.problems


def _examine(
    xml: bytes, process: str, evaluator: Evaluator, *, deeply: bool
) -> tuple[Flow | None, tuple[FlowProblem, ...]]:
    source = read_source(xml)
    problems = list(validate(source))
    chosen = _choose(source, process)
    if chosen is None:
        problems.append(describe("process-missing", process))
    if chosen is None or any(problem.severity == "error" for problem in problems):
        return None, tuple(problems)
    reader = ExpressionReader(evaluator)
    flow = compile_flow(source, chosen, reader)
    return flow, (*problems, *reader.problems, *(analyse(flow) if deeply else ()))


def _choose(source: Source, name: str) -> Element | None:
    processes = children(source.root, "process")
    if name:
        return next((one for one in processes if one.get("id") == name), None)
    executable = [one for one in processes if flag(one, "isExecutable")]
    return next(iter(executable or processes), None)

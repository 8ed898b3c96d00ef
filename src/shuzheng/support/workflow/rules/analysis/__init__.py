"""What can go wrong in a flow that follows all the rules: it may stick, run in circles, or miss."""

from shuzheng.support.workflow.rules.analysis.exploring import explore
from shuzheng.support.workflow.rules.analysis.reaching import check_reach
from shuzheng.support.workflow.rules.graph import Flow
from shuzheng.support.workflow.rules.refusals import FlowProblem


def analyse(flow: Flow) -> tuple[FlowProblem, ...]:
    """Return warnings about deadlocks, endless circles, steps never reached or run twice."""
    return (*check_reach(flow), *explore(flow))


__all__ = ["analyse"]

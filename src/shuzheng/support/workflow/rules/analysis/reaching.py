"""Steps no token reaches, and steps from which no end is reached."""

from collections.abc import Iterator, Mapping

from shuzheng.support.workflow.rules.graph import Flow, Node
from shuzheng.support.workflow.rules.reading.upstream import predecessors
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.sentences import describe


def check_reach(flow: Flow) -> Iterator[FlowProblem]:
    """Yield a warning for each step that is never reached or never gets to an end."""
    before = predecessors(flow.nodes)
    after = _turned(before)
    reached = _closure(after, [node.id for node in flow.nodes.values() if _begins(flow, node)])
    ending = _closure(before, [node.id for node in flow.nodes.values() if not after[node.id]])
    for node in flow.nodes.values():
        if node.for_compensation or node.kind in {"event_subprocess", "boundary"}:
            continue
        if node.id not in reached:
            yield describe("unreachable", node.id)
        elif node.id not in ending:
            yield describe("never-ends", node.id)


def _begins(flow: Flow, node: Node) -> bool:
    return (
        node.kind == "start"
        or node.instantiates
        or node.id in flow.containers[node.container].starts
    )


def _turned(before: Mapping[str, set[str]]) -> dict[str, set[str]]:
    after: dict[str, set[str]] = {key: set() for key in before}
    for key, sources in before.items():
        for source in sources:
            after[source].add(key)
    return after


def _closure(following: Mapping[str, set[str]], seeds: list[str]) -> set[str]:
    reached: set[str] = set()
    while seeds:
        key = seeds.pop()
        if key not in reached:
            reached.add(key)
            seeds += following[key]
    return reached

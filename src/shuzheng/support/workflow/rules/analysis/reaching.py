"""Steps no token reaches, and steps from which no end is reached."""

from collections.abc import Iterator, Mapping

from shuzheng.support.workflow.rules.graph import Flow, Node
from shuzheng.support.workflow.rules.reading.upstream import predecessors
from shuzheng.support.workflow.rules.refusals import FlowProblem


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
            yield _warning("unreachable", node, "永远不会走到。", "请连接到流程中或删去。")
        elif node.id not in ending:
            yield _warning("never-ends", node, "从这里走不到任何结束。", "请为循环画出出口。")


def _warning(code: str, node: Node, message: str, remedy: str) -> FlowProblem:
    return FlowProblem(code, node.id, message, remedy, "warning")


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

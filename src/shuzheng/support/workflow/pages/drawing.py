"""Flows in tables: their steps, what changed, what is wrong; each row marks its element."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, gettext

from shuzheng.infrastructure.web.operations import in_english, listed, say_name, say_sentence
from shuzheng.infrastructure.web.rules import Cell, ElementRow, ElementTable
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.policy.refusals import Sentence, gettext_noop
from shuzheng.support.workflow.rules import Flow, FlowProblem, Node
from shuzheng.support.workflow.rules.comparing import KINDS, FlowChange, name_of
from shuzheng.support.workflow.rules.graph import GATEWAYS

MARKS = {
    "added": "added",
    "connected": "added",
    "removed": "removed",
    "disconnected": "removed",
    "changed": "changed",
    "rerouted": "changed",
}
WORDS = {
    "added": (gettext_noop("新增"), "green"),
    "removed": (gettext_noop("删去"), "red"),
    "changed": (gettext_noop("改动"), "yellow"),
}
SEVERITIES = {
    "error": (gettext_noop("错误"), "red"),
    "warning": (gettext_noop("留意"), "yellow"),
}


def change_legend() -> list[tuple[str, str]]:
    """Return what the colours of a comparison mean."""
    return [(mark, gettext(words)) for mark, (words, _) in WORDS.items()]


def draw_steps(flow: Flow) -> ElementTable:
    """Draw the steps of a flow in the order of the drawing: what, by whom or what, what next.

    Gateways without a name only divide and join: what lies behind them is what comes next.
    """
    columns = (gettext("步骤"), gettext("由谁办、调用什么"), gettext("接下来"))
    rows = [
        ElementRow(
            node.id,
            (
                Cell(say_name(name_of(node)), hint=gettext(KINDS[node.kind]) if node.name else ""),
                _by_whom(node),
                listed(dict.fromkeys(_next(flow, node, {node.id}))),
            ),
        )
        for node in flow.nodes.values()
        if node.name or node.kind not in GATEWAYS
    ]
    return ElementTable(gettext("步骤"), columns, rows)


def _by_whom(node: Node) -> str:
    if node.properties.get("assignee") == "applicant":
        return gettext("申请人")
    duty = node.properties.get("duty", "")
    verb, generic, _ = duty.partition("{matter}")
    named = {
        in_english(post.name): None
        for post in list_posts()
        if duty in post.duties or (generic and any(each.startswith(verb) for each in post.duties))
    }
    return node.called or listed(named) or duty


def _next(flow: Flow, node: Node, seen: set[str]) -> Iterable[str]:
    for edge in node.outgoing:
        target = flow.nodes[edge.target]
        if target.name or target.kind not in GATEWAYS:
            name = say_name(name_of(target))
            yield f"{in_english(edge.name)} → {name}" if edge.name else name
        elif target.id not in seen:
            seen.add(target.id)
            yield from _next(flow, target, seen)


def draw_changes(changes: Iterable[FlowChange], *, removed: bool = False) -> ElementTable:
    """Draw what changed, one line each.

    Args:
        removed: only what is gone, for the older drawing; else all of it.
    """
    rows = [
        ElementRow(
            each.element,
            (_kind_of(each), say_change(each)),
            mark=MARKS[each.kind],
        )
        for each in changes
        if not removed or MARKS[each.kind] == "removed"
    ]
    return ElementTable(
        gettext("旧版中删去的部分") if removed else gettext("改了什么"),
        (gettext("改动"), gettext("说明")),
        rows,
        empty=gettext("没有改动。"),
    )


def has_removed(changes: Iterable[FlowChange]) -> bool:
    """Say whether something is to be shown on the older drawing."""
    return any(MARKS[each.kind] == "removed" for each in changes)


def _kind_of(change: FlowChange) -> Cell:
    words, colour = WORDS[MARKS[change.kind]]
    return Cell(gettext(words), tag=colour)


def say_change(change: FlowChange) -> str:
    """Write a change in the reader's language; what people named keeps its name."""
    facts = {
        name: say_name(fact) or "—" if isinstance(fact, str | Sentence) else fact
        for name, fact in change.facts.items()
    }
    return gettext(change.template).format_map(facts)


def say_changes(changes: Iterable[FlowChange]) -> str:
    """Write changes on one line."""
    return (" " if get_language() == "en" else "").join(map(say_change, changes))


def draw_problems(
    problems: Iterable[FlowProblem], names: Mapping[str, str | Sentence]
) -> ElementTable:
    """Draw what is wrong with a drawing: which element, what, and the way out."""
    rows = [
        ElementRow(
            each.element,
            (
                Cell(gettext(SEVERITIES[each.severity][0]), tag=SEVERITIES[each.severity][1]),
                say_name(names.get(each.element, "")) or "—",
                Cell(say_sentence(each.sentence), hint=say_sentence(each.way_out)),
            ),
            mark="problem" if each.severity == "error" else "warning",
        )
        for each in problems
    ]
    return ElementTable(
        gettext("检查结果"),
        (gettext("程度"), gettext("元素"), gettext("问题")),
        rows,
        empty=gettext("没有发现问题。"),
    )

"""What one version of a flow changed against another, element by element, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from shuzheng.policy.refusals import Sentence, gettext_noop
from shuzheng.support.workflow.rules.graph import Definition, Edge, Flow, Node, Repetition

ChangeKind = Literal["added", "removed", "changed", "connected", "disconnected", "rerouted"]
TEMPLATES: dict[str, str] = {
    "added": gettext_noop("新增了{kind}“{name}”。"),
    "removed": gettext_noop("删去了{kind}“{name}”。"),
    "changed": gettext_noop("{kind}“{name}”的{what}由“{before}”改为“{after}”。"),
    "connected": gettext_noop("新增了从“{before}”到“{after}”的连线。"),
    "disconnected": gettext_noop("删去了从“{before}”到“{after}”的连线。"),
    "rerouted": gettext_noop("连线“{name}”由“{before}”改为“{after}”。"),
}
KINDS: dict[str, str] = {
    "start": gettext_noop("开始事件"),
    "end": gettext_noop("结束事件"),
    "catch": gettext_noop("中间事件"),
    "throw": gettext_noop("抛出事件"),
    "boundary": gettext_noop("边界事件"),
    "task": gettext_noop("任务"),
    "user": gettext_noop("人工任务"),
    "manual": gettext_noop("手工任务"),
    "service": gettext_noop("服务任务"),
    "decision": gettext_noop("决策任务"),
    "script": gettext_noop("脚本任务"),
    "send": gettext_noop("发送任务"),
    "receive": gettext_noop("接收任务"),
    "call": gettext_noop("调用活动"),
    "subprocess": gettext_noop("子流程"),
    "event_subprocess": gettext_noop("事件子流程"),
    "exclusive": gettext_noop("排他网关"),
    "parallel": gettext_noop("并行网关"),
    "inclusive": gettext_noop("包容网关"),
    "event_gateway": gettext_noop("事件网关"),
    "edge": gettext_noop("连线"),
}
ORDERS = {
    "loop": Sentence("loop", gettext_noop("循环")),
    "sequential": Sentence("sequential", gettext_noop("依次")),
    "parallel": Sentence("parallel", gettext_noop("并行")),
}
YES, NO = Sentence("yes", gettext_noop("是")), Sentence("no", gettext_noop("否"))
ASPECTS: dict[str, str] = {
    "kind": gettext_noop("类型"),
    "name": gettext_noop("名称"),
    "container": gettext_noop("所在子流程"),
    "lane": gettext_noop("泳道"),
    "called": gettext_noop("所调用内容"),
    "result": gettext_noop("结果名称"),
    "script": gettext_noop("脚本"),
    "definitions": gettext_noop("触发条件"),
    "repetition": gettext_noop("重复方式"),
    "attached": gettext_noop("所附步骤"),
    "interrupting": gettext_noop("是否中断"),
    "default": gettext_noop("默认路径"),
    "condition": gettext_noop("条件"),
    "duty": gettext_noop("职责"),
    "assignee": gettext_noop("办理人"),
    "form": gettext_noop("表单"),
    "operation": gettext_noop("服务"),
    "decision": gettext_noop("决策"),
}


@dataclass(frozen=True, slots=True)
class FlowChange:
    """One thing that is different.

    Attributes:
        kind: what happened; ``template`` is its sentence with ``facts`` in braces.
        element: id in the newer version, in the older if it was removed.
        facts: the kind of element and its name, the aspect (``what``), ``before`` and ``after``;
            of a connection the names of its two ends. What is said in words of the house and
            not of the drawing is a sentence, to be said in the reader's language.
    """

    kind: ChangeKind
    element: str
    facts: Mapping[str, str | Sentence] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The sentence with its facts in braces, as the catalogue of translations knows it."""
        return TEMPLATES[self.kind]

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        return self.template.format_map(self.facts)


def compare_flows(before: Flow, after: Flow) -> tuple[FlowChange, ...]:
    """Return what is different, elements first, then connections, in the order of the drawings.

    An element is the same one if its id is.
    """
    return (
        *(_told("added", node) for key, node in after.nodes.items() if key not in before.nodes),
        *(_told("removed", node) for key, node in before.nodes.items() if key not in after.nodes),
        *_changed_nodes(before, after),
        *_changed_edges(before, after),
    )


def _told(kind: ChangeKind, node: Node) -> FlowChange:
    return FlowChange(kind, node.id, {"kind": _kind(node), "name": name_of(node)})


def _kind(node: Node) -> Sentence:
    return Sentence(node.kind, KINDS[node.kind])


def name_of(node: Node) -> str | Sentence:
    """Return what is written on an element, or what it is where nothing is written."""
    return node.name or _kind(node)


def _changed_nodes(before: Flow, after: Flow) -> Iterator[FlowChange]:
    for key, node in after.nodes.items():
        if key not in before.nodes:
            continue
        old, new = _aspects(before.nodes[key]), _aspects(node)
        for aspect in dict.fromkeys((*old, *new)):
            if old.get(aspect, "") != new.get(aspect, ""):
                facts: dict[str, str | Sentence] = {
                    "kind": _kind(node),
                    "name": name_of(node),
                    "what": _aspect(aspect),
                    "before": old.get(aspect, ""),
                    "after": new.get(aspect, ""),
                }
                yield FlowChange("changed", key, facts)


def _aspect(name: str) -> str | Sentence:
    return Sentence(name, ASPECTS[name]) if name in ASPECTS else name


def _aspects(node: Node) -> dict[str, str | Sentence]:
    """Return all that a node says of itself, its connections aside, as text by aspect."""
    return {
        "kind": _kind(node),
        "name": node.name,
        "container": node.container,
        "lane": node.lane,
        "called": node.called,
        "result": node.result,
        "script": node.script.text if node.script else "",
        "definitions": "；".join(_definition(one) for one in node.definitions),
        "repetition": _repetition(node.repetition),
        "attached": node.attached,
        "interrupting": (YES if node.interrupting else NO) if node.attached else "",
        "default": node.default,
        **{name: value for name, value in node.properties.items() if value != node.called},
    }


def _definition(one: Definition) -> str:
    text = one.expression.text if one.expression else one.literal
    return " ".join(part for part in (one.trigger, one.name, one.timer, text) if part)


def _repetition(one: Repetition | None) -> str | Sentence:
    if one is None:
        return ""
    order = "loop" if one.standard else "sequential" if one.sequential else "parallel"
    parts = (one.condition, one.cardinality, one.collection)
    texts = [part.text for part in parts if part is not None]
    how = [ORDERS[order], *(text for text in (*texts, one.item, one.output) if text)]
    return Sentence("repetition", "{how}", {"how": how})


def _changed_edges(before: Flow, after: Flow) -> Iterator[FlowChange]:
    old, new = _edges(before), _edges(after)
    for key, edge in new.items():
        if key not in old:
            yield FlowChange("connected", key, _ends(after, edge))
        elif (old[key].source, old[key].target) != (edge.source, edge.target):
            facts: dict[str, str | Sentence] = {
                "name": edge.name,
                "before": _way(before, old[key]),
                "after": _way(after, edge),
            }
            yield FlowChange("rerouted", key, facts)
        if key in old and _condition(old[key]) != _condition(edge):
            facts = {
                "kind": KINDS["edge"],
                "name": edge.name or _way(after, edge),
                "what": ASPECTS["condition"],
                "before": _condition(old[key]),
                "after": _condition(edge),
            }
            yield FlowChange("changed", key, facts)
    for key, edge in old.items():
        if key not in new:
            yield FlowChange("disconnected", key, _ends(before, edge))


def _edges(flow: Flow) -> dict[str, Edge]:
    return {edge.id: edge for node in flow.nodes.values() for edge in node.outgoing}


def _ends(flow: Flow, edge: Edge) -> dict[str, str | Sentence]:
    return {"before": name_of(flow.nodes[edge.source]), "after": name_of(flow.nodes[edge.target])}


def _way(flow: Flow, edge: Edge) -> Sentence:
    return Sentence("way", "{before} → {after}", _ends(flow, edge))


def _condition(edge: Edge) -> str:
    return edge.condition.text if edge.condition else ""

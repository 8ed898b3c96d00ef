"""What keeps a flow from beginning by itself as it is drawn: a code, where, and the way out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shuzheng.support.cases.rules.flow_entries import RESERVED
from shuzheng.support.cases.rules.starts import count_of, first_due, next_due
from shuzheng.support.cases.rules.timers import TimerUnreadable
from shuzheng.support.workflow.rules import Flow, FlowProblem, Node, Start

SERVED = frozenset({"message", "timer", "signal", "conditional"})
FOR_APPLICANTS = frozenset(
    {
        *("cases.accept", "cases.decline", "cases.deem_withdrawn", "cases.deliver"),
        *("cases.publish", "cases.hand_over", "cases.close_member"),
        *("documents.issue", "licences.issue"),
    }
)
"""Steps that mean an application: they tell, hand to or rule on somebody who applied."""
CLOSES = "cases.close"
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_SHORTEST = timedelta(minutes=1)

SENTENCES: dict[str, tuple[str, str]] = {
    "start-of-no-matter": (
        "流程会自行开始，却没有事项以它办理，无从知道要启动哪个事项。",
        "请登记一个 offered: false 的事项并指明本流程，或去掉该开始事件。",
    ),
    "start-of-many-matters": (
        "流程会自行开始，却有多个事项以它办理：{matters}。",
        "请让一个事项对应一个自行开始的流程。",
    ),
    "start-of-application": (
        "事项“{matter}”由人申请，流程却画了会自行开始的事件。",
        "请把事项改为 offered: false，或去掉该开始事件。",
    ),
    "opened-by-application": (
        "事项“{matter}”由人申请，却写了 opened_by。",
        "请把事项改为 offered: false，或去掉 opened_by。",
    ),
    "start-missing": (
        "事项“{matter}”不由人申请，流程也没有会自行开始的事件，永远不会启动。",
        "请画消息、信号、定时或条件开始事件，或写明 opened_by。",
    ),
    "start-unreachable": (
        "事项“{matter}”的流程有一个开始事件不会到达。",
        "没有 opened_by 时去掉普通开始和条件开始；有条件开始时去掉普通开始。",
    ),
    "start-by-entry-missing": (
        "事项“{matter}”写了 opened_by，流程却没有普通开始或条件开始。",
        "请画一个普通开始或条件开始事件，或去掉 opened_by。",
    ),
    "start-needs-several": (
        "开始事件同时等待几件事，本系统不能以它启动办件。",
        "请分成几个开始事件，各等一件事。",
    ),
    "start-timer-unreadable": (
        "开始事件的定时“{value}”不是写明的时间、时长或周期。",
        "启动前没有数据可用：请直接写 ISO 8601，例如 R/P1M。",
    ),
    "start-timer-too-often": ("开始事件的定时“{value}”间隔不足一分钟。", "请改为一分钟以上。"),
    "start-without-applicant": (
        "事项“{matter}”没有申请人，流程却有一步要交给申请人：{step}。",
        "请去掉这一步；办结用 cases.close。",
    ),
    "start-never-closed": (
        "事项“{matter}”的流程没有办结这一步，办件会一直在办。",
        "请在结束前加服务任务 cases.close。",
    ),
    "message-begins-several": (
        "消息“{name}”会启动几个事项：{matters}。",
        "一条消息只启动一个办件，请改用不同的消息名或信号。",
    ),
}


@dataclass(frozen=True, slots=True)
class Use:
    """A matter that has a flow: whether people apply for it, and whether entries open it."""

    key: str
    title: str
    is_offered: bool
    has_entries: bool


def problems_of(flow: Flow, uses: Iterable[Use]) -> Iterator[FlowProblem]:
    """Yield what is wrong between a flow and the matters that have it."""
    users = tuple(uses)
    own = [each for each in flow.starts if each.trigger != "none"]
    for use in users:
        yield from _of_offered(use, own) if use.is_offered else _of_unoffered(flow, use, own)
    if own and not users:
        yield _problem("start-of-no-matter", own[0].element)
    if own and len(users) > 1:
        titles = "、".join(each.title for each in users)
        yield _problem("start-of-many-matters", own[0].element, matters=titles)
    if own:
        yield from _of_starts(flow, own)


def messages_begun_by_several(flows: Mapping[str, Flow]) -> Iterator[tuple[str, FlowProblem]]:
    """Yield matters, by key with their flow, that begin with a message another one begins with."""
    by_name: dict[str, list[tuple[str, str]]] = {}
    for matter, flow in flows.items():
        for start in flow.starts:
            if start.trigger == "message":
                by_name.setdefault(start.name, []).append((matter, start.element))
    for name, found in by_name.items():
        matters = "、".join(dict.fromkeys(matter for matter, _ in found))
        for matter, element in found if len(found) > 1 else ():
            yield matter, _problem("message-begins-several", element, name=name, matters=matters)


def _of_offered(use: Use, own: list[Start]) -> Iterator[FlowProblem]:
    if own:
        yield _problem("start-of-application", own[0].element, matter=use.title)
    if use.has_entries:
        yield _problem("opened-by-application", "", matter=use.title)


def _of_unoffered(flow: Flow, use: Use, own: list[Start]) -> Iterator[FlowProblem]:
    conditional = [each.element for each in own if each.trigger == "conditional"]
    plain = flow.containers[""].starts
    if not own and not use.has_entries:
        yield _problem("start-missing", "", matter=use.title)
    elif use.has_entries and not conditional and not plain:
        yield _problem("start-by-entry-missing", "", matter=use.title)
    for element in (*plain, *conditional) if own and not use.has_entries else ():
        yield _problem("start-unreachable", element, matter=use.title)
    for element in plain if use.has_entries and conditional else ():
        yield _problem("start-unreachable", element, matter=use.title)
    yield from _of_steps(flow, use)


def _of_steps(flow: Flow, use: Use) -> Iterator[FlowProblem]:
    for node in flow.nodes.values():
        if (node.kind == "user" and _is_on_application(node)) or (
            node.kind == "service" and node.called in FOR_APPLICANTS
        ):
            step = node.name or node.id
            yield _problem("start-without-applicant", node.id, matter=use.title, step=step)
    if not any(node.kind == "service" and node.called == CLOSES for node in flow.nodes.values()):
        yield _problem("start-never-closed", "", matter=use.title)


def _is_on_application(task: Node) -> bool:
    """Say whether a task is the applicant's, or one by which an application is judged."""
    verb = task.properties.get("duty", "").partition(":")[0]
    return task.properties.get("assignee") == "applicant" or verb in RESERVED


def _of_starts(flow: Flow, own: list[Start]) -> Iterator[FlowProblem]:
    for start in {each.element: each for each in own}.values():
        definitions = flow.nodes[start.element].definitions
        if len(definitions) > 1 or start.trigger not in SERVED:
            yield _problem("start-needs-several", start.element)
        elif start.trigger == "timer":
            yield from _of_timer(start, is_literal=definitions[0].expression is None)


def _of_timer(start: Start, *, is_literal: bool) -> Iterator[FlowProblem]:
    value = start.value
    try:
        due = first_due(timer=start.timer, value=value, since=_SOME_DAY, zone=UTC)
        is_readable = is_literal and (start.timer != "cycle" or count_of(value) != 0)
    except TimerUnreadable:
        is_readable = False
    if not is_readable:
        yield _problem("start-timer-unreadable", start.element, value=value)
    elif start.timer == "cycle" and due.next_at is not None:
        again = next_due(timer="cycle", value=value, due=due, now=due.next_at, zone=UTC)
        if again.next_at is not None and again.next_at - due.next_at < _SHORTEST:
            yield _problem("start-timer-too-often", start.element, value=value)


def _problem(code: str, element: str, **facts: object) -> FlowProblem:
    message, remedy = SENTENCES[code]
    return FlowProblem(code, element, message.format_map(facts), remedy.format_map(facts))

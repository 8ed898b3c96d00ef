"""What keeps a flow from beginning by itself as it is drawn: a code, where, and the way out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shuzheng.support.cases.rules.flow_entries import RESERVED
from shuzheng.support.cases.rules.starts import count_of, first_due, next_due
from shuzheng.support.cases.rules.timers import TimerUnreadable
from shuzheng.support.workflow.rules import Flow, FlowProblem, Node, Start
from shuzheng.support.workflow.rules.sentences import describe

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
        yield describe("start-of-no-matter", own[0].element)
    if own and len(users) > 1:
        titles = "、".join(each.title for each in users)
        yield describe("start-of-many-matters", own[0].element, matters=titles)
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
            yield matter, describe("message-begins-several", element, name=name, matters=matters)


def _of_offered(use: Use, own: list[Start]) -> Iterator[FlowProblem]:
    if own:
        yield describe("start-of-application", own[0].element, matter=use.title)
    if use.has_entries:
        yield describe("opened-by-application", "", matter=use.title)


def _of_unoffered(flow: Flow, use: Use, own: list[Start]) -> Iterator[FlowProblem]:
    conditional = [each.element for each in own if each.trigger == "conditional"]
    plain = flow.containers[""].starts
    if not own and not use.has_entries:
        yield describe("start-missing", "", matter=use.title)
    elif use.has_entries and not conditional and not plain:
        yield describe("start-by-entry-missing", "", matter=use.title)
    for element in (*plain, *conditional) if own and not use.has_entries else ():
        yield describe("start-unreachable", element, matter=use.title)
    for element in plain if use.has_entries and conditional else ():
        yield describe("start-unreachable", element, matter=use.title)
    yield from _of_steps(flow, use)


def _of_steps(flow: Flow, use: Use) -> Iterator[FlowProblem]:
    for node in flow.nodes.values():
        if (node.kind == "user" and _is_on_application(node)) or (
            node.kind == "service" and node.called in FOR_APPLICANTS
        ):
            step = node.name or node.id
            yield describe("start-without-applicant", node.id, matter=use.title, step=step)
    if not any(node.kind == "service" and node.called == CLOSES for node in flow.nodes.values()):
        yield describe("start-never-closed", "", matter=use.title)


def _is_on_application(task: Node) -> bool:
    """Say whether a task is the applicant's, or one by which an application is judged."""
    verb = task.properties.get("duty", "").partition(":")[0]
    return task.properties.get("assignee") == "applicant" or verb in RESERVED


def _of_starts(flow: Flow, own: list[Start]) -> Iterator[FlowProblem]:
    for start in {each.element: each for each in own}.values():
        definitions = flow.nodes[start.element].definitions
        if len(definitions) > 1 or start.trigger not in SERVED:
            yield describe("start-needs-several", start.element)
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
        yield describe("start-timer-unreadable", start.element, value=value)
    elif start.timer == "cycle" and due.next_at is not None:
        again = next_due(timer="cycle", value=value, due=due, now=due.next_at, zone=UTC)
        if again.next_at is not None and again.next_at - due.next_at < _SHORTEST:
            yield describe("start-timer-too-often", start.element, value=value)

"""A case on the drawing of its flow: where it stands, where it was, what is due. No personal data.

Who may see it is asked by ``operations.open_flow``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from shuzheng.support.cases.models import Case, FlowStep, Task
from shuzheng.support.cases.rules.trails import Passage, Trail, follow_trail
from shuzheng.support.workflow.queries import get_flow_version
from shuzheng.support.workflow.rules import Flow, State
from shuzheng.support.workflow.rules.graph import ACTIVITIES, Node

TASK_STATES = {"open": "now", "done": "done"}
Nodes = Mapping[str, Node]
SHOWN = ACTIVITIES | {"start", "end", "catch", "throw", "boundary"}


@dataclass(frozen=True, slots=True)
class ElementState:
    """One element of the drawing as one case has it.

    Attributes:
        name: as it is drawn; empty where nothing is written.
        state: now, done, cancelled (taken away undone), moved (left undone when the case went to
            a new version) or watching (a timer beside a step).
        since: when it was entered last; until when it was left, None while it stands there.
        who: who did it, or has it in hand; post: where that is done.
        times: how often the case came here.
        due_on: the day it is due; fires_at the moment the flow goes on by itself.
        child: number of the case it called.
    """

    element: str
    name: str
    kind: str
    state: str
    since: datetime | None = None
    until: datetime | None = None
    who: str = ""
    post: str = ""
    for_applicant: bool = False
    times: int = 1
    due_on: date | None = None
    fires_at: datetime | None = None
    child: str = ""


@dataclass(frozen=True, slots=True)
class FlowOfCase:
    """A case's flow: version, elements in the order they came, lines and how often taken."""

    number: str
    flow_id: int
    key: str
    title: str
    version: int
    is_ended: bool
    elements: tuple[ElementState, ...]
    lines: Mapping[str, int]
    gates: tuple[str, ...]


def get_flow_of_case(number: str) -> FlowOfCase | None:
    """Return where a case stands on its drawing; nothing if there is no such case or flow."""
    case = Case.objects.filter(number=number).defer("form_encrypted").first()
    if case is None or case.flow_state is None:
        return None
    version = get_flow_version(case.flow_id)
    state = State.from_json(case.flow_state)
    passages = list(_passages(case))
    trail = follow_trail(version.flow, passages)
    nodes = _nodes(version.flow, passages)
    elements = _elements(case, nodes, state, trail)
    seen = {each.element for each in trail.visited}
    gates = tuple(key for key in seen if nodes[key].kind not in SHOWN)
    return FlowOfCase(
        number=case.number,
        flow_id=version.id,
        key=version.key,
        title=version.title,
        version=version.version,
        is_ended=state.is_ended,
        elements=elements,
        lines=trail.lines,
        gates=gates,
    )


def _passages(case: Case) -> Iterable[Passage]:
    rows = FlowStep.objects.filter(case=case).order_by("pk")
    for at, post, told, version in rows.values_list("at", "actor", "told", "flow"):
        taken = [key for entry in told for key in entry.get("t", ())]
        yield Passage(at, post, taken, get_flow_version(version).flow)


def _nodes(flow: Flow, passages: Iterable[Passage]) -> Nodes:
    """Return the elements of all versions a case has run under, as they are drawn last."""
    nodes: dict[str, Node] = {}
    for passed in (*(each.flow for each in passages), flow):
        nodes |= passed.nodes
    return nodes


def _elements(case: Case, nodes: Nodes, state: State, trail: Trail) -> tuple[ElementState, ...]:
    moved = _moved(case)
    found = {each.element: each for each in _visited(nodes, trail, has_moved=bool(moved))}
    found |= {each.element: each for each in _tasks(case, nodes, moved, found)}
    found |= {each.element: each for each in _standing(case, nodes, state, found)}
    called = _called(case)
    return tuple(
        replace(each, child=called.get(nodes[key].called, "")) if each.kind == "call" else each
        for key, each in found.items()
    )


def _called(case: Case) -> Mapping[str, str]:
    """Return the numbers of the cases that a case called, by the matter or flow called."""
    children = Case.objects.filter(Q(parent=case) | Q(root=case, parent=None)).order_by("pk")
    rows = children.values_list("number", "matter", "flow__key")
    return {name: number for number, matter, flow in rows for name in (flow, matter)}


def _moved(case: Case) -> frozenset[datetime]:
    """Return the moments at which a case went to another version: the whole is kept again."""
    kept = FlowStep.objects.filter(case=case, snapshot__isnull=False).order_by("pk")
    return frozenset(kept.values_list("at", flat=True)[1:])


def _visited(nodes: Nodes, trail: Trail, *, has_moved: bool) -> Iterable[ElementState]:
    for each in trail.visited:
        node = nodes[each.element]
        if node.kind in SHOWN:
            is_left = each.left_at is not None or not node.outgoing
            yield ElementState(
                element=node.id,
                name=node.name,
                kind=node.kind,
                state="done" if is_left else "moved" if has_moved else "cancelled",
                since=each.entered[-1],
                until=(each.left_at or each.entered[-1]) if is_left else None,
                post=each.left_by,
                times=len(each.entered),
            )


def _tasks(
    case: Case, nodes: Nodes, moved: frozenset[datetime], found: Mapping[str, ElementState]
) -> Iterable[ElementState]:
    """Tell who did the tasks; their rows are older than the trail of some cases."""
    rows: dict[str, list[Task]] = defaultdict(list)
    for task in case.tasks.order_by("pk"):
        rows[task.element].append(task)
    for element, tasks in rows.items():
        if element not in nodes:
            continue
        last = tasks[-1]
        state = TASK_STATES.get(last.state, "moved" if last.done_at in moved else "cancelled")
        yield ElementState(
            element=element,
            name=nodes[element].name,
            kind=nodes[element].kind,
            state=state,
            since=last.opened_at,
            until=last.done_at,
            who=last.done_name or last.claimed_name,
            post=last.post,
            for_applicant=last.for_applicant,
            times=max(len(tasks), found[element].times if element in found else 0),
            due_on=last.due_on if last.state == "open" else None,
        )


def _standing(
    case: Case, nodes: Nodes, state: State, found: Mapping[str, ElementState]
) -> Iterable[ElementState]:
    timers = dict(case.timers.filter(state="set").values_list("token", "fire_at"))
    for key, token in state.tokens.items():
        node = nodes.get(token.element)
        before = found.get(token.element)
        if node is None or node.kind not in SHOWN or (before and before.state == "now"):
            continue
        yield ElementState(
            element=node.id,
            name=node.name,
            kind=node.kind,
            state="watching" if node.kind == "boundary" else "now",
            since=before.since if before else None,
            times=before.times if before else 1,
            fires_at=timers.get(key),
        )

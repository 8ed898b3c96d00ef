"""Random flows, and cases walked into them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import strategies as st

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import Flow, State
from shuzheng.support.workflow.rules.migration import MigrationAmbiguous, Stay, migrate
from tests.support.workflow.flow_drawing import flow_of

FLAGS = {"x": True, "y": False}


@dataclass(frozen=True)
class Part:
    """A block of a structured flow, named for good."""

    name: str
    kind: str = "task"
    parts: tuple["Part", ...] = ()


KINDS = ("sequence", "parallel", "exclusive", "inclusive", "subprocess")
SHAPES = st.recursive(
    st.just(Part("")),
    lambda inner: st.builds(
        lambda kind, parts: Part("", kind, tuple(parts[:1] if kind == "subprocess" else parts)),
        st.sampled_from(KINDS),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=7,
)


def named(part: Part, prefix: str = "n") -> Part:
    """Give every block its name, from the outside in."""
    count = iter(range(1000))

    def name(one: Part) -> Part:
        number = next(count)
        return replace(one, name=f"{prefix}{number}", parts=tuple(map(name, one.parts)))

    return name(part)


FLOWS = SHAPES.map(named)


def drawn(part: Part) -> Flow:
    inside, first, last = draw(part)
    return flow_of('<startEvent id="s"/><endEvent id="e"/>' + inside, f"s>{first} {last}>e")


def draw(part: Part) -> tuple[str, str, str]:
    """Return a block as XML, with its first and its last element."""
    if part.kind == "task":
        return f'<userTask id="{part.name}"/>', part.name, part.name
    inner = [draw(one) for one in part.parts]
    inside = "".join(one for one, _, _ in inner)
    if part.kind == "sequence":
        edges = [edge(last, first) for (_, _, last), (_, first, _) in pairwise(inner)]
        return inside + "".join(edges), inner[0][1], inner[-1][2]
    if part.kind == "subprocess":
        begin, end = f"begin_{part.name}", f"end_{part.name}"
        ends = f'<startEvent id="{begin}"/><endEvent id="{end}"/>'
        edges = [edge(begin, inner[0][1]), edge(inner[0][2], end)]
        return f'<subProcess id="{part.name}">{ends}{inside}{"".join(edges)}</subProcess>', *(
            part.name,
            part.name,
        )
    return draw_gates(part, inner, inside)


def draw_gates(part: Part, inner: list[tuple[str, str, str]], inside: str) -> tuple[str, str, str]:
    split, join = f"split_{part.name}", f"join_{part.name}"
    default = "" if part.kind == "parallel" else f' default="{split}_{inner[0][1]}"'
    gates = f'<{part.kind}Gateway id="{split}"{default}/><{part.kind}Gateway id="{join}"/>'
    edges = []
    for index, (_, first, last) in enumerate(inner):
        condition = "" if not index or part.kind == "parallel" else "xy"[index % 2]
        edges += [edge(split, first, condition), edge(last, join)]
    return gates + inside + "".join(edges), split, join


def edge(source: str, target: str, condition: str = "") -> str:
    text = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>'
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{text if condition else ''}</sequenceFlow>"
    )


def walk(part: Part) -> Iterator[Part]:
    yield part
    for one in part.parts:
        yield from walk(one)


def play(flow: Flow, picks: list[int]) -> tuple[State, list[str]]:
    """Complete open tasks as picked; return where the case stands and what it has done."""
    state, done = rules.start(flow, variables=FLAGS).state, []
    for pick in picks:
        tasks = open_tasks(state)
        if not tasks:
            break
        key = tasks[pick % len(tasks)]
        done.append(state.tokens[key].element)
        state = complete(flow, state, key)
    return state, done


def open_tasks(state: State) -> list[str]:
    return sorted((key for key, token in state.tokens.items() if token.role == "task"), key=int)


def complete(flow: Flow, state: State, key: str) -> State:
    """Complete a task and read the state again as from its column."""
    advance = rules.advance(flow, state, rules.TaskCompleted(key), variables=FLAGS)
    return State.from_json(json.loads(json.dumps(advance.state.to_json())))


def finish(flow: Flow, state: State) -> list[str]:
    done = []
    for _ in range(200):
        tasks = open_tasks(state)
        if not tasks:
            break
        done.append(state.tokens[tasks[0]].element)
        state = complete(flow, state, tasks[0])
    assert state.is_ended
    return done


def chosen(part: Part) -> list[Part]:
    """Return the parts of a block that the flags let be done."""
    if part.kind not in {"exclusive", "inclusive"}:
        return list(part.parts)
    open_ = [one for index, one in enumerate(part.parts) if index and FLAGS["xy"[index % 2]]]
    if part.kind == "exclusive":
        return open_[:1] or [part.parts[0]]
    return open_ or [part.parts[0]]


@dataclass(frozen=True)
class Step:
    """A step added before or after a block, or beside it."""

    name: str
    where: str
    place: str


def add(part: Part, step: Step) -> Part:
    """Return the flow with the step added."""
    grown = replace(part, parts=tuple(add(one, step) for one in part.parts))
    if part.name != step.place:
        return grown
    new = Part(step.name)
    if step.where == "beside":
        return replace(grown, parts=(*grown.parts, new))
    both = (new, grown) if step.where == "before" else (grown, new)
    return Part(f"{step.name}_with", "sequence", both)


def steps_for(part: Part) -> st.SearchStrategy[Step]:
    places = [(one.name, where) for one in walk(part) for where in ("before", "after")]
    places += [(one.name, "beside") for one in walk(part) if one.kind == "parallel"]
    return st.sampled_from(places).map(lambda pick: Step("added", pick[1], pick[0]))


def assert_whole(flow: Flow, state: State) -> None:
    for token in state.tokens.values():
        assert flow.nodes[token.element].container == state.scopes[token.scope].element
        assert not token.of or token.of in state.tokens
    for scope in state.scopes.values():
        assert not scope.host or state.tokens[scope.host].element == scope.element


def tasks(names: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in names.split())


def refused(old: Flow, new: Flow, state: State) -> tuple[Stay, ...]:
    with pytest.raises(MigrationAmbiguous) as refusal:
        migrate(old, new, state, variables={})
    return refusal.value.stays

"""Random flows, changed at random, with cases anywhere in them: each lands, nothing is skipped."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import Flow, State
from shuzheng.support.workflow.rules.migration import (
    ChoiceImpossible,
    Migration,
    MigrationAmbiguous,
    Passage,
    Stay,
    StepsLeftOut,
    done_in,
    migrate,
    migrate_alike,
)
from tests.support.workflow.flow_drawing import flow_of
from tests.support.workflow.test_flow_walks import (
    CHOICES,
    HEAD,
    RICH,
    RICH_BODY,
    RICH_FLOWS,
    VARIABLES,
    check_whole,
    event_for,
    timer,
)

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


def done_blocks(part: Part, done: set[str]) -> bool:
    """Say whether all that is to be done of a block has been done."""
    if part.kind == "task":
        return part.name in done
    return all(done_blocks(one, done) for one in chosen(part))


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


def is_met(part: Part, step: Step, done: set[str]) -> bool:
    """Say whether a case that has done so much still comes past the step's place.

    The place after a block is passed when the case has gone on beyond it, the place before it when
    it has begun; a finished branch that waits for the others has not gone on.
    """
    path = path_to(part, step.place)
    for outer, inner in pairwise(path):
        if inner not in chosen(outer):
            return False
    if step.where == "beside":
        return not done_blocks(path[-1], done)
    if step.where == "before":
        return not has_begun(path, done)
    return not is_left(path, done)


def path_to(part: Part, name: str) -> list[Part]:
    if part.name == name:
        return [part]
    for one in part.parts:
        found = path_to(one, name)
        if found:
            return [part, *found]
    return []


def has_begun(path: list[Part], done: set[str]) -> bool:
    """A block begins with the block around it, or after the one before it in a sequence."""
    if len(path) == 1:
        return True
    outer, inner = path[-2:]
    index = outer.parts.index(inner)
    if outer.kind == "sequence" and index:
        return all(done_blocks(one, done) for one in outer.parts[:index])
    return has_begun(path[:-1], done)


def is_left(path: list[Part], done: set[str]) -> bool:
    """A case has left a block when it is done and something else has begun because of it."""
    if not done_blocks(path[-1], done):
        return False
    if len(path) == 1:
        return True
    outer, inner = path[-2:]
    if outer.kind == "sequence" and outer.parts[-1] is not inner:
        return True
    return is_left(path[:-1], done)


def steps_for(part: Part) -> st.SearchStrategy[Step]:
    places = [(one.name, where) for one in walk(part) for where in ("before", "after")]
    places += [(one.name, "beside") for one in walk(part) if one.kind == "parallel"]
    return st.sampled_from(places).map(lambda pick: Step("added", pick[1], pick[0]))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_an_added_step_is_met_by_every_case_that_has_not_passed_it(data: st.DataObject) -> None:
    part = data.draw(FLOWS)
    step = data.draw(steps_for(part))
    old, new = drawn(part), drawn(add(part, step))
    picks = data.draw(st.lists(st.integers(0, 5), max_size=12))
    state, before = play(old, picks)
    assume(not state.is_ended)
    whole = finish(old, state)
    try:
        moved = migrate(old, new, state, variables=FLAGS)
    except MigrationAmbiguous as refusal:
        assert_only_in_a_finished_branch(state, refusal.stays)
        return
    assert_whole(new, moved.state)
    after = Counter(finish(new, moved.state))
    wanted = Counter(whole)
    wanted["added"] += is_met(part, step, set(before))
    assert after == +wanted


def assert_only_in_a_finished_branch(state: State, stays: tuple[Stay, ...]) -> None:
    """Of a branch that has come to its join it may be unknown which way it went inside."""
    joins = {token.element for token in state.tokens.values() if token.role == "join"}
    assert {(stay.code, stay.element) for stay in stays} <= {("join", join) for join in joins}


def assert_whole(flow: Flow, state: State) -> None:
    for token in state.tokens.values():
        assert flow.nodes[token.element].container == state.scopes[token.scope].element
        assert not token.of or token.of in state.tokens
    for scope in state.scopes.values():
        assert not scope.host or state.tokens[scope.host].element == scope.element


@settings(max_examples=200, deadline=None)
@given(FLOWS, SHAPES, st.lists(st.integers(0, 5), max_size=8), st.data())
def test_a_case_moves_whole_or_stays_whatever_was_redrawn(
    part: Part, other: Part, picks: list[int], data: st.DataObject
) -> None:
    """The other flow shares names with the first, at other places and of other kinds."""
    old, new = drawn(part), drawn(named(other))
    state, done = play(old, picks)
    before = json.dumps(state.to_json())
    try:
        moved = migrate(old, new, state, variables=FLAGS)
    except MigrationAmbiguous as refusal:
        settle(old, new, state, done, refusal.stays, data)
        return
    finally:
        assert json.dumps(state.to_json()) == before
    assert_whole(new, moved.state)
    assert_effects(state, moved.state, moved.effects)
    finish(new, moved.state)


def settle(
    old: Flow,
    new: Flow,
    state: State,
    done: list[str],
    stays: tuple[Stay, ...],
    data: st.DataObject,
) -> None:
    """What an official chooses from the options moves the case, or is refused in words."""
    choices: dict[str, str] = {}
    for stay in stays:
        possible = Passage(old, new).options(state, stay, variables=FLAGS, done=done)
        if stay.choose and possible:
            choices[stay.choose] = data.draw(st.sampled_from(possible))
    try:
        moved = migrate(old, new, state, variables=FLAGS, choices=choices, done=done)
    except (MigrationAmbiguous, ChoiceImpossible, StepsLeftOut):
        return
    assert_whole(new, moved.state)
    assert_effects(state, moved.state, moved.effects)
    for _ in range(40):
        tasks = open_tasks(moved.state)
        if not tasks:
            break
        moved = replace(moved, state=complete(new, moved.state, tasks[0]))


def assert_effects(before: State, after: State, effects: tuple[rules.Effect, ...]) -> None:
    """What is open outside is what waits inside."""
    opened = {one.token for one in effects if isinstance(one, rules.OpenTask)}
    closed = {one.token for one in effects if isinstance(one, rules.CloseTask)}
    assert (set(open_tasks(before)) | opened) - closed == set(open_tasks(after))


@settings(max_examples=100, deadline=None)
@given(FLOWS, st.lists(st.integers(0, 5), max_size=8), st.data())
def test_what_is_said_of_all_cases_in_a_state_holds_for_each(
    part: Part, picks: list[int], data: st.DataObject
) -> None:
    old, new = drawn(part), drawn(add(part, data.draw(steps_for(part))))
    state, _ = play(old, picks)
    alike, stays = None, None
    try:
        alike = migrate_alike(old, new, state)
    except MigrationAmbiguous as refusal:
        stays = refusal.stays
    if stays is not None:
        assert refused(old, new, state) == stays
    elif alike is not None:
        assert migrate(old, new, state, variables=FLAGS) == alike


@settings(max_examples=40, deadline=None)
@given(CHOICES)
def test_a_case_with_loops_timers_and_events_moves_to_its_own_drawing_unchanged(
    choices: list[tuple[str, int]],
) -> None:
    variables = dict(VARIABLES)
    advance = rules.start(RICH, variables=variables)
    for kind, pick in choices:
        moved = migrate(RICH, RICH, advance.state, variables=variables)
        assert (moved.state, moved.effects) == (advance.state, ())
        try:
            advance = rules.advance(
                RICH, moved.state, event_for(moved.state, kind, pick), variables=variables
            )
        except rules.WorkflowRefusal:
            continue
        variables.update(advance.variables)


MORE = '<userTask id="more"/>'
REDRAWN = tuple(
    flow_of(body, flows, head=HEAD)
    for body, flows in (
        (RICH_BODY.replace(timer("late", "review"), ""), RICH_FLOWS.replace("late>urge ", "")),
        (RICH_BODY + MORE, RICH_FLOWS.replace("v>j", "v>more more>j")),
        (RICH_BODY + MORE, RICH_FLOWS.replace("f>calm", "f>calm f>more more>j")),
        (RICH_BODY + timer("early", "accept"), RICH_FLOWS + " early>urge"),
        (RICH_BODY.replace('id="review"', 'id="opinion"').replace('"review"', '"opinion"'),
         RICH_FLOWS.replace("review", "opinion")),
        (RICH_BODY.replace('id="look"', 'id="see"').replace('"look"', '"see"')
         .replace("book_look", "book_see").replace("look_ve", "see_ve"), RICH_FLOWS),
        (RICH_BODY.replace(' isInterrupting="false"', ""), RICH_FLOWS),
        (RICH_BODY.replace("<multiInstanceLoopCharacteristics",
                           '<multiInstanceLoopCharacteristics isSequential="true"'), RICH_FLOWS),
        (RICH_BODY, RICH_FLOWS.replace("j>judge judge>e", "j>e")
         .replace("calm>j", "calm>judge judge>j")),
    )
)  # fmt: skip
"""The same drawing with one thing added, taken away, renamed or changed in its nature."""


@settings(max_examples=120, deadline=None)
@given(CHOICES, CHOICES, st.sampled_from(REDRAWN), st.data())
def test_a_case_anywhere_in_a_rich_drawing_moves_whole_and_goes_on(
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
    new: Flow,
    data: st.DataObject,
) -> None:
    case = Walk(RICH)
    case.walk(before)
    stood = json.dumps(case.state.to_json())
    moved = move_or_settle(new, case, data)
    assert json.dumps(case.state.to_json()) == stood
    if moved is None:
        return
    case.flow, case.state = new, moved.state
    case.variables.update(moved.variables)
    case.effects += moved.effects
    check_whole(case.state, case.effects)
    case.walk(after)


def move_or_settle(new: Flow, case: "Walk", data: st.DataObject) -> Migration | None:
    """Move the case, where need be as somebody chooses among the options."""
    stays: tuple[Stay, ...] = ()
    try:
        return migrate(RICH, new, case.state, variables=case.variables)
    except MigrationAmbiguous as refusal:
        stays = refusal.stays
    way, done = Passage(RICH, new), set(done_in(RICH, new, case.taken))
    choices = {
        stay.choose: data.draw(st.sampled_from(possible))
        for stay in stays
        if (possible := way.options(case.state, stay, variables=case.variables, done=done))
    }
    try:
        return way.migrate(case.state, variables=case.variables, choices=choices, done=done)
    except (MigrationAmbiguous, ChoiceImpossible, StepsLeftOut):
        return None


class Walk:
    """A case on its way through any events, whole after each."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.variables: dict[str, object] = dict(VARIABLES)
        advance = rules.start(flow, variables=self.variables)
        self.state, self.effects = advance.state, list(advance.effects)
        self.taken = list(advance.taken)
        self.variables.update(advance.variables)

    def walk(self, choices: list[tuple[str, int]]) -> None:
        for kind, pick in choices:
            event = event_for(self.state, kind, pick)
            try:
                advance = rules.advance(self.flow, self.state, event, variables=self.variables)
            except rules.WorkflowRefusal:
                continue
            self.state = advance.state
            self.variables.update(advance.variables)
            self.effects += advance.effects
            self.taken += advance.taken
            check_whole(self.state, self.effects)


def test_a_move_that_asks_a_condition_is_not_said_of_all() -> None:
    gates = '<inclusiveGateway id="f" default="f_a"/><inclusiveGateway id="j"/>'
    ends = '<startEvent id="s"/><endEvent id="e"/>'
    old = flow_of(ends + gates + tasks("a b"), "s>f f>a f>b[true] a>j b>j j>e")
    new = flow_of(ends + gates + tasks("a b c"), "s>f f>a f>b[true] f>c[large] a>j b>j c>j j>e")
    state = rules.start(old, variables={}).state
    assert migrate_alike(old, new, state) is None
    assert len(migrate(old, new, state, variables={"large": True}).effects) == 1


def tasks(names: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in names.split())


ENDS = '<startEvent id="s"/><endEvent id="e"/>'


def simple(names: str, flows: str) -> Flow:
    gates = '<parallelGateway id="f"/><parallelGateway id="j"/>' if ">f" in flows else ""
    return flow_of(ENDS + gates + tasks(names), flows)


def refused(old: Flow, new: Flow, state: State) -> tuple[Stay, ...]:
    with pytest.raises(MigrationAmbiguous) as refusal:
        migrate(old, new, state, variables={})
    return refusal.value.stays


def ways(old: Flow, new: Flow, state: State, done: Collection[str] = ()) -> tuple[str, ...]:
    """Return what may be chosen about the one stay there is."""
    (stay,) = refused(old, new, state)
    return Passage(old, new).options(state, stay, variables={}, done=done)


def test_an_official_says_where_a_step_that_is_gone_goes_on() -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("x b", "s>x x>b b>e")
    state = rules.start(old, variables={}).state
    assert ways(old, new, state) == ("x",)
    moved = migrate(old, new, state, variables={}, choices={"a": "x"})
    assert [type(one).__name__ for one in moved.effects] == ["CloseTask", "OpenTask"]
    assert [(one.element, one.target, one.code) for one in moved.moves] == [("a", "x", "chosen")]
    assert finish(new, moved.state) == ["x", "b"]


def test_a_choice_that_is_no_step_is_refused() -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("x b", "s>x x>b b>e")
    state = rules.start(old, variables={}).state
    for target in ("e", "s", "nowhere"):
        with pytest.raises(ChoiceImpossible):
            migrate(old, new, state, variables={}, choices={"a": target})


def test_a_choice_past_a_step_that_is_not_done_is_refused_by_name() -> None:
    old = simple("a b", "s>a a>b b>e")
    new = flow_of(ENDS + '<userTask id="x" name="审查"/><userTask id="b"/>', "s>x x>b b>e")
    state = rules.start(old, variables={}).state
    with pytest.raises(StepsLeftOut) as refusal:
        migrate(old, new, state, variables={}, choices={"a": "b"})
    assert refusal.value.code == "workflow.steps-left-out"
    assert "转到“人工任务”就会跳过这件办件还没有办的“审查”。" in str(refusal.value)


def test_past_what_a_case_has_done_it_may_be_put() -> None:
    old, new = simple("a b c", "s>a a>b b>c c>e"), simple("a c", "s>a a>c c>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state, {"a"}) == ("a", "c")
    assert ways(old, new, state) == ("a",)


def test_a_step_added_on_the_way_holds_a_choice_back() -> None:
    old, new = simple("a b c", "s>a a>b b>c c>e"), simple("a more c", "s>a a>more more>c c>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state, {"a"}) == ("a", "more")


def test_behind_a_join_lies_all_that_it_waits_for() -> None:
    old = simple("a b z", "s>f f>a f>b a>j b>j j>z z>e")
    new = simple("x b z", "s>f f>x f>b x>j b>j j>z z>e")
    state = rules.start(old, variables={}).state
    assert ways(old, new, state) == ("x", "b")
    assert ways(old, new, state, {"b"}) == ("x", "b")


@pytest.mark.parametrize(("large", "found"), [(True, ("rule",)), (False, ("look",))])
def test_only_ways_that_the_cases_data_open_count(*, large: bool, found: tuple[str, ...]) -> None:
    gate = ENDS + '<exclusiveGateway id="g" default="g_look"/><exclusiveGateway id="h"/>'
    old = flow_of(ENDS + tasks("a"), "s>a a>e")
    new = flow_of(gate + tasks("look rule"), "s>g g>look g>h[large] look>h h>rule rule>e")
    state = rules.start(old, variables={}).state
    (stay,) = refused(old, new, state)
    assert Passage(old, new).options(state, stay, variables={"large": large}) == found


def test_a_step_that_waits_beside_another_is_not_passed_until_it_has_come() -> None:
    late = (
        '<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition>'
        '<timeDuration xsi:type="tFormalExpression">P9D</timeDuration>'
        "</timerEventDefinition></boundaryEvent>"
    )
    old = flow_of(ENDS + tasks("x"), "s>x x>e")
    new = flow_of(ENDS + tasks("a b") + late, "s>a a>e t>b b>e")
    state = rules.start(old, variables={}).state
    assert ways(old, new, state) == ("a",)
    assert ways(old, new, state, {"t"}) == ("a", "b")


@pytest.mark.parametrize(("target", "left"), [("a", ["b", "a"]), ("f", ["b"])])
def test_an_official_says_whether_a_branch_is_done_already(target: str, left: list[str]) -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("a b", "s>f f>a f>b a>j b>j j>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state, {"a"}) == ("a", "f")
    moved = migrate(old, new, state, variables={}, choices={"a": target}, done={"a"})
    assert finish(new, moved.state) == left


def test_a_branch_that_is_not_done_does_not_count_as_done() -> None:
    old, new = simple("a b", "s>a a>b b>e"), simple("a b", "s>f f>a f>b a>j b>j j>e")
    state = complete(old, rules.start(old, variables={}).state, "1")
    assert ways(old, new, state) == ("a",)
    with pytest.raises(StepsLeftOut):
        migrate(old, new, state, variables={}, choices={"a": "f"})

"""Random flows run the same way here and in SpiffWorkflow, an engine of other people."""

import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import State, check_flow
from tests.support.workflow.flow_drawing import drawing

FLAGS = ("x", "y", "z")


@dataclass(frozen=True)
class Part:
    """A block of a structured flow: a task, or a sequence or choice of blocks."""

    kind: str
    parts: tuple["Part", ...] = ()
    flags: tuple[str, ...] = ()


TASK = Part("task")
BLOCKS = st.recursive(
    st.just(TASK),
    lambda inner: st.one_of(
        st.builds(
            lambda parts: Part("sequence", tuple(parts)), st.lists(inner, min_size=2, max_size=3)
        ),
        st.builds(
            lambda kind, parts, flags: Part(kind, tuple(parts), tuple(flags)),
            st.sampled_from(["parallel", "exclusive", "inclusive"]),
            st.lists(inner, min_size=2, max_size=3),
            st.lists(st.sampled_from(FLAGS), min_size=2, max_size=2),
        ),
        st.builds(lambda part: Part("subprocess", (part,)), inner),
    ),
    max_leaves=7,
)


class Drawn:
    """A block as XML, every element named in order."""

    def __init__(self, part: Part) -> None:
        self.count = 0
        inside, first, last = self._draw(part)
        flows = [f"s>{first}", f"{last}>e"]
        self.xml = drawing(
            '<startEvent id="s"/><endEvent id="e"/>' + "".join(inside), " ".join(flows)
        )

    def _name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def _draw(self, part: Part) -> tuple[list[str], str, str]:
        """Return the elements of a block, its first and its last."""
        if part.kind == "task":
            name = self._name("t")
            return [f'<userTask id="{name}"/>'], name, name
        if part.kind == "sequence":
            return self._sequence(part)
        return self._subprocess(part) if part.kind == "subprocess" else self._gateways(part)

    def _sequence(self, part: Part) -> tuple[list[str], str, str]:
        drawn = [self._draw(one) for one in part.parts]
        inside = [element for elements, _, _ in drawn for element in elements]
        for (_, _, last), (_, first, _) in pairwise(drawn):
            inside.append(flow(last, first))
        return inside, drawn[0][1], drawn[-1][2]

    def _subprocess(self, part: Part) -> tuple[list[str], str, str]:
        name = self._name("p")
        inside, first, last = self._draw(part.parts[0])
        ends = f'<startEvent id="begin{name}"/><endEvent id="end{name}"/>'
        joined = "".join([*inside, flow(f"begin{name}", first), flow(last, f"end{name}")])
        return [f'<subProcess id="{name}">{ends}{joined}</subProcess>'], name, name

    def _gateways(self, part: Part) -> tuple[list[str], str, str]:
        split, join = self._name("g"), self._name("j")
        drawn = [self._draw(one) for one in part.parts]
        inside = [element for elements, _, _ in drawn for element in elements]
        default = ""
        if part.kind != "parallel":
            default = f' default="{split}_{drawn[-1][1]}"'
        inside.append(f'<{part.kind}Gateway id="{split}"{default}/>')
        inside.append(f'<{part.kind}Gateway id="{join}"/>')
        for index, (_, first, last) in enumerate(drawn):
            conditional = part.kind != "parallel" and index < len(drawn) - 1
            inside.append(flow(split, first, part.flags[index] if conditional else ""))
            inside.append(flow(last, join))
        return inside, split, join


def flow(source: str, target: str, condition: str = "") -> str:
    inside = ""
    if condition:
        inside = (
            f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>'
        )
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</sequenceFlow>"
    )


def ours(xml: bytes, variables: dict[str, Any], picks: list[int]) -> list[str]:
    """Run our engine; return what was open at each step and the task that was done."""
    flow_ = rules.read_flow(xml)
    advance = rules.start(flow_, variables=variables)
    story = []
    for pick in picks:
        state = State.from_json(json.loads(json.dumps(advance.state.to_json())))
        open_tasks = sorted(
            (token.element, key) for key, token in state.tokens.items() if token.role == "task"
        )
        story.append(" ".join(element for element, _ in open_tasks))
        if not open_tasks:
            return story
        _, key = open_tasks[pick % len(open_tasks)]
        advance = rules.advance(flow_, state, rules.TaskCompleted(key), variables=variables)
    return story


def theirs(xml: bytes, variables: dict[str, Any], picks: list[int]) -> list[str]:
    """Run SpiffWorkflow in the same way."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(xml))
    workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    workflow.task_tree.data.update(variables)
    workflow.do_engine_steps()
    story = []
    for pick in picks:
        ready = sorted(
            workflow.get_tasks(state=TaskState.READY, manual=True),
            key=lambda task: task.task_spec.bpmn_id,
        )
        story.append(" ".join(task.task_spec.bpmn_id for task in ready))
        if not ready:
            return story
        ready[pick % len(ready)].run()
        workflow.do_engine_steps()
    return story


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    BLOCKS,
    st.fixed_dictionaries({name: st.booleans() for name in FLAGS}),
    st.lists(st.integers(0, 5), min_size=16, max_size=16),
)
def test_random_structured_flows_agree_with_spiffworkflow(
    part: Part, variables: dict[str, bool], picks: list[int]
) -> None:
    xml = Drawn(part).xml
    assert ours(xml, variables, picks) == theirs(xml, variables, picks)


@settings(max_examples=100, deadline=None)
@given(BLOCKS, st.fixed_dictionaries({name: st.booleans() for name in FLAGS}))
def test_random_structured_flows_are_sound_end_and_run_each_task_once(
    part: Part, variables: dict[str, bool]
) -> None:
    xml = Drawn(part).xml
    assert {problem.code for problem in check_flow(xml)} == set()
    flow_ = rules.read_flow(xml)
    advance = rules.start(flow_, variables=variables)
    done: Counter[str] = Counter()
    while not advance.state.is_ended:
        key, token = next(
            (key, token) for key, token in advance.state.tokens.items() if token.role == "task"
        )
        done[token.element] += 1
        advance = rules.advance(flow_, advance.state, rules.TaskCompleted(key), variables=variables)
    assert set(done.values()) == {1}
    assert advance.effects[-1] == rules.Ended("completed")
    assert advance.state.tokens == {}

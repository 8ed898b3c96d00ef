"""An adapter that plays the independent execution cases: their script marks and conditions."""

import json
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import State

CHECKOUT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SHUZHENG_SHARED", CHECKOUT.parent / "shared"))
SUITE = SHARED / "data" / "bpmn-execution"
MISSING = f"没有 {SUITE}，跳过一致性测试；请设置 SHUZHENG_SHARED。"
CONTAINS = re.compile(r'test\.contains\("(\w+)"\)')


@dataclass(frozen=True)
class Mark:
    """A script placeholder of the suite, or one of its conditions."""

    text: str

    def evaluate(self, context: Mapping[str, Any]) -> Any:
        if self.text in SCRIPTS or self.text.startswith("SCRIPT_"):
            return self._run(context)
        return self._condition(context)

    def _run(self, context: Mapping[str, Any]) -> Any:
        mark = SCRIPTS.get(self.text, self.text)
        changes: dict[str, Any] = {}
        if mark:
            changes["trace"] = [*context["trace"], mark]
        if self.text.startswith("INCREMENT"):
            changes["integerVariable"] = context["integerVariable"] + 1
        return changes

    def _condition(self, context: Mapping[str, Any]) -> Any:
        found = CONTAINS.fullmatch(self.text.removeprefix("!"))
        if found:
            return (found[1] in context["test"]) != self.text.startswith("!")
        compared = re.fullmatch(r"integerVariable\s*([<>=]+)\s*(\d+)", self.text)
        if compared:
            left, right = context["integerVariable"], int(compared[2])
            return {"<": left < right, ">": left > right, "==": left == right}[compared[1]]
        return json.loads(self.text)


SCRIPTS = {
    "CREATE_LOG_FILE": "",
    "INCREMENT_INTEGER_VARIABLE_AND_LOG": "Increment",
    "INCREMENT_INTEGER_VARIABLE": "",
    "CREATE_MARKER_FILE": "MarkerExists",
}


class SuiteLanguage:
    """The evaluator of the suite's placeholders."""

    def compile(self, text: str, /) -> Mark:
        return Mark(re.sub(r"^\$\{(.*)\}$", r"\1", text.strip()))


@dataclass
class Outcome:
    """What a run left: its marks, and why it stopped if it was refused."""

    marks: list[str] = field(default_factory=list)
    refused: str = ""
    error: str = ""


def play(model: str, *, test: str, number: int) -> Outcome:
    """Run a model to its end in virtual time, with the other processes of its file."""
    variables: dict[str, Any] = {"test": test, "integerVariable": number, "trace": []}
    xml = as_services((SUITE / "models" / f"{model}.bpmn").read_bytes())
    names = re.findall(r'<bpmn2:process id="([^"]+)"', xml.decode())
    outcome = Outcome(marks=variables["trace"])
    try:
        flows = {
            name: rules.read_flow(xml, process=name, evaluator=SuiteLanguage()) for name in names
        }
        World(flows, variables, outcome).run(model)
    except rules.WorkflowRefusal as refusal:
        outcome.refused = f"{refusal.code}: {refusal}"
    outcome.marks = variables["trace"]
    return outcome


def as_services(xml: bytes) -> bytes:
    """Play the scripts that wait or fail as services, which alone can do so here."""
    text = xml.decode()
    for script in ("WAIT_TEN_SECONDS", "THROW_ERROR"):
        text = re.sub(
            rf"<bpmn2:scriptTask ([^>]*)>((?:(?!</bpmn2:scriptTask>).)*?)"
            rf"<bpmn2:script>{script}</bpmn2:script>\s*</bpmn2:scriptTask>",
            rf'<bpmn2:serviceTask xmlns:shuzheng="https://shuzheng.org/bpmn" '
            rf'shuzheng:operation="{script}" \1>\2</bpmn2:serviceTask>',
            text,
            flags=re.DOTALL,
        )
    return text.encode()


class World:
    """Runs the processes of a file, with a clock that jumps to the next thing due."""

    def __init__(
        self, flows: dict[str, rules.Flow], variables: dict[str, Any], outcome: Outcome
    ) -> None:
        self.flows = flows
        self.variables = variables
        self.outcome = outcome
        self.states: dict[str, State] = {}
        self.parents: dict[str, tuple[str, str]] = {}
        self.due: dict[tuple[str, str], tuple[float, int, rules.Event]] = {}
        self.now = 0.0
        self.count = 0

    def run(self, model: str) -> None:
        flow = self.flows[model]
        element = "" if flow.containers[""].starts else flow.starts[0].element
        self._take(model, rules.start(flow, variables=self.variables, element=element))
        while self.due:
            name, token = min(self.due, key=lambda key: self.due[key][:2])
            self.now, _, event = self.due.pop((name, token))
            if token not in self.states[name].tokens:
                continue
            flow = self.flows[name.split("#")[0]]
            advance = rules.advance(flow, self.states[name], event, variables=self.variables)
            self._take(name, advance)

    def _take(self, name: str, advance: rules.Advance) -> None:
        self.states[name] = State.from_json(json.loads(json.dumps(advance.state.to_json())))
        self.variables.update(advance.variables)
        for effect in advance.effects:
            self._do(name, effect)

    def _do(self, name: str, effect: rules.Effect) -> None:
        if isinstance(effect, rules.SetTimer):
            self._plan(name, rules.TimerFired(effect.token), seconds(effect.value))
        elif isinstance(effect, rules.CancelTimer):
            self.due.pop((name, effect.token), None)
        elif isinstance(effect, rules.CallService):
            failing = effect.operation == "THROW_ERROR"
            answer = rules.WorkFailed if failing else rules.ServiceCompleted
            self._plan(name, answer(effect.token, "ERR_CODE"), 0 if failing else 10)
        elif isinstance(effect, rules.ThrowMessage | rules.ThrowSignal):
            self._wake(effect.name)
        elif isinstance(effect, rules.StartChild):
            child = f"{effect.called}#{effect.token}"
            self.parents[child] = (name, effect.token)
            self._take(child, rules.start(self.flows[effect.called], variables=self.variables))
        elif isinstance(effect, rules.Ended):
            self._end(name, effect)

    def _end(self, name: str, effect: rules.Ended) -> None:
        if name in self.parents:
            parent, token = self.parents[name]
            failed = effect.result == "error"
            event = rules.WorkFailed(token, effect.code) if failed else rules.ChildEnded(token)
            self._plan(parent, event, 0)
        elif effect.result == "error":
            self.outcome.error = effect.code

    def _plan(self, name: str, event: Any, after: float) -> None:
        self.count += 1
        self.due[name, event.token] = (self.now + after, self.count, event)

    def _wake(self, name: str) -> None:
        for process, flow in self.flows.items():
            for start in flow.starts:
                if start.name == name and process not in self.states:
                    self._take(
                        process,
                        rules.start(flow, variables=self.variables, element=start.element),
                    )


def seconds(value: str) -> float:
    """Return how long a timer of the suite waits; a day for dates."""
    found = re.search(r"PT(\d+)S", value)
    return float(found[1]) if found else 86_400.0


def cases() -> dict[str, Any]:
    """Return the suite's cases by model."""
    loaded: dict[str, Any] = json.loads((SUITE / "cases.json").read_text())
    return loaded


def passes(outcome: Outcome, expected: list[str]) -> bool:
    """Whether a run left the expected multiset of marks, and an error where one is expected."""
    marks = [mark for mark in expected if "Error" not in mark and "Exception" not in mark]
    fails = len(marks) < len(expected)
    return Counter(outcome.marks) == Counter(marks) and fails == bool(
        outcome.refused or outcome.error
    )

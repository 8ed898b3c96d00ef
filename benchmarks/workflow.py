"""The bare engine beside SpiffWorkflow on the realistic flow of the shared benchmarks.

    python benchmarks/workflow.py [cases]

Both run the same cases through the same drawing: acceptance with a return loop, three departments
in parallel, a deadline, suspension, a decision table, the result. State and variables are written
to JSON and read again at every step. The drawing's Python expressions are put into FEEL first.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from shuzheng.support.decisions.rules import read_model
from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import State

SHARED = Path(os.environ.get("SHUZHENG_SHARED", Path(__file__).parents[2] / "shared"))
FOLDER = SHARED / "benchmarks"
ON_CPU_TIME = (
    "import runpy, time; time.perf_counter = time.process_time; "
    "runpy.run_path('spiff_bench.py', run_name='__main__')"
)
"""The baseline measures wall time; others at work on the machine would flatter us."""


def flow_in_feel() -> bytes:
    """Return the drawing with its Python expressions and scripts put into FEEL."""
    text = (FOLDER / "matter.bpmn").read_text()
    text = re.sub(r"<bpmn:script>(\w+) = (True|False)<", _script, text)
    text = text.replace("accepted == False", "accepted = false").replace(
        'outcome == "approve"', 'outcome = "approve"'
    )
    return text.replace('scriptFormat="python"', "").encode()


def _script(found: re.Match[str]) -> str:
    return f"<bpmn:script>{{{found[1]}: {found[2].lower()}}}<"


def shared_cases(count: int) -> list[dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("cases", FOLDER / "cases.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: list[dict[str, Any]] = module.cases(count)
    return made


class Run:
    """Plays cases through our engine, as a case room would, without a database."""

    def __init__(self) -> None:
        self.flow = rules.read_flow(flow_in_feel())
        self.table = read_model((FOLDER / "decide.dmn").read_bytes())
        self.steps = 0
        self.seconds = 0.0
        self.sizes: list[int] = []

    def start(self, case: dict[str, Any]) -> None:
        self.variables = json.dumps(
            {
                "form": case["form"],
                "departments": case["departments"],
                "deadline": case["deadline"],
                "risk": case["risk"],
                "amount": case["amount"],
            },
            ensure_ascii=False,
        )
        self.state = ""
        self.open: dict[str, str] = {}
        self._keep(rules.start(self.flow, variables=json.loads(self.variables)), {})

    def _keep(self, advance: rules.Advance, variables: dict[str, Any]) -> None:
        variables = variables or json.loads(self.variables)
        variables.update(advance.variables)
        self.decision = self.due = ""
        for effect in advance.effects:
            if isinstance(effect, rules.OpenTask):
                self.open[effect.token] = effect.element
            elif isinstance(effect, rules.CloseTask):
                self.open.pop(effect.token)
            elif isinstance(effect, rules.RunDecision):
                self.decision = effect.token
            elif isinstance(effect, rules.SetTimer) and effect.value == "PT0S":
                self.due = effect.token
        self.variables = json.dumps(variables, ensure_ascii=False)
        self.state = json.dumps(advance.state.to_json(), separators=(",", ":"))

    def step(self, event: rules.Event) -> None:
        before = time.process_time()
        self._advance(event)
        if self.due:
            self._advance(rules.TimerFired(self.due))
        if self.decision:
            variables = json.loads(self.variables)
            agreed = sum(bool(one["agree"]) for one in variables["opinions"])
            inputs = {"n_agree": agreed, "risk": variables["risk"], "amount": variables["amount"]}
            result = self.table.decide("Decide", inputs).value
            self._advance(rules.DecisionMade(self.decision, result))
        self.seconds += time.process_time() - before
        self.steps += 1
        self.sizes.append(len(self.state.encode()))

    def _advance(self, event: rules.Event) -> None:
        variables = json.loads(self.variables)
        state = State.from_json(json.loads(self.state))
        self._keep(rules.advance(self.flow, state, event, variables=variables), variables)

    def complete(self, element: str, **outcome: Any) -> None:
        token = next(key for key, place in self.open.items() if place == element)
        del self.open[token]
        self.step(rules.TaskCompleted(token, outcome))

    def play(self, case: dict[str, Any]) -> None:
        self.start(case)
        for _ in range(case["returns"]):
            self.complete("accept", accepted=False)
            self.complete("correct", corrected=True)
        self.complete("accept", accepted=True)
        if case["suspend"]:
            self.step(rules.MessageReceived("suspend"))
        for index in range(3):
            opinion = {"agree": case["agree"][index], "text": "同意,材料齐全"}
            self.complete("approve", opinion=opinion)
            if index == 0 and case["suspend"]:
                self.step(rules.MessageReceived("resume"))
        self.complete(next(iter(self.open.values())), doc_no="京市监许字1号")
        assert State.from_json(json.loads(self.state)).is_ended


def ours(count: int) -> float:
    """Run our engine and return CPU milliseconds a step."""
    run = Run()
    for case in shared_cases(count):
        run.play(case)
    returned = Run()
    returned.play({**shared_cases(1)[0], "returns": 201})
    cpu = run.seconds / run.steps * 1000
    print(
        f"ours: {run.steps} steps, {cpu:.4f} ms CPU a step, state mean "
        f"{sum(run.sizes) / len(run.sizes):.0f} B, max {max(run.sizes)} B; "
        f"after 201 returns max {max(returned.sizes)} B, "
        f"{returned.seconds / returned.steps * 1000:.4f} ms a step"
    )
    return cpu


def spiff(count: int, mode: str) -> float:
    """Run the baseline beside it and return its CPU milliseconds a step."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in FOLDER.iterdir():
            if file.is_file():
                shutil.copy(file, folder)
        done = subprocess.run(
            [sys.executable, "-c", ON_CPU_TIME, mode, str(count)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    line = next(one for one in done.stdout.splitlines() if one.startswith("mode"))
    print("SpiffWorkflow:", line)
    found = re.search(r"ms/step ([\d.]+)", line)
    assert found
    return float(found[1])


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    mine = ours(count * 5)
    for mode in ("full", "state"):
        theirs = spiff(count, mode)
        print(f"ratio ({mode}): {theirs / mine:.0f} x")


if __name__ == "__main__":
    main()

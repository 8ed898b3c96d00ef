"""A whole step with PostgreSQL beside SpiffWorkflow doing the same, on the shared realistic flow.

    python -m benchmarks.steps [cases a round] [rounds]

Ours is what an official's click costs below the page: ``complete_task`` and ``send_message`` of
cases with lock, engine, tasks, timers, history, journal and commit. SpiffWorkflow keeps its state
as JSON in one row by its own serializer, as shipped, and does the same around it with plain SQL:
lock, update, history, tasks, journal (our own), commit. Both run in one process on one private
PostgreSQL, case by case in turn, so that whatever else the machine does falls on both alike; what
counts is processor time of this process (``process_time``), and statements as they are sent.
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from benchmarks.house import run_house
from benchmarks.spiff_steps import AT, Theirs
from benchmarks.step_cost import Cost
from benchmarks.workflow import FOLDER, flow_in_feel, shared_cases

RETURNS = 200
LARGEST_STATE = 2048


def drawing() -> bytes:
    """Return the shared flow with duties, and conditions on what our decisions are called."""
    text = flow_in_feel().decode()
    text = text.replace(
        "<bpmn:userTask ", '<bpmn:userTask shuzheng:duty="supervise:open_restaurant" '
    )
    text = text.replace("xmlns:xsi=", 'xmlns:shuzheng="https://shuzheng.org/bpmn" xmlns:xsi=', 1)
    return text.replace('outcome = "approve"', 'decide.outcome = "approve"').encode()


def table() -> bytes:
    """Return the shared decision, counting the agreements itself."""
    text = (FOLDER / "decide.dmn").read_text()
    return text.replace(
        "<text>n_agree</text>", "<text>count(opinions[item.agree = true])</text>"
    ).encode()


class Ours:
    """Plays a case through the door of cases."""

    def __init__(self) -> None:
        from shuzheng.infrastructure.access.rules import Actor, system
        from shuzheng.support.cases.rules.flow_entries import SEND_MESSAGE, WORK_TASK
        from shuzheng.support.decisions.operations import put_version as put_decision
        from shuzheng.support.decisions.rules import Publication
        from shuzheng.support.workflow.operations import put_version as put_flow

        self.by = system("benchmark")
        held = frozenset({WORK_TASK.key, SEND_MESSAGE.key})
        self.clerk = Actor(
            kind="official", account="benchmark", name="王基准", post="service.supervisor",
            department="service", areas=("330800",), permissions=held,
        )  # fmt: skip
        decision = Publication(key="decide_result", title="Decide", xml=table())
        put_decision(decision, by=self.by, at=AT)
        self.flow = put_flow(key="benchmark", title="基准", xml=drawing(), by=self.by, at=AT)
        self.cost = Cost()
        self.at = AT

    def play(self, case: dict[str, Any]) -> None:
        from shuzheng.support.cases.models import Case

        self.number = self._begin(case)
        for _ in range(case["returns"]):
            self._complete("accept", accepted=False)
            self._complete("correct", corrected=True)
        self._complete("accept", accepted=True)
        if case["suspend"]:
            self._send("suspend")
        for index in range(3):
            opinion = {"agree": case["agree"][index], "text": "同意,材料齐全"}
            self._complete("approve", opinion=opinion)
            if index == 0 and case["suspend"]:
                self._send("resume")
        self._complete("", doc_no="京市监许字1号")
        assert not Case.objects.get(number=self.number).flow_state["t"]

    def _begin(self, case: dict[str, Any]) -> str:
        from tests.support.cases.flows import begin

        names = ("departments", "deadline", "risk", "amount")
        return begin(self.flow, at=self.at, **{name: case[name] for name in names})

    def _task(self, element: str) -> int:
        from shuzheng.support.cases.models import Task

        found = Task.objects.filter(case__number=self.number, state="open").order_by("pk")
        if element:
            found = found.filter(element=element)
        return int(found.values_list("pk", flat=True)[0])

    def _complete(self, element: str, **outcome: Any) -> None:
        from shuzheng.support.cases.operations import complete_task

        task = self._task(element)
        self._measured(
            lambda: complete_task(task_id=task, outcome=outcome, by=self.clerk, at=self.at)
        )

    def _send(self, name: str) -> None:
        from shuzheng.support.cases.operations import send_message

        key = f"case:{self.number}"
        self._measured(lambda: send_message(name=name, key=key, by=self.clerk, at=self.at))

    def _measured(self, act: Callable[[], object]) -> None:
        from shuzheng.support.cases.models import Case

        self.at += timedelta(seconds=1)
        with self.cost.step():
            act()
        state = Case.objects.values_list("flow_state", flat=True).get(number=self.number)
        self.cost.sizes.append(len(json.dumps(state, separators=(",", ":")).encode()))


def measure(count: int, rounds: int) -> None:
    """Run both in turn and print what each costs."""
    ours, theirs = Ours(), Theirs()
    for play in (ours.play, theirs.play):
        for case in shared_cases(3):
            play(case)
    mine: list[Cost] = []
    spiff: list[Cost] = []
    for _ in range(rounds):
        ours.cost, theirs.cost = Cost(), Cost()
        for case in shared_cases(count):
            ours.play(case)
            theirs.play(case)
        mine.append(ours.cost)
        spiff.append(theirs.cost)
    best, baseline = (sorted(each, key=lambda one: one.milliseconds) for each in (mine, spiff))
    print(f"ours, median of {rounds}: {best[rounds // 2].line()}")
    print(f"SpiffWorkflow as shipped, median of {rounds}: {baseline[rounds // 2].line()}")
    ratios = [b.milliseconds / a.milliseconds for a, b in zip(mine, spiff, strict=True)]
    print(
        f"ratio of a round, median: {median(ratios):.2f} x ({min(ratios):.2f}–{max(ratios):.2f});"
        f" {len(mine[0].statements)} steps a round"
    )
    print("our statements a step:")
    for kind, times in best[rounds // 2].kinds.most_common(16):
        print(f"  {times / len(best[rounds // 2].statements):.2f}  {kind}")
    returned(ours)


def returned(ours: Ours) -> None:
    """Say how the row grows over many returns."""
    ours.cost = Cost()
    ours.play({**shared_cases(1)[0], "returns": RETURNS})
    sizes = ours.cost.sizes
    print(
        f"after {RETURNS} returns: state {sizes[1]} B after the first, {sizes[2 * RETURNS - 1]} B"
        f" after the last; {ours.cost.line()}"
    )
    assert max(sizes) <= LARGEST_STATE


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with run_house(is_served=False):
        measure(count, rounds)


if __name__ == "__main__":
    main()
